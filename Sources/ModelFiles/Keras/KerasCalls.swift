import HornetLayers
import HornetSupport

/// How a model's layers are called, as Keras writes it: with the operations that compute masks beside the layers, all of
/// them in Keras' order, by names that Keras takes.
struct KerasCalls {
    let isStack: Bool
    /// Of each value of the graph.
    let shapes: [Shape]
    /// The places of the layers in Keras' order.
    let layerOrder: [Int]
    /// By the places of the layers in the model.
    let layerNames: [String]
    private let graph: Graph
    private let layers: [Layer]
    private let inputNames: [String]
    private let outputNames: [String]
    /// Inputs, layers, then masks.
    private let order: [Int]
    private var masks = KerasMasks()
    private var maskNames: [Int: String] = [:]
    /// The mask that each call is given.
    private var callMasks: [Int?] = []
    /// A layer that gives other values in Keras 3.
    private(set) var foreign: Layer?

    init(
        _ graph: Graph, _ layers: [Layer], isStack: Bool, inputNames: [String], outputNames: [String], shapes: [Shape]
    ) {
        (self.graph, self.layers, self.isStack, self.shapes) = (graph, layers, isStack, shapes)
        self.outputNames = outputNames
        var valueMasks: [Int?] = Array(repeating: nil, count: graph.inputCount)
        for call in graph.calls {
            let layer = layers[call.layer]
            let merging = (layer as? MergeLayer)?.maskMerging ?? .keras3
            if merging == .keras2, KerasMasks.choosing.contains(layer.className),
                call.inputs.contains(where: { valueMasks[$0] != nil })
            {
                foreign = layer
            }
            let isUser = !isStack && KerasMasks.users.contains(layer.className)
            callMasks.append(isUser ? valueMasks[call.inputs[0]] : nil)
            valueMasks.append(
                masks.after(
                    layer.className, layer.config ?? [:], call.inputs.map { ($0, valueMasks[$0]) }, merging: merging))
        }
        let used = KerasCalls.used(masks.all, callMasks.compactMap(\.self))
        order = KerasCalls.order(graph, layers.count, masks.all, used, callMasks)
        layerOrder = order.filter { $0 >= graph.inputCount && $0 < graph.inputCount + layers.count }
            .map { $0 - graph.inputCount }

        // Keras has no names with slashes, which layers of models within the model have here.
        var taken = Set(layers.map { ByteKey($0.name) })
        func free(_ name: String) -> String {
            let free = (0...).lazy.map { $0 == 0 ? name : "\(name)_\($0)" }.first { !taken.contains(ByteKey($0)) }!
            taken.insert(ByteKey(free))
            return free
        }
        layerNames = layers.map { layer in
            guard layer.name.utf8.contains(UInt8(ascii: "/")) else { return layer.name }
            let bytes = layer.name.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
            return free(String(decoding: bytes, as: UTF8.self))
        }
        self.inputNames = inputNames.map(free)
        for mask in used.sorted() { maskNames[mask] = free(Layer.snakeCase(masks.all[mask].operation.className)) }
    }

    /// The masks that these are computed from, and themselves.
    private static func used(_ all: [KerasMask], _ wanted: [Int]) -> Set<Int> {
        var used = Set(wanted)
        // What a mask is made of was there before.
        for mask in all.indices.reversed() where used.contains(mask) {
            for case .mask(let part) in all[mask].operation.operands { used.insert(part) }
        }
        return used
    }

    private static func order(
        _ graph: Graph, _ layerCount: Int, _ masks: [KerasMask], _ used: Set<Int>, _ callMasks: [Int?]
    ) -> [Int] {
        var nodes: [OperationOrder.Node] = (0..<graph.inputCount).map { ($0, []) }
        var valueNodes = Array(0..<graph.inputCount)
        var maskNodes: [Int: Int] = [:]
        var waiting = used.sorted()[...]
        func parents(of mask: Int) -> [Int]? {
            var parents: [Int] = []
            for operand in masks[mask].operation.operands {
                switch operand {
                case .value(let value):
                    guard value < valueNodes.count else { return nil }
                    parents.append(valueNodes[value])
                case .mask(let part):
                    guard let node = maskNodes[part] else { return nil }
                    parents.append(node)
                }
            }
            return parents
        }
        for (number, call) in graph.calls.enumerated() {
            // A mask is made as soon as the values are there that it is computed from.
            while let mask = waiting.first, let parents = parents(of: mask) {
                maskNodes[mask] = nodes.count
                nodes.append((graph.inputCount + layerCount + mask, parents))
                waiting.removeFirst()
            }
            valueNodes.append(nodes.count)
            let mask = callMasks[number].map { [maskNodes[$0]!] } ?? []
            nodes.append((graph.inputCount + call.layer, call.inputs.map { valueNodes[$0] } + mask))
        }
        let order = OperationOrder(
            of: nodes, operationCount: graph.inputCount + layerCount + masks.count,
            outputs: graph.outputs.map { valueNodes[$0] })
        return order.operations.filter { operation in
            let mask = operation - graph.inputCount - layerCount
            return mask < 0 || used.contains(mask)
        }
    }

