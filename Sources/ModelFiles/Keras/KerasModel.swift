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
    package let inputShape: Shape
    package let compilation: KerasCompilation?

    package init(name: String, layers: [Layer], inputShape: Shape, compilation: KerasCompilation?) {
        (self.name, self.layers, self.inputShape, self.compilation) = (name, layers, inputShape, compilation)
    }

    var weights: [Parameter] { layers.flatMap(\.parameters) }

    /// Class and arguments; throws on a layer that can't be saved.
    func description() throws -> JSON {
        for layer in layers where layer.name.utf8.contains(UInt8(ascii: "/")) || layer.name.isEmpty {
            throw HornetError(
                .configuration, at: "layer \(layer.name) (\(layer.className))", "Keras' layers have no such names",
                remedy: "Give it a name without a slash")
        }
        let shape = JSON.array(inputShape.sizes.map { $0.map(JSON.integer) ?? .null })
        let input: JSON = [
            "module": "keras.layers", "class_name": "InputLayer",
            "config": [
                "batch_shape": shape, "dtype": "float32", "sparse": false, "ragged": false, "name": .string(inputName),
                "optional": false,
            ], "registered_name": nil,
        ]
        let described = try layers.map { KerasModel.full(try LayerRegistry.description(of: $0), of: $0) }
        return [
            "module": "keras", "class_name": "Sequential",
            "config": [
                "name": .string(name), "trainable": true, "dtype": "float32", "layers": .array([input] + described),
                "build_input_shape": shape,
            ],
            "registered_name": nil, "build_config": ["input_shape": shape],
        ]
    }

    /// A name for the input that no layer has.
    private var inputName: String {
        let names = Set(layers.map { ByteKey($0.name) })
        return (0...).lazy.map { $0 == 0 ? "input_layer" : "input_layer_\($0)" }.first { !names.contains(ByteKey($0)) }!
    }

    /// A description of a layer, and of those within, as Keras 3 wants it.
    private static func full(_ description: JSON, of layer: Layer) -> JSON {
        guard case .object(let object) = description, case .object(var config)? = object["config"] else { return description }
        for (key, value) in config {
            if case .object(let inner) = value, inner["class_name"] != nil { config[key] = full(value, of: layer) }
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
        guard let lossConfig = compilation.loss.config else {
            warn("the loss \(compilation.loss.name) is your own; the model is saved as if it were not compiled")
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
