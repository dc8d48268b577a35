import HornetLayers
import HornetTensor

/// The operators that layers are made of, with the attributes they need.
extension ONNXGraph {
    func cast(_ x: Output, to type: ONNXTensorProto.DataType) -> Output {
        add("Cast", [x], [.int("to", type.rawValue)])
    }

    /// `x·kernel + bias` along the last axis of x.
    func linear(_ x: Output, kernel: Tensor, bias: Tensor?) -> Output {
        let product = self.product(x, constant(kernel, "kernel"))
        return bias.map { sum(product, constant($0, "bias")) } ?? product
    }

    /// The same as `x` with an axis of size 1.
    func expanded(_ x: Output, axis: Int) -> Output { add("Unsqueeze", [x, constant([axis], "axis")]) }

    /// The same as `x` without an axis of size 1.
    func squeezed(_ x: Output, axis: Int) -> Output { add("Squeeze", [x, constant([axis], "axis")]) }

    func total(_ x: Output, axis: Int, keepsAxis: Bool = false) -> Output {
        add("ReduceSum", [x, constant([axis], "axis")], [.int("keepdims", keepsAxis ? 1 : 0)])
    }

    func reversed(_ x: Output) -> Output {
        let bounds = [constant([-1], "begin"), constant([.min], "end")]
        return add("Slice", [x] + bounds + [constant([1], "axis"), constant([-1], "step")])
    }

    /// The axes in another order; by default batch and time axis of `x [a, b, features]` change places.
    func transposed(_ x: Output, to order: [Int] = [1, 0, 2]) -> Output {
        add("Transpose", [x], [.ints("perm", order)])
    }

    /// The size of an axis, as a vector of one number.
    func size(of axis: Int, _ x: Signal) -> Output {
        x.shape[axis].map { constant([$0], "size") }
            ?? add("Shape", [x.output], [.int("start", axis), .int("end", axis + 1)])
    }

    func concatenated(_ parts: [Output], axis: Int) -> Output { add("Concat", parts, [.int("axis", axis)]) }

    /// Places `indices [batch, n]` along axis 1 of `table`, each sample its own: `[batch, n, …]`.
    func gather(_ table: Output, at indices: Output) -> Output {
        add("GatherND", [table, expanded(indices, axis: 2)], [.int("batch_dims", 1)])
    }
}

/// The formulas of recurrent cells and of merging layers.
extension ONNXGraph: MergingGraph {
    func product(_ a: Output, _ b: Output) -> Output { add("MatMul", [a, b]) }
    func sum(_ a: Output, _ b: Output) -> Output { add("Add", [a, b]) }
    func difference(_ a: Output, _ b: Output) -> Output { add("Sub", [a, b]) }
    func elementwiseProduct(_ a: Output, _ b: Output) -> Output { add("Mul", [a, b]) }

    func maximum(_ a: Output, _ b: Output) -> Output { add("Max", [a, b]) }
    func minimum(_ a: Output, _ b: Output) -> Output { add("Min", [a, b]) }
    func quotient(_ a: Output, _ b: Output) -> Output { add("Div", [a, b]) }

    func fullMask(of x: Signal) -> Output {
        add("Expand", [constant(1, "one"), add("Shape", [x.output], [.int("start", 0), .int("end", 2)])])
    }

    func split(_ x: Output, into count: Int) -> [Output] {
        add("Split", [x], [.int("axis", -1)], outputs: (0..<count).map { _ in scope.name("Split") })
    }
}
