package import HornetLayers
package import HornetMetrics
package import HornetOptimizers
import HornetSupport
package import HornetTensor

/// How a model was compiled.
package struct KerasCompilation {
    /// What is made small and measured at one output.
    package struct Output {
        package let loss: Loss?
        package let lossWeight: Float?
        package let metrics: [Metric]
        package let weightedMetrics: [Metric]

        package init(loss: Loss?, lossWeight: Float?, metrics: [Metric], weightedMetrics: [Metric]) {
            (self.loss, self.lossWeight, self.metrics, self.weightedMetrics) = (loss, lossWeight, metrics, weightedMetrics)
        }
    }

    package let optimizer: Optimizer
    package let outputs: [Output]

    package init(optimizer: Optimizer, outputs: [Output]) { (self.optimizer, self.outputs) = (optimizer, outputs) }
}

extension KerasFile {
    /// How the model of the file was compiled, with these outputs; `nil` when it was not, or, with a warning, in a way that
    /// is not known here.
    package func knownCompilation(outputNames: [String]) -> KerasCompilation? {
        guard let compilation else { return nil }
        do {
            return try KerasCompilation(compilation, outputNames, isOfKeras2: isOfKeras2)
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
    fileprivate init?(_ config: JSON.Cursor, _ names: [String], isOfKeras2: Bool) throws {
        guard let loss = try config.optional("loss"),
            let optimizer = try config.optional("optimizer") ?? config.optional("optimizer_config")
        else { return nil }
        self.optimizer = try OptimizerRegistry().optimizer(from: KerasCompilation.plain(optimizer))
        let losses = try KerasCompilation.parts(loss, names)
        let weights = try config.optional("loss_weights").map { try KerasCompilation.parts($0, names) }
        let metrics = try config.optional("metrics").map { try KerasCompilation.metricParts($0, names) }
        let weightedMetrics = try config.optional("weighted_metrics").map { try KerasCompilation.metricParts($0, names) }
        let outputs = try names.indices.map { number in
            let weight = try weights?[number]?.double()
            // Keras 2 names the metrics of several outputs after them as soon as it trains.
            let prefix = isOfKeras2 && names.count > 1 ? names[number] + "_" : ""
            func known(_ metrics: [[JSON.Cursor]]?) throws -> [Metric] {
                try metrics?[number].map { try KerasCompilation.metric(KerasCompilation.renamed($0, without: prefix)) } ?? []
            }
            return Output(
                loss: try losses[number].map { try LossRegistry().loss(from: KerasCompilation.function($0)) },
                lossWeight: weight == 1 ? nil : weight.map { Float($0) },
                metrics: try known(metrics), weightedMetrics: try known(weightedMetrics))
        }
        guard outputs.contains(where: { $0.loss != nil }) else { return nil }
        self.outputs = outputs
    }

    /// What a list or a dictionary by names has for each output; a value that is neither is for all of them.
    private static func parts(_ value: JSON.Cursor, _ names: [String]) throws -> [JSON.Cursor?] {
        switch value.value {
        case .array(let elements):
            guard elements.count == names.count else {
                throw value.refuse("it has \(elements.count) elements for \(names.count) outputs")
            }
            return try value.array().map { $0.value == .null ? nil : $0 }
        case .object(let object) where object["class_name"] == nil:
            // With one output any name is meant for it.
            if names.count == 1, object.count == 1 { return [try value.optional(object.keys[0])] }
            for (key, _) in object where !names.contains(where: { ByteKey($0) == ByteKey(key) }) {
                throw value.refuse("the model has no output \(key), only \(names.joined(separator: ", "))")
            }
            return try names.map { try value.optional($0) }
        default: return names.map { _ in value }
        }
    }

    /// The metrics of each output.
    private static func metricParts(_ value: JSON.Cursor, _ names: [String]) throws -> [[JSON.Cursor]] {
        func list(_ value: JSON.Cursor?) throws -> [JSON.Cursor] {
            guard let value else { return [] }
            guard case .array = value.value else { return [value] }
            return try value.array().flatMap(list)
        }
        if case .array(let elements) = value.value {
            // With one output all are its own; Keras 2 takes a list without lists in it for that of every output.
            if names.count == 1 { return [try list(value)] }
            let isFlat = !elements.contains { if case .array = $0 { true } else { false } }
            if isFlat, elements.count != names.count { return try names.map { _ in try list(value) } }
        }
        return try parts(value, names).map(list)
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

    /// A metric's description without this beginning of its name.
    private static func renamed(_ metric: JSON.Cursor, without prefix: String) throws -> JSON.Cursor {
        guard case .object(var description) = metric.value, case .object(var config)? = description["config"],
            case .string(let name)? = config["name"], !prefix.isEmpty, name.utf8.starts(with: prefix.utf8)
        else { return metric }
        config["name"] = .string(String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
        description["config"] = .object(config)
        return JSON.object(description).cursor(source: metric.source)
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

// MARK: The optimizer's state

extension KerasFile {
    /// Gives `optimizer` its state for `weights`; `all` are those of the file in its order. A state that does not fit, of another version of the optimizer
    /// perhaps, is left out with a warning, and the optimizer starts afresh.
    package func restore(_ optimizer: Optimizer, of weights: [Parameter], among all: [Parameter]) {
        do {
            try restoreState(of: optimizer, weights, all)
        } catch {
            Warning(
                at: path, "the optimizer starts afresh: \((error as? HornetError)?.description ?? "\(error)")",
                remedy: "Its first steps will differ from those of training that was not interrupted"
            ).emit()
        }
    }

    private func restoreState(of optimizer: Optimizer, _ weights: [Parameter], _ all: [Parameter]) throws {
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
            names = groups.flatMap(\.self).flatMap { slot in all.map { "\($0.path)/\(slot)" } }
        } else {
            names = groups.flatMap { group in all.flatMap { weight in group.map { "\(weight.path)/\($0)" } } }
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
