import HornetLayers
import HornetTensor

/// A graph that layers with several inputs can be written to.
protocol MergingGraph: LayerGraph, CellGraph {
    func maximum(_ a: Output, _ b: Output) -> Output
    func minimum(_ a: Output, _ b: Output) -> Output
    func quotient(_ a: Output, _ b: Output) -> Output
    func concatenated(_ parts: [Output], axis: Int) -> Output
    /// A mask of 1 for each step of `x`.
    func fullMask(of x: Signal) -> Output
    /// A mask `[batch, time]` as floats `[batch, time, 1]`.
    func factors(of mask: Output) -> Output
}

extension MergingGraph {
    /// `x [batch, time, features]` with 0 at the steps where `mask [batch, time]` is 0.
    func masked(_ x: Output, by mask: Output) -> Output { elementwiseProduct(x, factors(of: mask)) }

    /// `x` where `mask` is 1, else `other`; `x` without a mask.
    private func chosen(_ x: Output, _ mask: Output?, else other: @autoclosure () -> Output) -> Output {
        guard let mask else { return x }
        let rest = difference(constant(Tensor(1), "one"), factors(of: mask))
        return sum(masked(x, by: mask), elementwiseProduct(other(), rest))
    }

    func merged(_ inputs: [Signal], by layer: ElementwiseMerge) throws -> Signal {
        let merge =
            switch layer {
            case is Add, is Average: sum
            case is Subtract: difference
            case is Multiply: elementwiseProduct
            case is Maximum: maximum
            case is Minimum: minimum
            default: throw scope.refusal("a layer of this kind")
            }
        // What is masked is 1 in a product, and leaves a choice to the others: in Keras 3.
        let masks = inputs.map { layer.maskMerging == .keras3 ? $0.mask : nil }
        var outputs = inputs.map(\.output)
        if layer is Multiply {
            outputs = zip(outputs, masks).map { chosen($0, $1, else: constant(Tensor(1), "one")) }
        }
        var output = outputs[0]
        var mask = masks[0]
        for (value, ownMask) in zip(outputs, masks).dropFirst() {
            if layer is ExtremumMerge {
                let other = chosen(value, ownMask, else: output)
                output = merge(chosen(output, mask, else: other), other)
                mask = union(of: [mask, ownMask])
            } else {
                output = merge(output, value)
            }
        }
        if layer is Multiply, let union = union(of: masks) { output = masked(output, by: union) }
        if layer is Average { output = quotient(output, constant(Tensor(Float(inputs.count)), "count")) }
        var merged = inputs[0].followed(by: output, of: layer)
        merged.mask = mergedMask(of: inputs, by: layer)
        return merged
    }

    func merged(_ inputs: [Signal], by layer: Concatenate) -> Signal {
        var joined = inputs[0].followed(by: concatenated(inputs.map(\.output), axis: layer.axis), of: layer)
        let rank = joined.shape.rank
        if rank > 2, (layer.axis < 0 ? layer.axis + rank : layer.axis) == 1 {
            if inputs.contains(where: { $0.mask != nil }) {
                joined.mask = concatenated(inputs.map { $0.mask ?? fullMask(of: $0) }, axis: 1)
            }
        } else {
            joined.mask = mergedMask(of: inputs, by: layer)
        }
        return joined
    }

    private func mergedMask(of inputs: [Signal], by layer: MergeLayer) -> Output? {
        switch layer.maskMerging {
        case .keras3: return union(of: inputs.map(\.mask))
        case .keras2:
            let known = inputs.compactMap(\.mask)
            return known.first.map { known.dropFirst().reduce($0, minimum) }
        }
    }

    /// The mask of steps that are real in any input; `nil`, for all, when one of them has none.
    private func union(of masks: [Output?]) -> Output? {
        let known = masks.compactMap { $0 }
        return known.count == masks.count ? known.dropFirst().reduce(known[0], maximum) : nil
    }
}
