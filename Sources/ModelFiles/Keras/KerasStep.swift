import HornetSupport

/// A layer, a model or an operation of a functional model, and how it is called.
struct KerasStep {
    /// What a call gives.
    struct Reference: Hashable {
        let layer: ByteKey
        /// Which call of the layer.
        let call: Int
        /// Which of its outputs; models have several.
        let output: Int
    }

    struct Call {
        let inputs: [Reference]
        /// What it has beside its inputs.
        let options: [(key: String, value: JSON)]
        /// What the options refer to.
        let optionInputs: [Reference]
        /// The numbers among the arguments, which only operations have.
        let numbers: [Double]
    }

    let description: JSON.Cursor
    let className: String
    let key: ByteKey
    let calls: [Call]
    var name: String { key.string }

    init(_ description: JSON.Cursor) throws {
        self.description = description
        className = try description.member("class_name").string()
        key = ByteKey(
            try (description.optional("name") ?? description.member("config").member("name")).string())
        calls = try (description.optional("inbound_nodes")?.array() ?? []).map { call in
            guard case .object = call.value else {
                // Keras 2: a list of inputs, each `[name, call, output, options]`.
                return Call(
                    inputs: KerasStep.references(in: call.value), options: KerasStep.options(in: call.value),
                    optionInputs: [], numbers: [])
            }
            let given = try call.member("args")
            let options = Array(try call.optional("kwargs")?.object() ?? [:])
            return Call(
                inputs: KerasStep.references(in: given.value), options: options,
                optionInputs: options.flatMap { KerasStep.references(in: $0.value) },
                numbers: try given.array().compactMap { try? $0.double() })
        }
    }

    /// Whether this is a function of Keras that was called on a tensor, which is no layer.
    var isOperation: Bool {
        get throws {
            if let module = try description.optional("module") {
                return ["keras.src.ops", "keras.ops"].contains { (try? module.string())?.hasPrefix($0) ?? false }
            }
            // The older form does not say; all layers say whether they are trained.
            return try className != "InputLayer" && !KerasStep.isModel(className) && description.member("config").optional("trainable") == nil
        }
    }

    /// Whether this is a model with layers of its own.
    static func isModel(_ className: String) -> Bool { ["Functional", "Model", "Sequential"].contains(className) }

    /// What arguments refer to: `["dense", 0, 0]`, alone or as the history of a tensor; dictionaries in the order of their
    /// keys, as Keras flattens them.
    static func references(in value: JSON) -> [Reference] {
        switch value {
        case .array(let elements):
            if elements.count >= 3, case .string(let name) = elements[0], case .integer(let call) = elements[1],
                case .integer(let output) = elements[2]
            {
                return [Reference(layer: ByteKey(name), call: call, output: output)]
            }
            return elements.flatMap { references(in: $0) }
        case .object(let object):
            if case .string("__keras_tensor__")? = object["class_name"], case .object(let tensor)? = object["config"] {
                return tensor["keras_history"].map { references(in: $0) } ?? []
            }
            return object.sorted { ByteKey($0.key) < ByteKey($1.key) }.flatMap { references(in: $0.value) }
        default: return []
        }
    }

    private static func options(in value: JSON) -> [(key: String, value: JSON)] {
        guard case .array(let elements) = value else { return [] }
        if case .string? = elements.first {
            guard elements.count > 3, case .object(let options) = elements[3] else { return [] }
            return Array(options)
        }
        return elements.flatMap(options)
    }
}
