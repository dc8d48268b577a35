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
    /// Built.
    package let layers: [Layer]
    /// How the layers are called; `nil` for a `Sequential`.
    let graph: Graph?
    private let inputName: String
    package let inputShape: Shape
    package let compilation: KerasCompilation?

    package init(
        name: String, layers: [Layer], graph: Graph? = nil, inputName: String = "input_layer", inputShape: Shape,
        compilation: KerasCompilation?
    ) {
        (self.name, self.layers, self.graph, self.inputShape) = (name, layers, graph, inputShape)
        self.compilation = compilation
        // A name that no layer has.
        let names = Set(layers.map { ByteKey($0.name) })
        self.inputName = (0...).lazy.map { $0 == 0 ? inputName : "\(inputName)_\($0)" }
            .first { !names.contains(ByteKey($0)) }!
    }

    var weights: [Parameter] { layers.flatMap(\.parameters) }

    /// Class and arguments; throws on a layer that can't be saved.
    func description() throws -> JSON {
        for layer in layers where layer.name.utf8.contains(UInt8(ascii: "/")) || layer.name.isEmpty {
            throw HornetError(
                .configuration, at: "layer \(layer.name) (\(layer.className))", "Keras' layers have no such names",
                remedy: "Give it a name without a slash")
        }
        let shape = KerasModel.sizes(inputShape)
        let input: JSON.Object = [
            "module": "keras.layers", "class_name": "InputLayer",
            "config": [
                "batch_shape": shape, "dtype": "float32", "sparse": false, "ragged": false, "name": .string(inputName),
                "optional": false,
            ], "registered_name": nil,
        ]
        let described = try layers.map { KerasModel.full(try LayerRegistry.description(of: $0), of: $0) }
        if let graph { return functionalDescription(graph, [input] + described) }
        return [
            "module": "keras", "class_name": "Sequential",
            "config": [
                "name": .string(name), "trainable": true, "dtype": "float32", "layers": .array(([input] + described).map(JSON.object)),
                "build_input_shape": shape,
            ],
            "registered_name": nil, "build_config": ["input_shape": shape],
        ]
    }

    private static func sizes(_ shape: Shape) -> JSON { .array(shape.sizes.map { $0.map(JSON.integer) ?? .null }) }

    /// The input's and the layers' descriptions with the calls of each.
    private func functionalDescription(_ graph: Graph, _ descriptions: [JSON.Object]) -> JSON {
        // Of each value: whose it is, and its shape.
        var values: [(history: JSON, shape: JSON)] = [
            ([.string(inputName), 0, 0], KerasModel.sizes(inputShape))
        ]
        var calls: [[JSON]] = Array(repeating: [], count: layers.count)
        for call in graph.calls {
            let inputs = call.inputs.map { value -> JSON in
                [
                    "class_name": "__keras_tensor__",
                    "config": ["shape": values[value].shape, "dtype": "float32", "keras_history": values[value].history],
                ]
            }
            let layer = layers[call.layer]
            values.append(
                (
                    [.string(layer.name), .integer(calls[call.layer].count), 0],
                    KerasModel.sizes(layer.outputShape ?? inputShape)
                ))
            calls[call.layer].append(["args": layer is MergeLayer ? [.array(inputs)] : .array(inputs), "kwargs": [:]])
        }
        let layers = zip(descriptions, [[]] + calls).map { description, calls -> JSON in
            guard case .object(let config)? = description["config"] else { return .object(description) }
            var description = description
            description["name"] = config["name"]
            description["inbound_nodes"] = .array(calls)
            return .object(description)
        }
        return [
            "module": "keras.src.models.functional", "class_name": "Functional",
            "config": [
                "name": .string(name), "trainable": true, "layers": .array(layers), "input_layers": values[0].history,
                "output_layers": values.last!.history,
            ],
            "registered_name": "Functional", "build_config": ["input_shape": nil],
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
        guard compilation.loss.isOfKeras, let lossConfig = compilation.loss.config else {
            let owner = compilation.loss.isOfKeras ? "your own" : "none of Keras'"
            warn("the loss \(compilation.loss.name) is \(owner); the model is saved as if it were not compiled")
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
        let loss = JSON.Object(
            [("name", .string(compilation.loss.name)), ("reduction", "sum_over_batch_size")] + lossConfig.map { ($0, $1) })
        let common: JSON.Object = [
            "loss": KerasModel.object("keras.losses", compilation.loss.className, loss), "loss_weights": nil,
            "metrics": described(compilation.metrics), "weighted_metrics": described(compilation.weightedMetrics),
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
