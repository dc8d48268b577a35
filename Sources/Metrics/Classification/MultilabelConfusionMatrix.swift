public import HornetSupport

/// One 2×2 table a label (or a sample): how often it is true, predicted, both, neither.
///
/// - Parameters:
///   - labels: the labels to look at, in this order: columns, or class ids (which need not occur). All
///     that occur, ascending, by default.
///   - samplewise: one table for each sample over its labels; for multi-label input only.
///   - sampleWeight: `[samples]`.
///
/// Throws when shapes differ, values are not 0 or 1, or there are no samples.
/// Source: `sklearn.metrics.multilabel_confusion_matrix` (whose rows are [[tn, fp], [fn, tp]]).
public func multilabelConfusionMatrix(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil, samplewise: Bool = false,
    sampleWeight: [Double]? = nil
) throws(HornetError) -> [ConfusionCounts] {
    let place = "multilabelConfusionMatrix"
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, place)
    return try pair.confusion(labels: labels, samplewise: samplewise, place)
}

extension LabelPair {
    func confusion(labels: [Int]?, samplewise: Bool, _ place: String) throws(HornetError) -> [ConfusionCounts] {
        let labels = labels ?? presentLabels
        guard !labels.isEmpty else { throw HornetError(.configuration, at: place, "the list of labels is empty") }
        switch content {
        case .labels(let target, let predicted):
            let width = presentLabels.count
            if let bad = labels.first(where: { !(0..<width).contains($0) }) {
                throw HornetError(.configuration, at: place, "label \(bad) is not one of the \(width) columns")
            }
            return samplewise
                ? samplewiseConfusion(target, predicted, labels, width)
                : labelwiseConfusion(target, predicted, labels, width)
        case .classes(let target, let predicted):
            guard !samplewise else {
                throw HornetError(
                    .configuration, at: place, "figures by sample need multi-label input, these are class ids")
            }
            return classConfusion(target, predicted, labels)
        }
    }

    private var totalWeight: Double { weights.map(pairwiseSum) ?? Double(sampleCount) }

    private func labelwiseConfusion(
        _ target: LabelRows, _ predicted: LabelRows, _ labels: [Int], _ width: Int
    ) -> [ConfusionCounts] {
        var sums = LabelSums(count: width)
        for sample in 0..<sampleCount {
            let weight = weight(sample)
            for column in target[sample] { sums.true[Int(column)] += weight }
            for column in predicted[sample] { sums.predicted[Int(column)] += weight }
            forEachShared(target[sample], predicted[sample]) { sums.both[Int($0)] += weight }
        }
        let total = totalWeight
        return labels.map { sums.counts($0, total: total) }
    }

    private func samplewiseConfusion(
        _ target: LabelRows, _ predicted: LabelRows, _ labels: [Int], _ width: Int
    ) -> [ConfusionCounts] {
        var multiplicity = [Double](repeating: 0, count: width)
        for label in labels { multiplicity[label] += 1 }
        return (0..<sampleCount).map { sample in
            var sums = LabelSums(count: 1)
            for column in target[sample] { sums.true[0] += multiplicity[Int(column)] }
            for column in predicted[sample] { sums.predicted[0] += multiplicity[Int(column)] }
            forEachShared(target[sample], predicted[sample]) { sums.both[0] += multiplicity[Int($0)] }
            let weight = weight(sample)
            sums.true[0] *= weight
            sums.predicted[0] *= weight
            sums.both[0] *= weight
            return sums.counts(0, total: weight * Double(labels.count))
        }
    }

    private func classConfusion(_ target: [Int32], _ predicted: [Int32], _ labels: [Int]) -> [ConfusionCounts] {
        var slots: [Int32: Int] = [:]
        for (slot, id) in presentLabels.enumerated() { slots[Int32(id)] = slot }
        // One slot more for labels that do not occur.
        var sums = LabelSums(count: presentLabels.count + 1)
        for sample in 0..<sampleCount {
            let weight = weight(sample)
            let slot = slots[target[sample]]!
            sums.true[slot] += weight
            sums.predicted[slots[predicted[sample]]!] += weight
            if target[sample] == predicted[sample] { sums.both[slot] += weight }
        }
        let total = totalWeight
        return labels.map { label in
            sums.counts(Int32(exactly: label).flatMap { slots[$0] } ?? presentLabels.count, total: total)
        }
    }
}

/// The weight of each label among the true ones, the predicted ones, and both.
private struct LabelSums {
    var `true`: [Double]
    var predicted: [Double]
    var both: [Double]

    init(count: Int) {
        `true` = Array(repeating: 0, count: count)
        predicted = `true`
        both = `true`
    }

    func counts(_ label: Int, total: Double) -> ConfusionCounts {
        let truePositives = both[label]
        let falsePositives = predicted[label] - truePositives
        let falseNegatives = `true`[label] - truePositives
        return ConfusionCounts(
            truePositives: truePositives, falsePositives: falsePositives,
            trueNegatives: total - truePositives - falsePositives - falseNegatives, falseNegatives: falseNegatives)
    }
}
