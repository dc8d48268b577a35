import HornetLayers
import HornetSupport

/// The layers of a model in a file, in Keras' order, and how they are called. Models within the model are part of it: their
/// layers are called where they are.
struct KerasGraph {
    let name: String
    let nodes: [KerasContainerReader.Node]
    private(set) var graph: Graph
    /// With open batch axes.
    let inputs: [(name: String, shape: Shape)]
    /// What the file calls the outputs, where it gives them names of their own.
    let outputNames: [String]?
    /// The layers of each entry of the model's list, by their places among ``nodes``.
    let groups: [(name: String, layers: [Int])]
    /// How the layers merge masks that are in ``maskMerges``, by their places among ``nodes``: those that do.
    let maskMerging: MaskMerging
    let maskMerges: Set<Int>

    /// - Parameter isOfKeras2: Whether the file is older than Keras 3.
    init(_ model: JSON.Cursor, isOfKeras2: Bool) throws {
        var reader = KerasContainerReader()
        let container = try reader.container(model)
        name = container.name
        nodes = reader.nodes
        groups = container.steps.compactMap { step, kind in
            switch kind {
            case .layer(let layer): (step.name, [layer])
            case .model(let model): (step.name, model.layers)
            case .input, .operation: nil
            }
        }
        inputs = try KerasGraph.inputs(of: container)
        outputNames = container.outputKeys
        maskMerging = isOfKeras2 || container.mergesAsKeras2 ? .keras2 : .keras3
        var caller = KerasCaller(nodes, inputCount: inputs.count, maskMerging)
        let outputs = try caller.call(container, on: Array(0..<inputs.count), path: "")
        graph = Graph(caller.calls, inputCount: inputs.count, outputs: outputs)
        maskMerges = caller.maskMerges
    }

    private static func inputs(of container: KerasContainer) throws -> [(name: String, shape: Shape)] {
        func known(_ shape: Shape?) throws -> Shape {
            guard let shape else {
                throw container.description.refuse("the shape of the input is not known: the model was saved before it was built")
            }
            return shape
        }
        guard !container.isStack else {
            var name = "input_layer"
            if let first = container.steps.first, case .input = first.kind { name = first.step.name }
            return [(name, try known(container.stackShape))]
        }
        return try container.inputs.map { ($0.layer.string, try known(container.shape(of: $0))) }
    }
}

/// Calls the layers of containers, one container within another.
struct KerasCaller {
    /// More calls than any model has that people make; models within models may ask for more than a file has.
    private static let mostCalls = 5_000

    private let nodes: [KerasContainerReader.Node]
    private(set) var calls: [Graph.Call] = []
    private let inputCount: Int
    private let maskMerging: MaskMerging
    private(set) var maskMerges: Set<Int> = []
    private var masks = KerasMasks()
    /// Of each value.
    private var valueMasks: [Int?]
    private var callCount = 0

    init(_ nodes: [KerasContainerReader.Node], inputCount: Int, _ maskMerging: MaskMerging) {
        (self.nodes, self.inputCount, self.maskMerging) = (nodes, inputCount, maskMerging)
        valueMasks = Array(repeating: nil, count: inputCount)
    }

