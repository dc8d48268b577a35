import HornetLayers
import HornetTensor

/// The operators that layers are made of, with the attributes they need.
extension TensorFlowGraph {
    func cast(_ x: Output, to type: TFDataType) -> Output {
        add("Cast", [x], ["SrcT": .type(x.type), "DstT": .type(type)], type: type)
    }

    /// `x·kernel + bias` along the last axis of x.
    func linear(_ x: Signal, kernel: Tensor, bias: Tensor?) -> Output {
        let kernel = constant(kernel, "kernel")
        let product = x.shape.rank == 2
            ? self.product(x.output, kernel) : add("BatchMatMulV2", [x.output, kernel], ["T": .type(.dtFloat)])
        return biased(product, by: bias)
    }

    /// `x + bias` along the last axis.
    func biased(_ x: Output, by bias: Tensor?) -> Output {
        bias.map { add("BiasAdd", [x, constant($0, "bias")], ["T": .type(.dtFloat)]) } ?? x
    }

    /// Elements of `table` along `axis`; with `batched` each sample has indices of its own.
    func gather(_ table: Output, at indices: Output, axis: Int, batched: Bool = false) -> Output {
        add(
            "GatherV2", [table, indices, constant(axis, "axis")],
            [
                "Tparams": .type(table.type), "Tindices": .type(indices.type), "Taxis": .type(.dtInt32),
                "batch_dims": .int(batched ? 1 : 0),
            ])
    }

    /// `Sum`, `Max`, `Mean` or, without a type of numbers, `Any` along an axis.
    func reduce(_ operation: String, _ x: Output, axis: Int, keepsAxis: Bool = false) -> Output {
        var attributes: [String: TFAttrValue] = ["keep_dims": .flag(keepsAxis)]
        if x.type != .dtBool { attributes["T"] = .type(x.type) }
        return add(operation, [x, constant([axis], "axis")], attributes)
    }

    func elementwise(_ operation: String, _ a: Output, _ b: Output, type: TFDataType? = nil) -> Output {
        add(operation, [a, b], ["T": .type(a.type)], type: type)
    }

    func expanded(_ x: Output, axis: Int) -> Output {
        add("ExpandDims", [x, constant(axis, "axis")], ["T": .type(x.type)])
    }

    func reversed(_ x: Output) -> Output { add("ReverseV2", [x, constant([1], "axis")], ["T": .type(x.type)]) }

    /// The axes in another order; by default batch and time axis of `x [a, b, features]` change places.
    func transposed(_ x: Output, to order: [Int] = [1, 0, 2]) -> Output {
        add("Transpose", [x, constant(order, "order")], ["T": .type(x.type)])
    }

    /// `x [batch, time, features]` behind so many steps of zeros.
    func padded(_ x: Output, before count: Int) -> Output {
        let padding = constant([0, 0, count, 0, 0, 0], shape: [3, 2], "paddings")
        return add("Pad", [x, padding], ["T": .type(x.type)])
    }

    /// `x` in the shape of what `layer` gives.
    func reshaped(_ x: Signal, by layer: Layer) -> Signal {
        let sizes = scope.outputShape.sizes.dropFirst().map { $0 ?? -1 }
        // Only one size may be left open in a shape, and the number of samples may not make up for a wrong size.
        let isOpen = x.shape.sizes.dropFirst().contains(nil)
        let shape = isOpen
            ? concatenated([batchSize(of: x), constant(sizes, "rest")], axis: 0) : constant([-1] + sizes, "shape")
        return x.followed(by: add("Reshape", [x.output, shape], ["T": .type(x.output.type)]), of: layer)
    }

    /// The size of an axis as a number without axes.
    func size(of axis: Int, _ x: Signal) -> Output {
        if let known = x.shape[axis] { return constant(known, "size") }
        return element(axis, of: shape(of: x.output))
    }

    /// The number of samples, as a vector of one number.
    func batchSize(of x: Signal) -> Output { slice(0..<1, of: shape(of: x.output)) }

    func shape(of x: Output) -> Output { add("Shape", [x], ["T": .type(x.type)], type: .dtInt32) }

    /// The part of `x` at one place of axis 0, from the end if negative.
    func element(_ place: Int, of x: Output) -> Output {
        strided(x, from: place, to: place + 1, attributes: ["shrink_axis_mask": .int(1)])
    }

    /// The parts of `x` from one place of axis 0 to another.
    func slice(_ range: Range<Int>, of x: Output) -> Output { strided(x, from: range.lowerBound, to: range.upperBound) }

    private func strided(_ x: Output, from: Int, to: Int, attributes: [String: TFAttrValue] = [:]) -> Output {
        let bounds = [constant([from], "begin"), constant([to], "end"), constant([1], "stride")]
        return add(
            "StridedSlice", [x] + bounds,
            attributes.merging(["T": .type(x.type), "Index": .type(.dtInt32)]) { own, _ in own })
    }

    func concatenated(_ parts: [Output], axis: Int) -> Output {
        add("ConcatV2", parts + [constant(axis, "axis")], ["N": .int(parts.count), "T": .type(parts[0].type)])
    }
}

/// The formulas of recurrent cells and of merging layers.
extension TensorFlowGraph: MergingGraph {
    func product(_ a: Output, _ b: Output) -> Output { add("MatMul", [a, b], ["T": .type(.dtFloat)]) }
    func sum(_ a: Output, _ b: Output) -> Output { elementwise("AddV2", a, b) }
    func difference(_ a: Output, _ b: Output) -> Output { elementwise("Sub", a, b) }
    func elementwiseProduct(_ a: Output, _ b: Output) -> Output { elementwise("Mul", a, b) }

    func maximum(_ a: Output, _ b: Output) -> Output { elementwise("Maximum", a, b) }
    func minimum(_ a: Output, _ b: Output) -> Output { elementwise("Minimum", a, b) }
    func quotient(_ a: Output, _ b: Output) -> Output { elementwise("RealDiv", a, b) }

    func fullMask(of x: Signal) -> Output {
        add("Fill", [slice(0..<2, of: shape(of: x.output)), constant(1, "one")], ["T": .type(.dtInt32)])
    }

    func split(_ x: Output, into count: Int) -> [Output] {
        add(
            "Split", [constant(-1, "axis"), x], ["T": .type(x.type), "num_split": .int(count)],
            types: Array(repeating: x.type, count: count))
    }
}
