import HornetSupport

/// A layer of a functional model, and how it is called.
struct KerasStep {
    /// What a call of a layer gives.
    struct Reference: Hashable {
        let layer: ByteKey
        /// Which call of the layer.
        let call: Int
    }

    struct Call {
        let inputs: [Reference]
        /// What it has beside its inputs.
        let options: [(key: String, value: JSON)]
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
                    inputs: try KerasStep.references(in: call), options: KerasStep.options(in: call.value), numbers: [])
            }
            let given = try call.member("args")
            return Call(
                inputs: try KerasStep.references(in: given),
                options: Array(try call.optional("kwargs")?.object() ?? [:]),
                numbers: try given.array().compactMap { try? $0.double() })
        }
    }

    /// What arguments refer to: `["dense", 0, 0]`, alone or as the history of a tensor. Throws on a layer's second output.
    static func references(in value: JSON.Cursor) throws -> [Reference] {
        try references(in: value.value) {
            value.refuse("the layer \($0) has several outputs, of which only the first is read")
        }
    }

    private static func references(in value: JSON, _ refusal: (String) -> HornetError) throws -> [Reference] {
        switch value {
        case .array(let elements):
            if elements.count >= 3, case .string(let name) = elements[0], case .integer(let call) = elements[1],
                case .integer(let output) = elements[2]
            {
                guard output == 0 else { throw refusal(name) }
                return [Reference(layer: ByteKey(name), call: call)]
            }
            return try elements.flatMap { try references(in: $0, refusal) }
        case .object(let object):
            if case .string("__keras_tensor__")? = object["class_name"], case .object(let tensor)? = object["config"] {
                return try tensor["keras_history"].map { try references(in: $0, refusal) } ?? []
            }
            return try object.flatMap { try references(in: $0.value, refusal) }
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

/// The operations by which Keras 3 computes masks within functional models. Layers here hand masks on by themselves; these
/// operations are left out where they say the same.
struct KerasMasks {
    private let operations: [ByteKey: KerasStep]
    /// The inputs of layers that make masks, with the value that they call padding.
    private var sources: [KerasStep.Reference: Double] = [:]

    init(_ steps: [KerasStep]) {
        operations = Dictionary(
            steps.filter { ["NotEqual", "Any"].contains($0.className) }.map { (ByteKey($0.name), $0) },
            uniquingKeysWith: { $1 })
    }

    func contains(_ name: String) -> Bool { operations[ByteKey(name)] != nil }

    /// Throws when a layer is called with anything but the mask that it gets here, too.
    mutating func check(_ step: KerasStep, _ call: KerasStep.Call) throws {
        let config = try step.description.member("config")
        for (key, value) in call.options where value != .null {
            switch key {
            case "training" where value == .bool(false): break
            case "mask" where try isHandedOn(
                KerasStep.references(in: value.cursor(source: "\(step.description.source): \(step.name)"))): break
            default:
                throw step.description.refuse(
                    "the layer \(step.name) is called with \(key), which is not supported in a functional model")
            }
        }
        guard let input = call.inputs.first else { return }
        if step.className == "Embedding", try config.optional("mask_zero")?.bool() ?? false {
            sources[input] = 0
        } else if step.className == "Masking" {
            sources[input] = try config.optional("mask_value")?.double() ?? 0
        }
    }

    /// Whether this is the mask of a layer before: the input compared with what is padding.
    private func isHandedOn(_ references: [KerasStep.Reference]) -> Bool {
        guard references.count == 1, var step = operations[references[0].layer] else { return false }
        if step.className == "Any" {
            guard let inner = step.calls.first?.inputs.first.flatMap({ operations[$0.layer] }) else { return false }
            step = inner
        }
        guard step.className == "NotEqual", step.calls.count == 1, step.calls[0].inputs.count == 1,
            let padding = sources[step.calls[0].inputs[0]]
        else { return false }
        return step.calls[0].numbers == [padding]
    }
}
