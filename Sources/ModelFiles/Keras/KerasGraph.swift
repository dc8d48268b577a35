import HornetLayers
import HornetSupport

/// The layers of a model in the order in which data go through them: those of a `Sequential`, or those of a functional
/// model that is a chain.
struct KerasGraph {
    struct Node {
        /// Class and arguments.
        let description: JSON.Cursor
        /// The layer's name in archives: its class in snake case, numbered in the order of the model's list.
        let place: String
    }

    let name: String
    private(set) var layers: [Node] = []
    /// With an open batch axis.
    private(set) var inputShape: Shape?

    init(_ model: JSON.Cursor, file: String) throws {
        let className = try model.member("class_name").string()
        let config = try model.member("config")
        // Keras before 2.2.3 has a list where there is now a dictionary with a name.
        guard case .object = config.value else {
            name = "sequential"
            try readSequential(config.array())
            return
        }
        name = try config.optional("name")?.string() ?? "sequential"
        if let dtype = try config.optional("dtype") { try KerasLayerConfig.checkPrecision(dtype) }
        switch className {
        case "Sequential":
            inputShape = try config.optional("build_input_shape").flatMap(KerasGraph.shape)
            try readSequential(config.member("layers").array())
        case "Functional", "Model": try readChain(config)
        default: throw model.refuse("a model of the class \(className) is not read, only Sequential and functional ones")
        }
    }

    private mutating func readSequential(_ list: [JSON.Cursor]) throws {
        let places = try KerasGraph.places(list.map { try $0.member("class_name").string() })
        for (place, description) in zip(places, list) {
            let config = try description.member("config")
            let given = try config.optional("batch_shape") ?? config.optional("batch_input_shape")
            // Only the first layer's input is the model's.
            if layers.isEmpty, let shape = try given.flatMap(KerasGraph.shape) { inputShape = shape }
            if try description.member("class_name").string() == "InputLayer" {
                guard layers.isEmpty else { throw description.refuse("an InputLayer stands behind other layers") }
                try KerasGraph.checkInput(config)
            } else {
                layers.append(Node(description: description, place: place))
            }
        }
    }

    /// A list of sizes as a shape whose batch axis is open; `nil` when it is not one of a single array.
    private static func shape(_ value: JSON.Cursor) throws -> Shape? {
        guard case .array(let sizes) = value.value, !sizes.isEmpty else { return nil }
        if case .array? = sizes.first, sizes.count == 1 { return try shape(value.array()[0]) }
        let known = try value.array().dropFirst().map { size -> Int? in
            size.value == .null ? nil : try size.int(in: 0...Int(Int32.max))
        }
        return Shape([nil] + known)
    }

    private static func checkInput(_ config: JSON.Cursor) throws {
        for key in ["sparse", "ragged"] where try config.optional(key)?.bool() ?? false {
            throw config.refuse("\(key) inputs are not supported")
        }
        if case .string("string")? = try config.optional("dtype")?.value {
            throw config.refuse("inputs that are texts are not supported")
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

    // MARK: Functional models

    private mutating func readChain(_ config: JSON.Cursor) throws {
        let list = try config.member("layers").array()
        let places = try KerasGraph.places(list.map { try $0.member("class_name").string() })
        let steps = try list.map { try KerasStep($0) }
        var masks = KerasMasks(steps)
        let chain = steps.indices.filter { !masks.contains(steps[$0].name) }
        let inputs = chain.filter { steps[$0].className == "InputLayer" }
        guard inputs.count == 1 else {
            throw config.refuse(
                "the model has \(inputs.count) inputs; only chains of layers are read, from one input to one output")
        }
        let input = steps[inputs[0]]
        let inputConfig = try input.description.member("config")
        try KerasGraph.checkInput(inputConfig)
        inputShape = try (inputConfig.optional("batch_shape") ?? inputConfig.optional("batch_input_shape"))
            .flatMap(KerasGraph.shape)

        var followers: [ByteKey: [Int]] = [:]
        for index in chain {
            for name in Set(steps[index].inputs) { followers[name, default: []].append(index) }
        }
        var last = input.name
        for _ in 0..<(chain.count - 1) {
            let next = followers[ByteKey(last)] ?? []
            guard next.count == 1 else {
                let names = next.map { steps[$0].name }.joined(separator: ", ")
                throw config.refuse(
                    "the layer \(last) goes into \(next.isEmpty ? "none" : names); "
                        + "only chains of layers are read, each going into one other")
            }
            let step = steps[next[0]]
            guard step.inputs.count == 1, step.callCount == 1 else {
                throw config.refuse(
                    "the layer \(step.name) has \(step.inputs.count) inputs; "
                        + "only chains of layers are read, each with one")
            }
            layers.append(Node(description: step.description, place: places[next[0]]))
            try masks.check(step)
            last = step.name
        }
        let outputs = KerasStep.references(in: try config.member("output_layers").value)
        guard outputs.count == 1, outputs[0] == ByteKey(last) else {
            throw config.refuse("the model's output is not that of its last layer, \(last)")
        }
    }
}