    // MARK: Descriptions

    static func sizes(_ shape: Shape) -> JSON { .array(shape.sizes.map { $0.map(JSON.integer) ?? .null }) }

    func input(_ number: Int) -> JSON.Object {
        [
            "module": "keras.layers", "class_name": "InputLayer",
            "config": [
                "batch_shape": KerasCalls.sizes(shapes[number]), "dtype": "float32", "sparse": false, "ragged": false,
                "name": .string(inputNames[number]), "optional": false,
            ], "registered_name": nil,
        ]
    }

    /// Everything in Keras' order, with the calls of each. `described` are the layers in that order.
    func list(_ described: [JSON.Object]) -> [JSON] {
        var calls: [[JSON]] = Array(repeating: [], count: layers.count)
        for (number, call) in graph.calls.enumerated() {
            let inputs = call.inputs.map { tensor(.value($0)) }
            let mask = callMasks[number].map { ["mask": tensor(.mask($0))] } ?? [:] as JSON
            calls[call.layer].append(
                ["args": layers[call.layer] is MergeLayer ? [.array(inputs)] : .array(inputs), "kwargs": mask])
        }
        var layers = zip(layerOrder, described).makeIterator()
        return order.map { operation in
            if operation < graph.inputCount { return KerasCalls.called(input(operation), []) }
            let mask = operation - graph.inputCount - self.layers.count
            if mask >= 0 { return maskDescription(mask) }
            let (layer, description) = layers.next()!
            return KerasCalls.called(description, calls[layer])
        }
    }

    private static func called(_ description: JSON.Object, _ calls: [JSON]) -> JSON {
        guard case .object(let config)? = description["config"] else { return .object(description) }
        var description = description
        description["name"] = config["name"]
        description["inbound_nodes"] = .array(calls)
        return .object(description)
    }

    private func maskDescription(_ mask: Int) -> JSON {
        let operation = masks.all[mask].operation
        var config = operation.config
        config["name"] = .string(maskNames[mask]!)
        var arguments = operation.operands.map(tensor)
        if case .notEqual(_, let padding) = masks.all[mask] { arguments.append(.number(padding)) }
        if case .concatenated = masks.all[mask] { arguments = [.array(arguments)] }
        let description: JSON.Object = [
            "module": "keras.src.ops.numpy", "class_name": .string(operation.className), "config": .object(config),
            "registered_name": .string(operation.className),
        ]
        return KerasCalls.called(description, [["args": .array(arguments), "kwargs": [:]]])
    }

    /// A value or a mask as an argument.
    private func tensor(_ operand: KerasMask.Operand) -> JSON {
        let (history, shape, dtype): (JSON, Shape, JSON)
        switch operand {
        case .value(let value): (history, shape, dtype) = (self.history(value), shapes[value], "float32")
        case .mask(let mask): (history, shape, dtype) = ([.string(maskNames[mask]!), 0, 0], maskShape(mask), "bool")
        }
        return [
            "class_name": "__keras_tensor__",
            "config": ["shape": KerasCalls.sizes(shape), "dtype": dtype, "keras_history": history],
        ]
    }

    private func maskShape(_ mask: Int) -> Shape {
        switch masks.all[mask] {
        case .notEqual(let value, _), .zeros(let value), .ones(let value): shapes[value]
        case .any(let inner): Shape(maskShape(inner).sizes.dropLast())
        // Of a mask and what makes it as wide as its value.
        case .or(_, let b), .and(_, let b): maskShape(b)
        case .expanded(let inner): Shape(maskShape(inner).sizes + [1])
        case .concatenated(let parts, let axis): KerasCalls.joined(parts.map(maskShape), axis)
        }
    }

    private static func joined(_ shapes: [Shape], _ axis: Int) -> Shape {
        var sizes = shapes[0].sizes
        let axis = axis < 0 ? axis + sizes.count : axis
        sizes[axis] = shapes.dropFirst().reduce(sizes[axis]) { sum, shape in sum.flatMap { sum in shape[axis].map { sum + $0 } } }
        return Shape(sizes)
    }

    /// `["dense", 1, 0]`: what the second call of `dense` gave.
    private func history(_ value: Int) -> JSON {
        guard value >= graph.inputCount else { return [.string(inputNames[value]), 0, 0] }
        let call = value - graph.inputCount
        let layer = graph.calls[call].layer
        let number = graph.calls[..<call].count { $0.layer == layer }
        return [.string(layerNames[layer]), .integer(number), 0]
    }

    var inputDescription: JSON {
        graph.inputCount == 1 ? history(0) : .array((0..<graph.inputCount).map(history))
    }

    /// A dictionary where the outputs have names that are not those of their layers.
    var outputDescription: JSON {
        let histories = graph.outputs.map(history)
        let plain = graph.outputs.map { value in graph.maker(of: value).map { layers[$0.layer].name } ?? inputNames[value] }
        guard zip(plain, outputNames).allSatisfy({ ByteKey($0) == ByteKey($1) }) else {
            return .object(JSON.Object(zip(outputNames, histories).map { ($0, $1) }))
        }
        return histories.count == 1 ? histories[0] : .array(histories)
    }
}
