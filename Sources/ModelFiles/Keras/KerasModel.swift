package import HornetLayers
import HornetMetrics
import HornetOptimizers
import HornetSupport
import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A model that is to be written as Keras writes its own.
package struct KerasModel {
    /// The version of Keras whose files these are.
    static let version = "3.15.1"

    package let name: String
    /// Built, in the order in which Keras lists them.
    package let layers: [Layer]
    /// Where its files keep the weights.
    package let layout: KerasLayout
    /// What the layers are called there.
    let layerNames: [String]
    private let graph: KerasCalls
    package let compilation: KerasCompilation?

    /// - Parameters:
    ///   - isStack: Whether it is a `Sequential`.
    ///   - valueShapes: Of each value of the graph.
    package init(
        name: String, layers: [Layer], graph: Graph, isStack: Bool, inputNames: [String], outputNames: [String],
        valueShapes: [Shape], compilation: KerasCompilation?
    ) {
        (self.name, self.compilation) = (name, compilation)
        self.graph = KerasCalls(
            graph, layers, isStack: isStack, inputNames: inputNames, outputNames: outputNames, shapes: valueShapes)
        self.layers = self.graph.layerOrder.map { layers[$0] }
        layerNames = self.graph.layerOrder.map { [calls = self.graph] in calls.layerNames[$0] }
        layout = KerasLayout(self.layers, names: layerNames)
    }

    var weights: [Parameter] { layers.flatMap(\.parameters) }

    /// Class and arguments; throws on a layer that can't be saved.
    func description() throws -> JSON {
        for layer in layers where layer.name.isEmpty {
            throw HornetError(
                .configuration, at: "layer \(layer.name) (\(layer.className))", "Keras' layers have no such names",
                remedy: "Give it a name")
        }
        if let layer = graph.foreign {
            throw HornetError(
                .configuration, at: "layer \(layer.name) (\(layer.className))",
                "it takes masked steps as Keras 2 did, and there is no such layer in Keras 3, whose files are written",
                remedy: "Save the model in Hornet's own form, or export it")
        }
        let described = try zip(layers, layerNames).map { layer, name -> JSON.Object in
            var description = KerasModel.full(try LayerRegistry.description(of: layer), of: layer)
            if case .object(var config)? = description["config"] {
                config["name"] = .string(name)
                description["config"] = .object(config)
            }
            return description
        }
        guard graph.isStack else {
            let config: JSON.Object = [
                "name": .string(name), "trainable": true, "layers": .array(graph.list(described)),
                "input_layers": graph.inputDescription, "output_layers": graph.outputDescription,
            ]
            return [
                "module": "keras.src.models.functional", "class_name": "Functional", "config": .object(config),
                "registered_name": "Functional", "build_config": ["input_shape": nil],
            ]
        }
        let (input, shape) = (graph.input(0), KerasCalls.sizes(graph.shapes[0]))
        return [
            "module": "keras", "class_name": "Sequential",
            "config": [
                "name": .string(name), "trainable": true, "dtype": "float32", "layers": .array(([input] + described).map(JSON.object)),
                "build_input_shape": shape,
            ],
            "registered_name": nil, "build_config": ["input_shape": shape],
        ]
    }

    /// A description of a layer, and of those within, as Keras 3 wants it.
    private static func full(_ description: JSON, of layer: Layer) -> JSON.Object {
        guard case .object(let object) = description, case .object(var config)? = object["config"] else { return [:] }
        for (key, value) in config {
            if case .object(let inner) = value, inner["class_name"] != nil {
                config[key] = .object(full(value, of: layer))
            }
        }
        config["dtype"] = "float32"
        config[MergeLayer.maskMergingKey] = nil
        // Some layers without weights do not take it.
        if layer.parameters.isEmpty { config["trainable"] = nil }
        return [
            "module": "keras.layers", "class_name": object["class_name"] ?? .null, "config": .object(config),
            "registered_name": nil,
        ]
    }

    /// How the model was compiled, without the optimizer; `nil`, with a warning, when Keras has no such loss or optimizer.
    /// Metrics that Keras does not have are left out, with a warning.
    func compilationDescription(for path: String) -> (common: JSON.Object, optimizer: JSON)? {
        guard let compilation else { return nil }
        func warn(_ problem: String) { Warning(at: path, "\(problem), so Keras will not find it in the file").emit() }
        let optimizer = compilation.optimizer
        guard let optimizerConfig = optimizer.config else {
            warn("the learning rate follows a function of your own; the model is saved as if it were not compiled")
            return nil
        }
        for loss in compilation.outputs.compactMap(\.loss) where loss.config == nil || !loss.isOfKeras {
            let owner = loss.isOfKeras ? "your own" : "none of Keras'"
            warn("the loss \(loss.name) is \(owner); the model is saved as if it were not compiled")
            return nil
        }
        func described(_ metrics: [Metric]) -> JSON {
            let known = metrics.compactMap { metric -> JSON? in
                guard let arguments = metric.config else {
                    warn("Keras has no metric like \(metric.name) (\(metric.className))")
                    return nil
                }
                let config = JSON.Object([("name", .string(metric.name)), ("dtype", "float32")] + arguments.map { ($0, $1) })
                return KerasModel.object("keras.metrics", metric.className, config)
            }
            return known.isEmpty ? .null : .array(known)
        }
        func described(_ loss: Loss?) -> JSON {
            guard let loss, let lossConfig = loss.config else { return .null }
            let config = JSON.Object(
                [("name", .string(loss.name)), ("reduction", "sum_over_batch_size")] + lossConfig.map { ($0, $1) })
            return KerasModel.object("keras.losses", loss.className, config)
        }
        // With one output it is not a list; where no output has any, there is none.
        func together(_ parts: [JSON]) -> JSON {
            if parts.count == 1 { return parts[0] }
            return parts.allSatisfy { $0 == .null } ? .null : .array(parts)
        }
        let outputs = compilation.outputs
        let weights = outputs.map(\.lossWeight)
        let common: JSON.Object = [
            "loss": together(outputs.map { described($0.loss) }),
            "loss_weights": weights.allSatisfy { $0 == nil } ? .null : together(weights.map { .number(Double($0 ?? 1)) }),
            "metrics": together(outputs.map { described($0.metrics) }),
            "weighted_metrics": together(outputs.map { described($0.weightedMetrics) }),
            "run_eagerly": false, "steps_per_execution": 1, "jit_compile": false,
        ]
        return (common, KerasModel.object("keras.optimizers", optimizer.name, optimizerConfig))
    }

    private static func object(_ module: String, _ className: String, _ config: JSON.Object) -> JSON {
        [
            "module": .string(module), "class_name": .string(className), "config": .object(config), "registered_name": nil,
        ]
    }

    /// The optimizer's variables in Keras' order, by the names of Keras 3; empty when there is no optimizer.
    func optimizerVariables() -> [(name: String, value: HDF5Group.DataSet)] {
        guard let optimizer = compilation?.optimizer else { return [] }
        let trained = weights.filter(\.isTrainable)
        optimizer.build(trained)
        let state = Dictionary(uniqueKeysWithValues: optimizer.state.map { (ByteKey($0.name), $0.value) })
        var variables: [(name: String, value: HDF5Group.DataSet)] = [
            ("iteration", .integers([optimizer.iterations], shape: []))
        ]
        // A schedule takes the place of the variable.
        if case .number? = optimizer.config?["learning_rate"] {
            variables.append(("learning_rate", .floats(Tensor(optimizer.learningRate))))
        }
        for group in optimizer.slotGroups {
            for weight in trained {
                for slot in group {
                    let path = "\(name)/\(weight.path)/\(slot)".utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
                    variables.append(
                        (String(decoding: path, as: UTF8.self), .floats(state[ByteKey("\(weight.path)/\(slot)")]!)))
                }
            }
        }
        if let product = (optimizer as? Nadam)?.momentumProduct {
            variables.append(("u_product", .floats(Tensor(product))))
        }
        return variables
    }

    /// The time, as Keras writes it into `.keras` files.
    static var now: String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "@\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }
}
