public import HornetSupport
public import HornetTensor

/// The share of outputs that fall on the right side of the threshold: mean of `(prediction > threshold) == target`
/// over all labels of all samples.
///
/// With many labels of which few apply, predicting none of them already scores close to 1: look at
/// ``FBetaScore`` as well. Source: `keras.metrics.BinaryAccuracy` (comparison in Float32, strict).
public final class BinaryAccuracy: Mean {
    public let threshold: Float

    public init(threshold: Float = 0.5, name: String = "binary_accuracy") {
        self.threshold = threshold
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        let threshold = threshold
        Batch.elementwise(self, target, prediction, sampleWeight) { batch in
            if !batch.isWeighted {
                let right = batch.samples * batch.outputs - wrongOutputs(batch, threshold)
                return add(right, of: batch)
            }
            addMean(of: batch) { isRight(batch, $0, threshold) ? 1 : 0 }
        }
    }

    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { ["threshold": .number(Double(threshold))] }
    public override var description: String { "\(name): binary accuracy of every label at threshold \(threshold)" }
}

/// The share of outputs that fall on the wrong side of the threshold: 1 − binary accuracy.
///
/// Equals ``hammingLoss(_:_:sampleWeight:)`` of the thresholded predictions.
public final class HammingLoss: Mean {
    public let threshold: Float

    public init(threshold: Float = 0.5, name: String = "hamming_loss") {
        self.threshold = threshold
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        let threshold = threshold
        Batch.elementwise(self, target, prediction, sampleWeight) { batch in
            if !batch.isWeighted { return add(wrongOutputs(batch, threshold), of: batch) }
            addMean(of: batch) { isRight(batch, $0, threshold) ? 0 : 1 }
        }
    }

    public override var direction: Direction? { .down }
    public override var description: String { "\(name): share of wrong labels at threshold \(threshold)" }
}

/// The share of samples whose labels are all right: every `prediction > threshold` equals its target.
///
/// Equals ``accuracyScore(_:_:normalize:sampleWeight:)`` of the thresholded predictions.
public final class SubsetAccuracy: Mean {
    public let threshold: Float

    public init(threshold: Float = 0.5, name: String = "subset_accuracy") {
        self.threshold = threshold
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        let threshold = threshold
        Batch.elementwise(self, target, prediction, sampleWeight) { batch in
            for sample in 0..<batch.samples {
                let row = sample * batch.outputs..<(sample + 1) * batch.outputs
                let right = row.allSatisfy { isRight(batch, $0, threshold) }
                add(right ? 1 : 0, weight: batch.weight(sample, 0))
            }
        }
    }

    public override var direction: Direction? { .up }
    public override var description: String { "\(name): samples with every label right at threshold \(threshold)" }
}

@inline(__always)
private func isRight(_ batch: Batch, _ position: Int, _ threshold: Float) -> Bool {
    batch.target[position] == (batch.prediction[position] > threshold ? 1 : 0)
}

/// How many outputs of an unweighted batch are wrong; a loop the compiler turns into vector code.
private func wrongOutputs(_ batch: Batch, _ threshold: Float) -> Int {
    let count = batch.samples * batch.outputs
    var right: Int32 = 0
    for position in 0..<count {
        let isPredicted: Int32 = batch.prediction[position] > threshold ? 1 : 0
        let isOne: Int32 = batch.target[position] == 1 ? 1 : 0
        let isZero: Int32 = batch.target[position] == 0 ? 1 : 0
        right &+= isPredicted & isOne | (1 &- isPredicted) & isZero
    }
    return count - Int(right)
}

extension Mean {
    /// Adds a count of outputs, each sample sharing one unit among its outputs.
    fileprivate func add(_ outputs: Int, of batch: Batch) {
        guard batch.outputs > 0 else { return }
        add(total: Double(outputs) / Double(batch.outputs), count: Double(batch.samples))
    }
}
