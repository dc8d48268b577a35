import HornetLayers
import HornetSupport

/// A model in a file as it is described there: a list of layers and of models within it.
struct KerasContainer {
    /// What a step is.
    enum Kind {
        case input
        /// By its place among all layers of the file.
        case layer(Int)
        case model(KerasContainer)
        case operation
    }

    let description: JSON.Cursor
    let name: String
    /// Whether each step is called on what the one before it gives.
    let isStack: Bool
    let steps: [(step: KerasStep, kind: Kind)]
    /// The values that go in, by their names in the list; those that come out. Empty in a stack.
    let inputs: [KerasStep.Reference]
    let outputs: [KerasStep.Reference]
    /// The keys of a dictionary of outputs, in their order.
    let outputKeys: [String]?
    /// The number that the first call of a step has: 0, or 1 for models that had been called when they were made.
    let firstCalls: [ByteKey: Int]

    /// All layers of the container and of those within it, by their places.
    let layers: [Int]

    init(
        _ description: JSON.Cursor, name: String, stack steps: [(step: KerasStep, kind: Kind)]
    ) {
        self.init(description, name: name, isStack: true, steps, inputs: [], outputs: [], outputKeys: nil, firstCalls: [:])
    }

    init(
        _ description: JSON.Cursor, name: String, isStack: Bool = false, _ steps: [(step: KerasStep, kind: Kind)],
        inputs: [KerasStep.Reference], outputs: [KerasStep.Reference], outputKeys: [String]?, firstCalls: [ByteKey: Int]
    ) {
        (self.description, self.name, self.isStack, self.steps) = (description, name, isStack, steps)
        (self.inputs, self.outputs, self.outputKeys, self.firstCalls) = (inputs, outputs, outputKeys, firstCalls)
        layers = steps.flatMap { _, kind -> [Int] in
            switch kind {
            case .layer(let layer): [layer]
            case .model(let model): model.layers
            case .input, .operation: []
            }
        }
    }

    /// Whether masks are computed as Keras 2's layers merge them, which a model that came from there is written with.
    var mergesAsKeras2: Bool {
        steps.contains { step, kind in
            switch kind {
            case .model(let model): model.mergesAsKeras2
            case .operation: step.className == KerasMask.andClassName
            case .input, .layer: false
            }
        }
    }

    /// The shape of the first thing that goes into a stack, when it says so.
    var stackShape: Shape? {
        get throws {
            if let shape = try description.member("config").shape(of: ["build_input_shape"]) { return shape }
            guard let first = steps.first else { return nil }
            if case .model(let model) = first.kind { return try model.isStack ? model.stackShape : model.inputs.first.flatMap(model.shape) }
            return try first.step.description.member("config").shape(of: ["batch_shape", "batch_input_shape"])
        }
    }

    /// The shape of an input.
    func shape(of input: KerasStep.Reference) throws -> Shape? {
        let step = steps.first { $0.step.key == input.layer }?.step
        return try step?.description.member("config").shape(of: ["batch_shape", "batch_input_shape"])
    }
}

extension JSON.Cursor {
    /// Sizes under the first of these keys that has them, as a shape whose batch axis is open; `nil` when they are not those
    /// of a single array.
    fileprivate func shape(of keys: [String]) throws -> Shape? {
        for key in keys {
            if let shape = try optional(key).flatMap(JSON.Cursor.shape) { return shape }
        }
        return nil
    }

    private static func shape(_ value: JSON.Cursor) throws -> Shape? {
        guard case .array(let sizes) = value.value, !sizes.isEmpty else { return nil }
        if case .array? = sizes.first, sizes.count == 1 { return try shape(value.array()[0]) }
        let known = try value.array().dropFirst().map { size -> Int? in
            size.value == .null ? nil : try size.int(in: 0...Int(Int32.max))
        }
        return Shape([nil] + known)
    }
}

/// Reads containers and lists the layers in them.
struct KerasContainerReader {
    /// A layer of the file.
    struct Node {
        /// Class and arguments.
        let description: JSON.Cursor
        /// With the names of the models around it: `inner/dense`.
        let name: String
        /// Where archives keep it: by classes in snake case, numbered in the order of each list, whatever the layers are
        /// called: `functional/layers/dense_1`.
        let place: String
        /// Whether a model around it is not trained.
        let isFrozen: Bool
    }

