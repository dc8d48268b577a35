import HornetSupport

/// A layer of a functional model, and how it is called.
struct KerasStep {
    let description: JSON.Cursor
    let className: String
    private let key: ByteKey
    var name: String { key.string }
    /// The layers whose outputs go into it.
    let inputs: [ByteKey]
    /// How often the layer is called.
    let callCount: Int
    /// What the calls have beside their inputs.
    let options: [(key: String, value: JSON)]
    /// The numbers among the arguments, which only operations have.
    let numbers: [Double]

    init(_ description: JSON.Cursor) throws {
        self.description = description
        className = try description.member("class_name").string()
        key = ByteKey(
            try (description.optional("name") ?? description.member("config").member("name")).string())
        let calls = try description.optional("inbound_nodes")?.array() ?? []
        callCount = calls.count
        var (arguments, options, numbers): ([ByteKey], [(key: String, value: JSON)], [Double]) = ([], [], [])
        for call in calls {
            guard case .object = call.value else {
                // Keras 2: a list of inputs, each `[name, call, output, options]`.
                arguments += KerasStep.references(in: call.value)
                options += KerasStep.options(in: call.value)
                continue
            }
            let given = try call.member("args")
            arguments += KerasStep.references(in: given.value)
            for case let number? in try given.array().map({ try? $0.double() }) { numbers.append(number) }
            options += Array(try call.optional("kwargs")?.object() ?? [:])
        }
        (self.inputs, self.options, self.numbers) = (arguments, options, numbers)
    }

    /// The layers that arguments refer to: `["dense", 0, 0]`, alone or as the history of a tensor.
    static func references(in value: JSON) -> [ByteKey] {
        switch value {
        case .array(let elements):
            if elements.count >= 3, case .string(let name) = elements[0], case .integer = elements[1],
                case .integer = elements[2]
            {
                return [ByteKey(name)]
            }
            return elements.flatMap(references)
        case .object(let object):
            if case .string("__keras_tensor__")? = object["class_name"], case .object(let tensor)? = object["config"] {
                return tensor["keras_history"].map(references) ?? []
            }
            return object.flatMap { references(in: $0.value) }
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
    private var sources: [ByteKey: Double] = [:]

    init(_ steps: [KerasStep]) {
        operations = Dictionary(
            steps.filter { ["NotEqual", "Any"].contains($0.className) }.map { (ByteKey($0.name), $0) },
            uniquingKeysWith: { $1 })
    }

    func contains(_ name: String) -> Bool { operations[ByteKey(name)] != nil }

    /// Throws when a step of the chain is called with anything but the mask that it gets here, too.
    mutating func check(_ step: KerasStep) throws {
        let config = try step.description.member("config")
        for (key, value) in step.options where value != .null {
            switch key {
            case "training" where value == .bool(false): break
            case "mask" where isHandedOn(KerasStep.references(in: value)): break
            default:
                throw step.description.refuse(
                    "the layer \(step.name) is called with \(key), which is not supported in a functional model")
            }
        }
        if step.className == "Embedding", try config.optional("mask_zero")?.bool() ?? false {
            sources[step.inputs[0]] = 0
        } else if step.className == "Masking" {
            sources[step.inputs[0]] = try config.optional("mask_value")?.double() ?? 0
        }
    }

    /// Whether this is the mask of a layer before: the input compared with what is padding.
    private func isHandedOn(_ references: [ByteKey]) -> Bool {
        guard references.count == 1, var step = operations[references[0]] else { return false }
        if step.className == "Any" {
            guard step.inputs.count == 1, let inner = operations[step.inputs[0]] else { return false }
            step = inner
        }
        guard step.className == "NotEqual", step.inputs.count == 1, let padding = sources[step.inputs[0]] else {
            return false
        }
        return step.numbers == [padding]
    }
}
