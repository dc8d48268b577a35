import HornetLayers
import HornetTensor

extension RecurrentLayer: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        try graph.recurrent(self, x)
    }
}

extension Bidirectional: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        graph.scope.enter(forwardLayer, within: name)
        let a = try graph.recurrent(forwardLayer, x).output
        graph.scope.enter(backwardLayer, within: name)
        let b = try graph.recurrent(backwardLayer, x, reversesOutput: true).output
        graph.scope.enter(self)
        let merged =
            switch mergeMode {
            case .concat: graph.concatenated([a, b], axis: -1)
            case .sum: graph.sum(a, b)
            case .mul: graph.elementwiseProduct(a, b)
            case .ave: graph.elementwiseProduct(graph.sum(a, b), graph.constant(Tensor(0.5), "half"))
            case nil: throw graph.scope.refusal("a layer with two outputs")
            }
        return x.followed(by: merged, of: self, keepsMask: returnSequences)
    }
}

extension TensorFlowGraph {
    /// A recurrent layer as Keras masks it: a step of padding hands output and state on. So the real steps of each sequence
    /// are moved to its front, wherever the padding stands; what is computed behind them nobody looks at.
    func recurrent(_ layer: RecurrentLayer, _ x: Signal, reversesOutput: Bool = false) throws -> Signal {
        var input = x
        if layer.goBackwards {
            input.output = reversed(x.output)
            input.mask = x.mask.map(reversed)
        }
        var output: Output
        if let mask = input.mask {
            let order = add(
                "TopKV2", [mask, size(of: 1, input)], ["T": .type(mask.type)], types: [mask.type, .dtInt32])[1]
            input.output = gather(input.output, at: order, axis: 1, batched: true)
            output = masked(try states(of: layer, input, all: true), layer, by: mask)
        } else {
            output = try states(of: layer, input, all: layer.returnSequences)
        }
        if layer.returnSequences && reversesOutput { output = reversed(output) }
        return x.followed(by: output, of: layer, keepsMask: layer.returnSequences)
    }

    /// The output of `layer`, from the states after the real steps of each sequence: that after n of them stands where n
    /// are done, zeros where none is.
    private func masked(_ states: Output, _ layer: RecurrentLayer, by mask: Output) -> Output {
        let padding = constant([0, 0, 1, 0, 0, 0], shape: [3, 2], "paddings")
        let padded = add("Pad", [states, padding], ["T": .type(states.type)])
        guard layer.returnSequences else {
            let count = reduce("Sum", mask, axis: 1)
            return gather(padded, at: count, axis: 1, batched: true)
        }
        let counts = add("Cumsum", [mask, constant(1, "axis")], ["T": .type(mask.type)])
        let output = gather(padded, at: counts, axis: 1, batched: true)
        return layer.zeroOutputForMask ? self.masked(output, by: mask) : output
    }

    /// h after each step `[batch, time, units]`, or after the last one `[batch, units]`, whatever the mask.
    private func states(of layer: RecurrentLayer, _ x: Signal, all: Bool) throws -> Output {
        let cell = RecurrentCell(layer)
        if cell.kind == .lstm && cell.hasUsualActivations {
            let states = blockLSTM(cell, x)
            return all ? transposed(states) : element(-1, of: states)
        }
        return try loop(over: x, cell, all: all)
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
        let batch = slice(0..<1, of: shape(of: x.output))
        let shape = concatenated([batch, constant([units], "units")], axis: 0)
        return add("Fill", [shape, constant(Tensor(0), "zero")], ["T": .type(.dtFloat)], type: .dtFloat)
    }
}
