public import HornetSupport
public import HornetTensor

/// The share of samples whose largest prediction stands where the largest target stands; among equals the
/// lowest index wins. Target `[batch, classes]`. Source: `keras.metrics.CategoricalAccuracy`.
public final class CategoricalAccuracy: Mean {
    public override init(name: String = "categorical_accuracy") { super.init(name: name) }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.rows(self, target, prediction, sampleWeight) { batch in
            for row in 0..<batch.samples {
                let right = argMax(batch.target, row, batch.outputs) == argMax(batch.prediction, row, batch.outputs)
                add(right ? 1 : 0, weight: batch.weight(row, 0))
            }
        }
    }

    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { [:] }
    public override var description: String { "\(name): the largest output is the target's largest" }
}

/// The share of samples whose largest prediction stands at the target's class id; among equals the lowest
/// index wins. Target `[batch]` or `[batch, 1]`. Source: `keras.metrics.SparseCategoricalAccuracy`.
public final class SparseCategoricalAccuracy: Mean {
    public override init(name: String = "sparse_categorical_accuracy") { super.init(name: name) }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.classIDs(self, target, prediction, sampleWeight) { batch in
            for row in 0..<batch.samples {
                let right = batch.target[row] == Float(argMax(batch.prediction, row, batch.outputs))
                add(right ? 1 : 0, weight: batch.weight(row, 0))
            }
        }
    }

    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { [:] }
    public override var description: String { "\(name): the largest output is the target class" }
}

/// The share of samples whose target class is among the `k` largest predictions.
///
/// The target class is the largest entry of a `[batch, classes]` target. A class counts as found when fewer
/// than `k` predictions are strictly larger, so that ties at the border are all in; a prediction that is
/// not finite is never found. Source: `keras.metrics.TopKCategoricalAccuracy`.
public final class TopKCategoricalAccuracy: Mean {
    public let k: Int

    public init(k: Int = 5, name: String = "top_k_categorical_accuracy") {
        self.k = k
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.rows(self, target, prediction, sampleWeight) { batch in
            for row in 0..<batch.samples {
                let found = isInTop(k, argMax(batch.target, row, batch.outputs), batch, row)
                add(found ? 1 : 0, weight: batch.weight(row, 0))
            }
        }
    }

    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { ["k": .integer(k)] }
    public override var description: String { "\(name): the target class is among the \(k) largest outputs" }
}

/// ``TopKCategoricalAccuracy`` for class ids: target `[batch]` or `[batch, 1]`.
/// Source: `keras.metrics.SparseTopKCategoricalAccuracy`.
public final class SparseTopKCategoricalAccuracy: Mean {
    public let k: Int

    public init(k: Int = 5, name: String = "sparse_top_k_categorical_accuracy") {
        self.k = k
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.classIDs(self, target, prediction, sampleWeight) { batch in
            for row in 0..<batch.samples {
                let found = Int(exactly: batch.target[row]).map { isInTop(k, $0, batch, row) } ?? false
                add(found ? 1 : 0, weight: batch.weight(row, 0))
            }
        }
    }

    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { ["k": .integer(k)] }
    public override var description: String { "\(name): the target class is among the \(k) largest outputs" }
}

/// The position of the largest of `width` values in row `row`; the lowest among equals.
private func argMax(_ values: UnsafeBufferPointer<Float>, _ row: Int, _ width: Int) -> Int {
    let start = row * width
    var best = 0
    for column in 1..<max(width, 1) where values[start + column] > values[start + best] { best = column }
    return best
}

private func isInTop(_ k: Int, _ target: Int, _ batch: Batch, _ row: Int) -> Bool {
    guard target >= 0, target < batch.outputs else { return false }
    let start = row * batch.outputs
    let score = batch.prediction[start + target]
    guard score.isFinite else { return false }
    var larger = 0
    for column in 0..<batch.outputs {
        let other = batch.prediction[start + column]
        if !other.isFinite { return false }
        if other > score { larger += 1 }
    }
    return larger < k
}
