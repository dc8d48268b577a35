import HornetLayers
import HornetTensor

extension RecurrentLayer: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal { try graph.recurrent(self, x) }
}

extension Bidirectional: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        try graph.bidirectional(self, x)
    }
}

extension ONNXGraph: RecurrentGraph {
    func realStepsFirst(_ x: Signal, _ mask: Output) -> Output {
        // Equal elements keep their order.
        let order = add("TopK", [mask, size(of: 1, x)], outputs: ["front", "order"].map(scope.name))[1]
        return gather(x.output, at: order)
    }

    func spread(_ states: Output, over mask: Output, all: Bool) -> Output {
        let padded = add("Pad", [states, constant([0, 1, 0, 0, 0, 0], "pads")])
        guard all else { return squeezed(gather(padded, at: total(mask, axis: 1, keepsAxis: true)), axis: 1) }
        return gather(padded, at: add("CumSum", [mask, constant(1, "axis")]))
    }

    func states(of cell: RecurrentCell, _ x: Signal, all: Bool) throws -> Output {
        cell.hasUsualActivations ? sequenceOperator(cell, x, all: all) : try scan(over: x, cell, all: all)
    }

    /// The operator for whole sequences. It wants matrices transposed, an axis for directions in front, and the gates
    /// of an LSTM as i, o, f, c.
    private func sequenceOperator(_ cell: RecurrentCell, _ x: Signal, all: Bool) -> Output {
        let columns = cell.kind.gateCount * cell.units
        func weight(_ tensor: Tensor, _ role: String) -> Output {
            let own = cell.inOperatorOrder(tensor).transposed()
            return constant(own.reshaped([1] + own.shape), role)
        }
        func bias(_ tensor: Tensor?) -> Tensor {
            cell.inOperatorOrder((tensor ?? .zeros([columns])).reshaped([1, columns]))
        }
        var inputs = [
            transposed(x.output), weight(cell.kernel, "kernel"), weight(cell.recurrentKernel, "recurrent_kernel"),
        ]
        if cell.inputBias != nil {
            inputs.append(constant(.concatenated([bias(cell.inputBias), bias(cell.recurrentBias)], axis: 1), "bias"))
        }
        var attributes = [ONNXAttributeProto.int("hidden_size", cell.units)]
        if cell.kind == .gru(resetAfter: true) { attributes.append(.int("linear_before_reset", 1)) }
        let name = cell.operatorName
        if all { return transposed(squeezed(add(name, inputs, attributes), axis: 1)) }
        return squeezed(add(name, inputs, attributes, outputs: ["", scope.name(name)])[1], axis: 0)
    }

    /// The cell's formula, step by step.
    private func scan(over x: Signal, _ cell: RecurrentCell, all: Bool) throws -> Output {
        let gates = transposed(linear(x.output, kernel: cell.kernel, bias: cell.inputBias))
        let body = ONNXGraph(within: self)
        let names = (0..<cell.kind.stateCount).map { _ in scope.name("state") }
        let step = scope.name("step")
        let next = try cell.step(step, names, in: body)
        var results = next
        if all { results.append(body.add("Identity", [next[0]])) }
        func info(_ name: Output, _ width: Int) -> ONNXValueInfoProto { ONNXValueInfoProto(name, .float, [nil, width]) }
        let graph = body.graph(
            named: scope.name("body"),
            inputs: names.map { info($0, cell.units) } + [info(step, cell.kernel.shape[1])],
            outputs: results.map { info($0, cell.units) })
        let batch = add("Shape", [x.output], [.int("start", 0), .int("end", 1)])
        let shape = concatenated([batch, constant([cell.units], "units")], axis: 0)
        // Zeros, where nothing else is said.
        let start = add("ConstantOfShape", [shape])
        let outputs = add(
            "Scan", names.map { _ in start } + [gates], [.graph("body", graph), .int("num_scan_inputs", 1)],
            outputs: results.map { _ in scope.name("Scan") })
        return all ? transposed(outputs.last!) : outputs[0]
    }
}

extension RecurrentCell {
    fileprivate var operatorName: String {
        switch kind {
        case .simple: "RNN"
        case .lstm: "LSTM"
        case .gru: "GRU"
        }
    }

    /// The columns of `[n, gates·units]` as the operator has them.
    fileprivate func inOperatorOrder(_ tensor: Tensor) -> Tensor {
        guard kind == .lstm else { return tensor }
        // i, f, c, o here.
        let gates = [0, 3, 1, 2].map { tensor.sliced($0 * units..<($0 + 1) * units, axis: 1) }
        return .concatenated(gates, axis: 1)
    }
}
