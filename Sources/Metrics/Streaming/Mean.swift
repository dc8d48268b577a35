public import HornetTensor

/// The weighted mean of the values it is given: total / weight, 0 before the first.
///
/// By itself it averages the numbers passed to ``add(_:weight:)``, as a training loop does with the losses
/// of its batches; ``update(target:prediction:sampleWeight:)`` averages the predictions, first within a
/// sample, then over samples. Source: `keras.metrics.Mean`; sums are kept in double precision.
open class Mean: Metric {
    private var total = 0.0
    private var count = 0.0

    public override init(name: String = "mean") { super.init(name: name) }

    /// Takes in one value that counts `weight` times.
    public final func add(_ value: Double, weight: Double = 1) {
        total += value * weight
        count += weight
    }

    /// Takes in values already summed: `total` is Σ weight · value, `count` is Σ weight.
    final func add(total: Double, count: Double) {
        self.total += total
        self.count += count
    }

    open override func reset() {
        total = 0
        count = 0
    }

    open override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.elementwise(self, prediction, prediction, sampleWeight) { batch in
            addMean(of: batch) { Double(batch.prediction[$0]) }
        }
    }

    open override var result: Double { count == 0 ? 0 : total / count }

    /// Adds the mean over samples of the mean over outputs of `value` (of a flat position).
    @inline(__always)
    final func addMean(of batch: Batch, _ value: (Int) -> Double) {
        guard batch.outputs > 0 else { return }
        var sum = 0.0
        var weight = 0.0
        if batch.isWeighted {
            var position = 0
            for sample in 0..<batch.samples {
                for output in 0..<batch.outputs {
                    let w = batch.weight(sample, output)
                    sum += w * value(position)
                    weight += w
                    position += 1
                }
            }
        } else {
            for position in 0..<batch.samples * batch.outputs { sum += value(position) }
            weight = Double(batch.samples * batch.outputs)
        }
        let outputs = Double(batch.outputs)
        add(total: sum / outputs, count: weight / outputs)
    }
}

/// The mean over samples of a function of target and prediction, for a metric that is one expression.
///
/// The function gets whole batches and returns `[batch]` or `[batch, outputs]`; the values of a sample are
/// averaged first. Source: `keras.metrics.MeanMetricWrapper`.
public final class MeanMetric: Mean {
    private let function: (_ target: Tensor, _ prediction: Tensor) -> Tensor
    private let betterDirection: Direction?

    public init(
        name: String, direction: Direction? = nil,
        _ function: @escaping (_ target: Tensor, _ prediction: Tensor) -> Tensor
    ) {
        self.function = function
        betterDirection = direction
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        let values = function(target, prediction)
        super.update(target: values, prediction: values, sampleWeight: sampleWeight)
    }

    public override var direction: Direction? { betterDirection }
}
