import HornetLayers
import HornetTensor

extension ElementwiseMerge: ONNXMergeLayer {
    func write(_ inputs: [ONNXGraph.Signal], to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        let operation =
            switch self {
            case is Add, is Average: "Add"
            case is Subtract: "Sub"
            case is Multiply: "Mul"
            case is Maximum: "Max"
            case is Minimum: "Min"
            default: throw graph.scope.refusal("a layer of this kind")
            }
        var output = inputs.dropFirst().reduce(inputs[0].output) { graph.add(operation, [$0, $1.output]) }
        if self is Average {
            output = graph.add("Div", [output, graph.constant(Tensor(Float(inputs.count)), "count")])
        }
        var merged = inputs[0].followed(by: output, of: self)
        merged.mask = graph.union(of: inputs.map(\.mask))
        return merged
    }
}

extension Concatenate: ONNXMergeLayer {
    func write(_ inputs: [ONNXGraph.Signal], to graph: ONNXGraph) -> ONNXGraph.Signal {
        var joined = inputs[0].followed(by: graph.concatenated(inputs.map(\.output), axis: axis), of: self)
        if joinsSteps {
            if inputs.contains(where: { $0.mask != nil }) {
                joined.mask = graph.concatenated(inputs.map { $0.mask ?? graph.fullMask(of: $0) }, axis: 1)
            }
        } else {
            joined.mask = graph.union(of: inputs.map(\.mask))
        }
        return joined
    }
}

extension ONNXGraph {
    /// The mask of steps that are real in any input; `nil`, for all, when one of them has none.
    fileprivate func union(of masks: [Output?]) -> Output? {
        let known = masks.compactMap { $0 }
        guard known.count == masks.count else { return nil }
        return known.dropFirst().reduce(known[0]) { add("Max", [$0, $1]) }
    }

    /// 1 for each step of `x`.
    fileprivate func fullMask(of x: Signal) -> Output {
        add("Expand", [constant(1, "one"), add("Shape", [x.output], [.int("start", 0), .int("end", 2)])])
    }
}
