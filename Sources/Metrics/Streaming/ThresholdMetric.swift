public import HornetSupport
public import HornetTensor

/// What precision, recall and the plain counts have in common: outputs of all labels are pooled and
/// compared with thresholds, `prediction > threshold`; a target that is not 0 is positive.
///
/// With `topK`, only the `k` largest predictions of a sample can be positive (the lowest index first among
/// equals), and without thresholds they all are: precision at k, recall at k. With `classID` only that
/// output counts.
public class ThresholdMetric: Metric {
    /// In the order given; `[0.5]` by default, none but the top when `topK` is set.
    public let thresholds: [Float]
    /// How many outputs of a sample may be positive; all when `nil`.
    public let topK: Int?
    /// The output that counts; all when `nil`.
    public let classID: Int?

    private var counts: ThresholdCounts

    /// What Keras sets predictions outside the top to.
    private static let outsideTop: Float = -1e10

    init(thresholds: [Float]?, topK: Int? = nil, classID: Int? = nil, name: String) {
        if let thresholds {
            require(
                !thresholds.isEmpty && thresholds.allSatisfy { (0...1).contains($0) }, "ThresholdMetric",
                "\(name): thresholds must lie in 0...1, not \(thresholds)")
        }
        require(topK ?? 1 > 0, "ThresholdMetric", "\(name): topK must be positive")
        self.thresholds = thresholds ?? [topK == nil ? 0.5 : ThresholdMetric.outsideTop]
        self.topK = topK
        self.classID = classID
        counts = ThresholdCounts(thresholds: self.thresholds)
        super.init(name: name)
    }

    public override func reset() { counts.reset() }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        if topK == nil && classID == nil {
            Batch.elementwise(self, target, prediction, sampleWeight, countAll)
        } else {
            Batch.rows(self, target, prediction, sampleWeight, countSome)
        }
    }

    private func countAll(_ batch: Batch) {
        if thresholds.count == 1 && !batch.isWeighted { return countAtOneThreshold(batch) }
        counts.add { count in
            for sample in 0..<batch.samples {
                for output in 0..<batch.outputs {
                    let position = sample * batch.outputs + output
                    count(0, batch.target[position] != 0, batch.prediction[position], batch.weight(sample, output))
                }
            }
        }
    }

    /// The usual case as three integer sums, which the compiler turns into vector code.
    private func countAtOneThreshold(_ batch: Batch) {
        let threshold = thresholds[0]
        let count = batch.samples * batch.outputs
        var predicted: Int32 = 0
        var positive: Int32 = 0
        var both: Int32 = 0
        for position in 0..<count {
            let isPredicted: Int32 = batch.prediction[position] > threshold ? 1 : 0
            let isPositive: Int32 = batch.target[position] != 0 ? 1 : 0
            predicted &+= isPredicted
            positive &+= isPositive
            both &+= isPredicted & isPositive
        }
        let wrong = Int(predicted - both)
        counts.add(
            positiveAbove: Int(both), positiveBelow: Int(positive - both), negativeAbove: wrong,
            negativeBelow: count - Int(positive) - wrong)
    }

    private func countSome(_ batch: Batch) {
        let width = batch.outputs
        require(
            topK ?? 0 <= width && (0..<width).contains(classID ?? 0), "Metric.update",
            "\(name): topK \(topK ?? 0) or classID \(classID ?? 0) does not fit \(width) outputs")
        var top: [Int] = []
        let outputs = classID.map { $0..<$0 + 1 } ?? 0..<width
        var isTop = [Bool](repeating: topK == nil, count: width)
        counts.add { count in
            for sample in 0..<batch.samples {
                let start = sample * width
                if let topK {
                    for output in top { isTop[output] = false }
                    let row = UnsafeBufferPointer(rebasing: batch.prediction[start..<start + width])
                    selectLargest(topK, of: row, into: &top)
                    for output in top { isTop[output] = true }
                }
                for output in outputs {
                    let score = isTop[output] ? batch.prediction[start + output] : ThresholdMetric.outsideTop
                    count(0, batch.target[start + output] != 0, score, batch.weight(sample, output))
                }
            }
        }
    }

    /// The counts at each threshold, in the order of ``thresholds``.
    final var confusion: [ConfusionCounts] {
        let ascending = counts.counts()
        return thresholds.map { threshold in ascending[counts.thresholds.firstIndex(of: threshold)!] }
    }

    public override var config: JSON.Object? {
        let isDefault = thresholds == [topK == nil ? 0.5 : ThresholdMetric.outsideTop]
        return ["thresholds": isDefault ? .null : .array(thresholds.map { .number(Double($0)) })]
    }

    /// The figure at one threshold.
    func figure(_ counts: ConfusionCounts) -> Double { missingOverride("figure(_:)") }

    /// The figure at each of ``thresholds``; Keras returns them as an array when there are several.
    public final var results: [Double] { confusion.map(figure) }

    /// The figure at the first of ``thresholds``.
    public override var result: Double { figure(confusion[0]) }

    public override var description: String {
        var words = topK.map { "top \($0)" } ?? "threshold \(thresholds.map(\.description).joined(separator: ", "))"
        if let classID { words += ", output \(classID)" }
        return "\(name): \(words)"
    }
}

/// The positions of the `k` largest values, the lowest index first among equals.
func selectLargest(_ k: Int, of values: UnsafeBufferPointer<Float>, into selection: inout [Int]) {
    selection.removeAll(keepingCapacity: true)
    for index in values.indices {
        if selection.count == k {
            guard values[index] > values[selection[k - 1]] else { continue }
            selection.removeLast()
        }
        var place = selection.count
        while place > 0 && values[index] > values[selection[place - 1]] { place -= 1 }
        selection.insert(index, at: place)
    }
}
