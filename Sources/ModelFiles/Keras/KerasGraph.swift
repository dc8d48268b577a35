import HornetLayers
import HornetSupport

/// The layers of a model in Keras' order, and how they are called: those of a `Sequential` one on the other, those of a
/// functional model with one input and one output as they are joined.
struct KerasGraph {
    struct Node {
        /// Class and arguments.
        let description: JSON.Cursor
        /// The layer's name in archives: its class in snake case, numbered in the order of the model's list.
        let place: String
    }

    let name: String
    private(set) var layers: [Node] = []
    private(set) var graph = Graph([])
    private(set) var inputName = "input_layer"
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
        case "Functional", "Model": try readFunctional(config)
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
        graph = .chain(of: layers.count)
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

    /// More calls than any model has that people make; what a hostile file may have to be put in order.
    private static let mostCalls = 2_000

    private mutating func readFunctional(_ config: JSON.Cursor) throws {
        let list = try config.member("layers").array()
        let places = try KerasGraph.places(list.map { try $0.member("class_name").string() })
        let steps = try list.map { try KerasStep($0) }
        var masks = KerasMasks(steps)
        let own = steps.indices.filter { !masks.contains(steps[$0].name) }
        let inputs = own.filter { steps[$0].className == "InputLayer" }
        guard inputs.count == 1 else {
            throw config.refuse("the model has \(inputs.count) inputs; only models with one are read")
        }
        let input = steps[inputs[0]]
        inputName = input.name
        let inputConfig = try input.description.member("config")
        try KerasGraph.checkInput(inputConfig)
        inputShape = try (inputConfig.optional("batch_shape") ?? inputConfig.optional("batch_input_shape"))
            .flatMap(KerasGraph.shape)

        // In the list's order as far as each call's inputs are there: then layers ask for their weights in that order.
        let called = own.filter { $0 != inputs[0] }
        layers = called.map { Node(description: steps[$0].description, place: places[$0]) }
        var values = [KerasStep.Reference(layer: input.key, call: 0): 0]
        var open = called.enumerated().flatMap { layer, step in
            steps[step].calls.enumerated().map { (layer: layer, step: steps[step], number: $0, call: $1) }
        }
        guard open.count <= KerasGraph.mostCalls else {
            throw config.refuse("the model calls layers \(open.count) times; at most \(KerasGraph.mostCalls) are read")
        }
        var calls: [Graph.Call] = []
        while !open.isEmpty {
            guard let next = open.firstIndex(where: { $0.call.inputs.allSatisfy { values[$0] != nil } }) else {
                throw config.refuse("the layer \(open[0].step.name) is called on what no layer gives before")
            }
            let (layer, step, number, call) = open.remove(at: next)
            try masks.check(step, call)
            calls.append(Graph.Call(layer: layer, inputs: call.inputs.map { values[$0]! }))
            values[KerasStep.Reference(layer: step.key, call: number)] = calls.count
        }
        let outputs = try KerasStep.references(in: config.member("output_layers"))
        guard outputs.count == 1 else {
            throw config.refuse("the model has \(outputs.count) outputs; only models with one are read")
        }
        guard let output = values[outputs[0]], output > 0 else {
            throw config.refuse("the model's output is what no layer gives")
        }
        graph = Graph(KerasGraph.endingWith(output, calls))
    }

    /// The same calls with the one that gives the value `output` at the end, unless another is on that value.
    private static func endingWith(_ output: Int, _ calls: [Graph.Call]) -> [Graph.Call] {
        guard output < calls.count, !calls.contains(where: { $0.inputs.contains(output) }) else { return calls }
        var calls = calls
        calls.append(calls.remove(at: output - 1))
        return calls.map { call in
            Graph.Call(layer: call.layer, inputs: call.inputs.map { $0 > output ? $0 - 1 : $0 })
        }
    }
}
