import HornetLayers
import HornetTensor

/// A graph that recurrent layers can be written to.
///
/// They are masked as in Keras: a step of padding hands output and state on. So the real steps of each sequence are moved
/// to its front, wherever the padding stands, and what is computed behind them nobody looks at.
protocol RecurrentGraph: MergingGraph {
    /// The same in the opposite order along the time axis.
    func reversed(_ x: Output) -> Output
    /// `x [batch, time, in]` with the steps that `mask` calls real before all others, in their order.
    func realStepsFirst(_ x: Signal, _ mask: Output) -> Output
    /// h after each step `[batch, time, units]`, or after the last one `[batch, units]`, whatever the mask.
    func states(of cell: RecurrentCell, _ x: Signal, all: Bool) throws -> Output
    /// From h after each real step: that after n of them at the places where n are done, all or the last; zeros where none
    /// is.
    func spread(_ states: Output, over mask: Output, all: Bool) -> Output
}

extension RecurrentGraph {
    func recurrent(_ layer: RecurrentLayer, _ x: Signal, reversesOutput: Bool = false) throws -> Signal {
        let cell = RecurrentCell(layer)
        var input = x
        if layer.goBackwards {
            input.output = reversed(x.output)
            input.mask = x.mask.map(reversed)
        }
        var output: Output
        if let mask = input.mask {
            input.output = realStepsFirst(input, mask)
            output = spread(try states(of: cell, input, all: true), over: mask, all: layer.returnSequences)
            if layer.returnSequences && layer.zeroOutputForMask { output = masked(output, by: mask) }
        } else {
            output = try states(of: cell, input, all: layer.returnSequences)
        }
        if layer.returnSequences && reversesOutput { output = reversed(output) }
        return x.followed(by: output, of: layer, keepsMask: layer.returnSequences)
    }

    func bidirectional(_ layer: Bidirectional, _ x: Signal) throws -> Signal {
        scope.enter(layer.forwardLayer, within: layer.name)
        let a = try recurrent(layer.forwardLayer, x).output
        scope.enter(layer.backwardLayer, within: layer.name)
        let b = try recurrent(layer.backwardLayer, x, reversesOutput: true).output
        scope.enter(layer)
        let merged =
            switch layer.mergeMode {
            case .concat: concatenated([a, b], axis: -1)
            case .sum: sum(a, b)
            case .mul: elementwiseProduct(a, b)
            case .ave: elementwiseProduct(sum(a, b), constant(Tensor(0.5), "half"))
            case nil: throw scope.refusal("a layer with two outputs")
            }
        return x.followed(by: merged, of: layer, keepsMask: layer.returnSequences)
    }
}
