import HornetLayers
import HornetTensor

extension RecurrentLayer: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        try graph.recurrent(self, x)
    }
}

extension Bidirectional: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        try graph.bidirectional(self, x)
    }
}

extension TensorFlowGraph: RecurrentGraph {
    func realStepsFirst(_ x: Signal, _ mask: Output) -> Output {
        // Equal elements keep their order.
        let order = add("TopKV2", [mask, size(of: 1, x)], ["T": .type(mask.type)], types: [mask.type, .dtInt32])[1]
        return gather(x.output, at: order, axis: 1, batched: true)
    }

    func spread(_ states: Output, over mask: Output, all: Bool) -> Output {
        let padded = self.padded(states, before: 1)
        let counts = all
            ? add("Cumsum", [mask, constant(1, "axis")], ["T": .type(mask.type)]) : reduce("Sum", mask, axis: 1)
        return gather(padded, at: counts, axis: 1, batched: true)
    }

    func states(of cell: RecurrentCell, _ x: Signal, all: Bool) throws -> Output {
        guard cell.kind == .lstm && cell.hasUsualActivations else { return try loop(over: x, cell, all: all) }
        let states = blockLSTM(cell, x)
        return all ? transposed(states) : element(-1, of: states)
    }

    /// The operator for whole sequences, `[time, batch, units]`. It has its gates in Keras' order.
    private func blockLSTM(_ cell: RecurrentCell, _ x: Signal) -> Output {
        let input = transposed(x.output)
        let start = zeros(batchOf: x, cell.units)
        let peephole = constant(.zeros([cell.units]), "peephole")
        let weights = constant(.concatenated([cell.kernel, cell.recurrentKernel]), "weights")
        let bias = constant(cell.inputBias ?? .zeros([4 * cell.units]), "bias")
        let stepCount = cast(size(of: 1, x), to: .dtInt64)
        return add(
            "BlockLSTMV2",
            [stepCount, input, start, start, weights, peephole, peephole, peephole, bias], ["T": .type(.dtFloat)],
            types: Array(repeating: .dtFloat, count: 7))[6]
    }

    /// The cell's formula, step by step.
    private func loop(over x: Signal, _ cell: RecurrentCell, all: Bool) throws -> Output {
        let gates = transposed(linear(x, kernel: cell.kernel, bias: cell.inputBias))
        let start = zeros(batchOf: x, cell.units)
        let (stepCount, state) = (size(of: 1, x), Shape([nil, cell.units]))
        var variables = [
            LoopVariable(start: constant(0, "step"), shape: []), LoopVariable(start: stepCount, shape: []),
            LoopVariable(start: gates, shape: [nil, nil, cell.kernel.shape[1]]),
        ]
        let states = variables.count..<variables.count + cell.kind.stateCount
        variables += states.map { _ in LoopVariable(start: start, shape: state) }
        let (elementType, elementShape) = ("element_dtype", [-1, cell.units])
        if all {
            let list = add(
                "TensorListReserve", [constant(elementShape, "shape"), stepCount],
                [elementType: .type(.dtFloat), "shape_type": .type(.dtInt32)], type: .dtVariant)
            variables.append(LoopVariable(start: list, shape: []))
        }
        let results = try loop(variables) { graph, variables in
            graph.elementwise("Less", variables[0], variables[1], type: .dtBool)
        } _: { [scope] graph, variables in
            graph.scope.take(placeOf: scope)
            let step = graph.gather(variables[2], at: variables[0], axis: 0)
            var next = [graph.sum(variables[0], graph.constant(1, "one"))] + variables[1...2]
            next += try cell.step(step, Array(variables[states]), in: graph)
            if all {
                next.append(
                    graph.add(
                        "TensorListSetItem", [variables.last!, variables[0], next[states.lowerBound]],
                        [elementType: .type(.dtFloat)]))
            }
            return next
        }
        guard all else { return results[states.lowerBound] }
        return transposed(
            add(
                "TensorListStack", [results.last!, constant(elementShape, "shape")], [elementType: .type(.dtFloat)],
                type: .dtFloat))
    }

    private func zeros(batchOf x: Signal, _ units: Int) -> Output {
        let shape = concatenated([batchSize(of: x), constant([units], "units")], axis: 0)
        return add("Fill", [shape, constant(Tensor(0), "zero")], ["T": .type(.dtFloat)], type: .dtFloat)
    }
}
