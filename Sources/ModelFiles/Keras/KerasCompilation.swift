package import HornetLayers
package import HornetMetrics
package import HornetOptimizers
import HornetSupport
package import HornetTensor

/// How a model was compiled.
package struct KerasCompilation {
    package let optimizer: Optimizer
    package let loss: Loss
    package let metrics: [Metric]
    package let weightedMetrics: [Metric]

    package init(optimizer: Optimizer, loss: Loss, metrics: [Metric], weightedMetrics: [Metric]) {
        (self.optimizer, self.loss, self.metrics, self.weightedMetrics) = (optimizer, loss, metrics, weightedMetrics)
    }
}

extension KerasFile {
    /// How the model of the file was compiled; `nil` when it was not, or, with a warning, in a way that is not known here.
    package var knownCompilation: KerasCompilation? {
        guard let compilation else { return nil }
        do {
            return try KerasCompilation(compilation)
        } catch {
            Warning(
                at: path, "the model is not compiled: \((error as? HornetError)?.description ?? "\(error)")",
                remedy: "Compile it to train or evaluate it"
            ).emit()
            return nil
        }
    }
}

extension KerasCompilation {
    /// Reads `compile_config` or the older `training_config`; `nil` when it says nothing.
    fileprivate init?(_ config: JSON.Cursor) throws {
        guard let loss = try config.optional("loss"),
            let optimizer = try config.optional("optimizer") ?? config.optional("optimizer_config")
        else { return nil }
        if let weights = try config.optional("loss_weights"), try !weights.only.isOne {
            throw weights.refuse("weights of losses are not supported")
        }
        self.optimizer = try OptimizerRegistry().optimizer(from: KerasCompilation.plain(optimizer))
        self.loss = try LossRegistry().loss(from: KerasCompilation.function(loss.only))
        metrics = try KerasCompilation.metrics(config.optional("metrics"))
        weightedMetrics = try KerasCompilation.metrics(config.optional("weighted_metrics"))
    }

    /// An optimizer's description with today's names.
    fileprivate static func plain(_ optimizer: JSON.Cursor) throws -> JSON.Cursor {
        var className = try optimizer.member("class_name").string()
        let custom = "Custom>"
        if className.utf8.starts(with: custom.utf8) { className = String(className.dropFirst(custom.count)) }
        let given = try optimizer.member("config")
        var config = try given.object()
        // Keras before 2.3.
        if config["learning_rate"] == nil, let rate = config["lr"] { config["learning_rate"] = rate }
        if let decay = try given.optional("decay"), try decay.double() != 0 {
            throw decay.refuse("the decay of old optimizers is not supported, only learning-rate schedules")
        }
        let plain: JSON = ["class_name": .string(className), "config": .object(config)]
        return plain.cursor(source: optimizer.source)
    }

    /// A function's name where Keras describes the function.
    private static func function(_ description: JSON.Cursor) throws -> JSON.Cursor {
        guard case .object(let object) = description.value, case .string("function")? = object["class_name"] else {
            return description
        }
        return try description.member("config")
    }

    private static func metrics(_ list: JSON.Cursor?) throws -> [Metric] {
        guard let list else { return [] }
        // Models with several outputs have a list for each, by order or by name.
        let elements = try list.only
        if case .array = elements.value { return try elements.array().map(metric) }
        if case .array = list.value { return try list.array().map(metric) }
        return [try metric(elements)]
    }

    private static func metric(_ description: JSON.Cursor) throws -> Metric {
        var description = try function(description)
        if case .string(let name) = description.value { return try metric(called: name, description) }
        let config = try description.member("config")
        // Keras 2's wrapper of a function.
        if try description.member("class_name").value == "MeanMetricWrapper" {
            let function = try config.member("fn")
            let plain: JSON = [
                "class_name": .string(className(of: try function.string())),
                "config": ["name": try config.member("name").value],
            ]
            description = plain.cursor(source: description.source)
        }
        return try MetricRegistry().metric(from: description)
    }

    private static func metric(called name: String, _ description: JSON.Cursor) throws -> Metric {
        if ["accuracy", "acc"].contains(name) { return Accuracy() }
        let className = className(of: name)
        let plain: JSON = ["class_name": .string(className), "config": ["name": .string(Layer.snakeCase(className))]]
        return try MetricRegistry().metric(from: plain.cursor(source: description.source))
    }

    /// The class of a metric that Keras also knows as a function.
    private static func className(of function: String) -> String {
        MetricRegistry().classNames.first { ByteKey(Layer.snakeCase($0)) == ByteKey(function) } ?? function
    }
}

extension JSON.Cursor {
    /// The element of a list or dictionary of one; else the value itself.
    fileprivate var only: JSON.Cursor {
        get throws {
            switch value {
            case .array(let elements) where elements.count == 1: return try array()[0]
            case .object(let object) where object.count == 1: return try member(object.keys[0])
            default: return self
            }
        }
    }

    fileprivate var isOne: Bool { (try? double()) == 1 }
}

// MARK: The optimizer's state

extension KerasFile {
    /// Gives `optimizer` its state for these weights. A state that does not fit, of another version of the optimizer
    /// perhaps, is left out with a warning, and the optimizer starts afresh.
    package func restore(_ optimizer: Optimizer, of weights: [Parameter]) {
        do {
            try restoreState(of: optimizer, weights)
        } catch {
            Warning(
                at: path, "the optimizer starts afresh: \((error as? HornetError)?.description ?? "\(error)")",
                remedy: "Its first steps will differ from those of training that was not interrupted"
            ).emit()
        }
    }

    private func restoreState(of optimizer: Optimizer, _ weights: [Parameter]) throws {
        // A file of weights does not say whose state it has; its arrays must fit.
        if let stored = try compilation?.optional("optimizer") ?? compilation?.optional("optimizer_config"),
            try KerasCompilation.plain(stored).member("class_name").string() != optimizer.name
        {
            return
        }
        let variables = try self.weights.optimizerVariables
        guard case .integers(let steps, _)? = variables.values.first, let iterations = steps.first, iterations > 0 else {
            return
        }
        guard iterations <= Int32.max else {
            throw HornetError(.file, at: "optimizer \(optimizer.name)", "\(iterations) steps are more than anybody takes")
        }
        // Beside the state there may be single numbers: the learning rate, what the optimizer keeps for all weights.
        let tensors = variables.values.compactMap { data -> Tensor? in
            if case .floats(let tensor) = data, tensor.rank > 0 { tensor } else { nil }
        }
        let groups = optimizer.slotGroups
        let names: [String]
        if ["/iter:0", "/iter"].contains(where: { variables.firstName.hasSuffix($0) }) {
            // Keras before 2.11: every array for all weights before the next.
            names = groups.flatMap(\.self).flatMap { slot in weights.map { "\($0.path)/\(slot)" } }
        } else {
            names = groups.flatMap { group in weights.flatMap { weight in group.map { "\(weight.path)/\($0)" } } }
        }
        guard names.count == tensors.count else {
            throw HornetError(
                .file, at: "optimizer \(optimizer.name)",
                "the file has \(tensors.count) arrays of its state, \(names.count) are needed")
        }
        let state = Dictionary(uniqueKeysWithValues: zip(names.map(ByteKey.init), tensors))
        try optimizer.restore(iterations: iterations, of: weights) { state[ByteKey($0)] }
    }
}
