import HornetSupport
internal import HornetTensor

extension Metric {
    func missingOverride(_ member: String) -> Never {
        trap("Metric", "\(type(of: self)) (\(name)) must override \(member)")
    }
}

/// One batch opened for reading: `target` and `prediction` are `[samples, outputs]`, and the weight of an
/// element is found by two strides, whether weights were given a sample or an element.
struct Batch {
    let samples: Int
    let outputs: Int
    /// `[samples, outputs]`, or `[samples]` class ids for the metrics that take them.
    let target: UnsafeBufferPointer<Float>
    /// `[samples, outputs]`
    let prediction: UnsafeBufferPointer<Float>
    private let weights: UnsafeBufferPointer<Float>?
    private let weightStrides: (sample: Int, output: Int)

    var isWeighted: Bool { weights != nil }

    /// The weight of one element; 1 when none were given.
    func weight(_ sample: Int, _ output: Int) -> Double {
        guard let weights else { return 1 }
        return Double(weights[sample * weightStrides.sample + output * weightStrides.output])
    }

    /// Opens a batch whose target and prediction have the same number of elements (`[batch]` stands
    /// for `[batch, 1]`).
    static func elementwise(
        _ metric: Metric, _ target: Tensor, _ prediction: Tensor, _ sampleWeight: Tensor?,
        _ body: (Batch) -> Void
    ) {
        require(
            target.count == prediction.count && target.shape.first == prediction.shape.first, "Metric.update",
            "\(metric.name): the target has shape \(target.shape), the prediction \(prediction.shape)")
        let samples = prediction.shape.first ?? 1
        let outputs = prediction.shape.dropFirst().reduce(1, *)
        open(metric, target, prediction, sampleWeight, samples, outputs, body)
    }

    /// Opens a batch of class ids, one for each row of classes in the prediction.
    static func classIDs(
        _ metric: Metric, _ target: Tensor, _ prediction: Tensor, _ sampleWeight: Tensor?,
        _ body: (Batch) -> Void
    ) {
        let classes = prediction.shape.last ?? 1
        let rows = classes == 0 ? 0 : prediction.count / classes
        require(
            prediction.rank >= 1 && target.count == rows, "Metric.update",
            "\(metric.name): the target has shape \(target.shape), "
                + "the prediction \(prediction.shape) needs \(rows) class ids")
        open(metric, target, prediction, sampleWeight, rows, classes, body)
    }

    /// Opens a batch of rows over the last axis, target and prediction alike.
    static func rows(
        _ metric: Metric, _ target: Tensor, _ prediction: Tensor, _ sampleWeight: Tensor?,
        _ body: (Batch) -> Void
    ) {
        require(
            prediction.rank >= 1 && target.shape == prediction.shape, "Metric.update",
            "\(metric.name): the target has shape \(target.shape), the prediction \(prediction.shape)")
        let classes = prediction.shape.last ?? 1
        let rows = classes == 0 ? 0 : prediction.count / classes
        open(metric, target, prediction, sampleWeight, rows, classes, body)
    }

    private static func open(
        _ metric: Metric, _ target: Tensor, _ prediction: Tensor, _ sampleWeight: Tensor?,
        _ samples: Int, _ outputs: Int, _ body: (Batch) -> Void
    ) {
        target.withUnsafeBufferPointer { target in
            prediction.withUnsafeBufferPointer { prediction in
                guard let sampleWeight else {
                    return body(
                        Batch(
                            samples: samples, outputs: outputs, target: target, prediction: prediction,
                            weights: nil, weightStrides: (0, 0)))
                }
                let perSample = sampleWeight.count == samples
                require(
                    perSample || sampleWeight.count == samples * outputs, "Metric.update",
                    "\(metric.name): weights of shape \(sampleWeight.shape) are neither one a sample "
                        + "([\(samples)]) nor one an output ([\(samples), \(outputs)])")
                sampleWeight.withUnsafeBufferPointer { weights in
                    body(
                        Batch(
                            samples: samples, outputs: outputs, target: target, prediction: prediction,
                            weights: weights, weightStrides: perSample ? (1, 0) : (outputs, 1)))
                }
            }
        }
    }
}