    private(set) var nodes: [Node] = []

    /// - Parameters:
    ///   - path: The names of the models around it, with a slash behind.
    ///   - place: The same for archives.
    mutating func container(
        _ model: JSON.Cursor, path: String = "", place: String = "", isFrozen: Bool = false
    ) throws -> KerasContainer {
        let className = try model.member("class_name").string()
        let config = try model.member("config")
        guard KerasStep.isModel(className) else {
            throw model.refuse("a model of the class \(className) is not read, only Sequential and functional ones")
        }
        // Keras before 2.2.3 has a list where there is now a dictionary with a name.
        guard case .object = config.value else {
            let steps = try steps(config.array(), path, place, isFrozen, isStack: true)
            let plain: JSON = ["class_name": "Sequential", "config": [:]]
            return KerasContainer(plain.cursor(source: model.source), name: "sequential", stack: steps)
        }
        if let dtype = try config.optional("dtype") { try KerasLayerConfig.checkPrecision(dtype) }
        let isStack = className == "Sequential"
        let isFrozen = try isFrozen || !(config.optional("trainable")?.bool() ?? true)
        let steps = try steps(config.member("layers").array(), path, place, isFrozen, isStack: isStack)
        let name = try config.optional("name")?.string() ?? "sequential"
        if isStack { return KerasContainer(model, name: name, stack: steps) }
        let inputs = KerasStep.references(in: try config.member("input_layers").value)
        let outputs = KerasStep.references(in: try config.member("output_layers").value)
        guard !inputs.isEmpty, !outputs.isEmpty else { throw config.refuse("the model has no inputs or no outputs") }
        var outputKeys: [String]?
        if case .object(let object) = try config.member("output_layers").value {
            outputKeys = object.map { ByteKey($0.key) }.sorted().map(\.string)
        }
        let references = steps.flatMap { $0.step.calls.flatMap { $0.inputs + $0.optionInputs } } + outputs
        return KerasContainer(
            model, name: name, steps, inputs: inputs, outputs: outputs,
            outputKeys: outputKeys?.count == outputs.count ? outputKeys : nil,
            firstCalls: Dictionary(references.map { ($0.layer, $0.call) }, uniquingKeysWith: min))
    }

    private mutating func steps(
        _ list: [JSON.Cursor], _ path: String, _ place: String, _ isFrozen: Bool, isStack: Bool
    ) throws -> [(step: KerasStep, kind: KerasContainer.Kind)] {
        let steps = try list.map { try KerasStep($0) }
        // Operations are no layers, so archives do not count them.
        let areOperations = try steps.map { try !isStack && $0.isOperation }
        var places = KerasContainerReader.places(zip(steps, areOperations).filter { !$1 }.map(\.0.className))[...]
        return try zip(steps, areOperations).map { step, isOperation in
            if isOperation { return (step, .operation) }
            let place = place + places.removeFirst()
            if step.className == "InputLayer" {
                try KerasContainerReader.checkInput(step.description.member("config"))
                return (step, .input)
            }
            if KerasStep.isModel(step.className) {
                let inner = try container(
                    step.description, path: path + step.name + "/", place: place + "/layers/", isFrozen: isFrozen)
                return (step, .model(inner))
            }
            nodes.append(Node(description: step.description, name: path + step.name, place: place, isFrozen: isFrozen))
            return (step, .layer(nodes.count - 1))
        }
    }

    /// The names of layers in archives: `dense`, `dense_1`, whatever the layers are called.
    static func places(_ classNames: [String]) -> [String] {
        var counts: [ByteKey: Int] = [:]
        return classNames.map { className in
            let base = Layer.snakeCase(className)
            let count = counts[ByteKey(base), default: 0]
            counts[ByteKey(base)] = count + 1
            return count == 0 ? base : "\(base)_\(count)"
        }
    }

    private static func checkInput(_ config: JSON.Cursor) throws {
        for key in ["sparse", "ragged"] where try config.optional(key)?.bool() ?? false {
            throw config.refuse("\(key) inputs are not supported")
        }
        if case .string("string")? = try config.optional("dtype")?.value {
            throw config.refuse("inputs that are texts are not supported")
        }
    }
}
