/// The order in which Keras lists the operations of a functional model: those farthest from the outputs first, and of
/// equally far ones those first that a walk from the outputs meets first. Weights in files follow it.
/// [Keras: map_graph](https://github.com/keras-team/keras/blob/master/keras/src/ops/function.py)
package struct OperationOrder {
    /// One call of an operation, or an input.
    package typealias Node = (operation: Int, parents: [Int])

    /// All operations: those that no output depends on among the last, before the others there.
    package let operations: [Int]
    /// The nodes that outputs depend on, parents before children.
    package let nodes: [Int]

    /// - Parameters:
    ///   - nodes: Parents stand before their children.
    ///   - outputs: The nodes whose values come out.
    package init(of nodes: [Node], operationCount: Int, outputs: [Int]) {
        // The walk: an operation counts when its first node is entered, a node when it is left.
        var entered: [Int?] = Array(repeating: nil, count: operationCount)
        var enteredCount = 0
        var left: [Int] = []
        var isKnown = Array(repeating: false, count: nodes.count)
        var open: [(node: Int, next: Int)] = []
        func enter(_ node: Int) {
            guard !isKnown[node] else { return }
            isKnown[node] = true
            if entered[nodes[node].operation] == nil {
                entered[nodes[node].operation] = enteredCount
                enteredCount += 1
            }
            open.append((node, 0))
        }
        for output in outputs {
            enter(output)
            while let (node, next) = open.last {
                if next < nodes[node].parents.count {
                    open[open.count - 1].next += 1
                    enter(nodes[node].parents[next])
                } else {
                    open.removeLast()
                    left.append(node)
                }
            }
        }
        // All calls of an operation are as far away as the farthest of those that were looked at before.
        var nodeDepths = Array(repeating: 0, count: nodes.count)
        var depths = Array(repeating: 0, count: operationCount)
        for node in left.reversed() {
            let depth = max(nodeDepths[node], depths[nodes[node].operation])
            depths[nodes[node].operation] = depth
            nodeDepths[node] = depth
            for parent in nodes[node].parents { nodeDepths[parent] = max(nodeDepths[parent], depth + 1) }
        }
        operations = (0..<operationCount).sorted {
            (-depths[$0], entered[$0] ?? -1, $0) < (-depths[$1], entered[$1] ?? -1, $1)
        }
        let places = Dictionary(uniqueKeysWithValues: left.enumerated().map { ($1, $0) })
        self.nodes = left.sorted { (-nodeDepths[$0], places[$0]!) < (-nodeDepths[$1], places[$1]!) }
    }
}

extension Graph {
    /// Keras' order, the inputs being the first operations and the layers those behind them; as for nodes.
    package func order(layerCount: Int) -> OperationOrder {
        let inputs = (0..<inputCount).map { OperationOrder.Node(operation: $0, parents: []) }
        let calls = calls.map { OperationOrder.Node(operation: inputCount + $0.layer, parents: $0.inputs) }
        return OperationOrder(of: inputs + calls, operationCount: inputCount + layerCount, outputs: outputs)
    }

    /// The same graph with layers and calls in the order `order`. Calls that no output depends on are gone.
    package func sorted<Element>(_ layers: [Element], by order: OperationOrder) -> (layers: [Element], graph: Graph) {
        let layerOrder = order.operations.filter { $0 >= inputCount }.map { $0 - inputCount }
        let layerPlaces = Dictionary(uniqueKeysWithValues: layerOrder.enumerated().map { ($1, $0) })
        var values = Dictionary(uniqueKeysWithValues: (0..<inputCount).map { ($0, $0) })
        let kept = order.nodes.filter { $0 >= inputCount }
        for (number, value) in kept.enumerated() { values[value] = inputCount + number }
        let sorted = kept.map { value in
            let call = calls[value - inputCount]
            return Call(layer: layerPlaces[call.layer]!, inputs: call.inputs.map { values[$0]! })
        }
        return (layerOrder.map { layers[$0] }, Graph(sorted, inputCount: inputCount, outputs: outputs.map { values[$0]! }))
    }
}