    /// What a container gives for these values.
    ///
    /// - Parameter path: The names of the containers around it, for errors.
    mutating func call(_ container: KerasContainer, on inputs: [Int], path: String) throws -> [Int] {
        func refuse(_ problem: String) -> HornetError {
            container.description.refuse(path.isEmpty ? problem : "the model \(path): \(problem)")
        }
        if container.isStack {
            var values = inputs
            for (number, (step, kind)) in container.steps.enumerated() {
                if case .input = kind {
                    guard number == 0 else { throw refuse("an InputLayer stands behind other layers") }
                    continue
                }
                guard values.count == 1 else { throw refuse("\(step.name) is called on \(values.count) values in a stack") }
                values = try call(step, kind, on: values, path: path)
            }
            guard values.count == 1 else { throw refuse("it is called on \(inputs.count) values") }
            return values
        }
        guard inputs.count == container.inputs.count else {
            throw refuse("it is called on \(inputs.count) values, it has \(container.inputs.count) inputs")
        }
        var results = Dictionary(
            zip(container.inputs, inputs.map(KerasMask.Operand.value)), uniquingKeysWith: { first, _ in first })
        // Each call behind those that it needs. Nothing is called twice, whoever asks for it first.
        let steps = Dictionary(
            container.steps.indices.map { (container.steps[$0].step.key, $0) }, uniquingKeysWith: { first, _ in first })
        var waiting: Set<KerasStep.Reference> = []
        var done: Set<KerasStep.Reference> = []
        for (place, (step, kind)) in container.steps.enumerated() {
            if case .input = kind { continue }
            for number in step.calls.indices {
                var open = [(place: place, number: number)]
                while let (place, number) = open.last {
                    let (step, kind) = container.steps[place]
                    let id = KerasStep.Reference(layer: step.key, call: number, output: 0)
                    if done.contains(id) {
                        open.removeLast()
                        continue
                    }
                    let call = step.calls[number]
                    guard let missing = (call.inputs + call.optionInputs).first(where: { results[$0] == nil }) else {
                        waiting.remove(id)
                        done.insert(id)
                        open.removeLast()
                        let operands = call.inputs.map { results[$0]! }
                        let first = container.firstCalls[step.key] ?? 0
                        for (output, result) in try evaluate(step, kind, call, operands, results, path).enumerated() {
                            results[KerasStep.Reference(layer: step.key, call: first + number, output: output)] = result
                        }
                        continue
                    }
                    let maker = steps[missing.layer]
                    let asked = missing.call - (container.firstCalls[missing.layer] ?? 0)
                    waiting.insert(id)
                    guard let maker, container.steps[maker].step.calls.indices.contains(asked) else {
                        throw refuse("the layer \(step.name) is called on what no layer gives before")
                    }
                    let next = KerasStep.Reference(layer: missing.layer, call: asked, output: 0)
                    guard !done.contains(next) else {
                        throw refuse("the layer \(missing.layer.string) has several outputs, of which only the first is read")
                    }
                    guard !waiting.contains(next) else {
                        throw refuse("the layer \(step.name) is called on what no layer gives before: on its own output")
                    }
                    open.append((maker, asked))
                }
            }
        }
        return try container.outputs.map { output in
            guard case .value(let value)? = results[output] else {
                if output.output > 0 {
                    throw refuse("the layer \(output.layer.string) has several outputs, of which only the first is read")
                }
                throw refuse("the model's output is what no layer gives")
            }
            return value
        }
    }

    private mutating func evaluate(
        _ step: KerasStep, _ kind: KerasContainer.Kind, _ call: KerasStep.Call, _ operands: [KerasMask.Operand],
        _ results: [KerasStep.Reference: KerasMask.Operand], _ path: String
    ) throws -> [KerasMask.Operand] {
        if case .operation = kind {
            try count()
            guard let mask = try masks.computed(by: step, call, operands) else {
                throw step.description.refuse("the operation \(path)\(step.name) (\(step.className)) is not supported, only layers are")
            }
            return [.mask(mask)]
        }
        let values = operands.compactMap { if case .value(let value) = $0 { value } else { nil } }
        guard values.count == operands.count, call.numbers.isEmpty else {
            throw step.description.refuse("the layer \(path)\(step.name) is called on what no layer gives")
        }
        try check(step, call, values, results, path)
        return try self.call(step, kind, on: values, path: path).map(KerasMask.Operand.value)
    }

    private mutating func call(
        _ step: KerasStep, _ kind: KerasContainer.Kind, on values: [Int], path: String
    ) throws -> [Int] {
        try count()
        switch kind {
        case .model(let model): return try call(model, on: values, path: path + step.name + "/")
        case .layer(let layer):
            let config = try step.description.member("config").object()
            if KerasMasks.merges(step.className), values.contains(where: { valueMasks[$0] != nil }) {
                maskMerges.insert(layer)
            }
            valueMasks.append(
                masks.after(step.className, config, values.map { ($0, valueMasks[$0]) }, merging: maskMerging))
            calls.append(Graph.Call(layer: layer, inputs: values))
            return [inputCount + calls.count - 1]
        case .input, .operation: throw step.description.refuse("\(step.name) is no layer")
        }
    }

    private mutating func count() throws {
        callCount += 1
        guard callCount <= KerasCaller.mostCalls else {
            throw HornetError(.file, at: nodes.first?.description.source ?? "", "the model calls layers more than \(KerasCaller.mostCalls) times")
        }
    }

    /// Throws when a layer is called with anything but the mask that it gets here, too.
    private func check(
        _ step: KerasStep, _ call: KerasStep.Call, _ values: [Int],
        _ results: [KerasStep.Reference: KerasMask.Operand], _ path: String
    ) throws {
        for (key, value) in call.options where value != .null {
            if key == "training" && value == .bool(false) { continue }
            if key == "mask" {
                let given = KerasStep.references(in: value).map { reference -> Int? in
                    if case .mask(let mask)? = results[reference] { mask } else { nil }
                }
                // Where a layer is told nothing, it takes the mask that comes with the value.
                if given.isEmpty || given == values.map({ valueMasks[$0] }) || given == values.compactMap({ valueMasks[$0] }) { continue }
                throw step.description.refuse(
                    "the layer \(path)\(step.name) is called with a mask that is not its input's, which is not supported")
            }
            throw step.description.refuse(
                "the layer \(path)\(step.name) is called with \(key), which is not supported in a functional model")
        }
    }
}
