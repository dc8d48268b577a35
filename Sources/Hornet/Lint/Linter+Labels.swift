import HornetLayers
import HornetSupport
import HornetTensor

/// Whether the labels can be learned and measured.
extension Linter {
    /// Labels without an example in a part.
    func absentLabels() -> [LintReport.Finding] {
        data.parts.indices.compactMap { part in
            let (counts, isTraining) = (data.counts[part], part == 0)
            // What no part has is said elsewhere.
            let absent = data.classes.indices.filter { label in
                counts[label] == 0 && data.counts.contains { $0[label] > 0 }
            }
            guard !absent.isEmpty else { return nil }
            let name = data.parts[part].name
            // A rare label may be missing by chance; a frequent one is by order.
            let frequent = absent.filter { data.trainingCounts[$0] >= minPositives }
            let isPicked = !isTraining && !frequent.isEmpty && frequent.count < absent.count
            let shown = (isPicked ? frequent : absent).map { label in
                "\(data.classes[label]) (\(data.counts.reduce(0) { $0 + $1[label] }) elsewhere)"
            }
            let picked = isPicked ? ", \(withCommas(frequent.count)) of them not rare" : ""
            var evidence = ["\(withCommas(absent.count)) of \(withCommas(data.classes.count))\(picked): \(some(shown))"]
            if name == "validation", validationSplit > 0 {
                evidence.append("validationSplit takes the last \(withCommas(data.parts[part].rows.count)) rows as they are")
            }
            return finding(
                .absentLabels, isTraining ? .error : frequent.isEmpty ? .notice : .warning,
                "Labels without an example in the \(name) data", evidence,
                isTraining
                    ? "They can't be learned: split with trainTestSplit(…, stratify: y), or leave them out"
                    : "Nothing is measured of them: shuffle, or split with trainTestSplit(…, stratify: y)")
        }
    }

    func rareLabels() -> LintReport.Finding? {
        let counts = data.trainingCounts
        let rare = counts.indices.filter { counts[$0] > 0 && counts[$0] < minPositives }.sorted { counts[$0] < counts[$1] }
        guard !rare.isEmpty else { return nil }
        return finding(
            .rareLabels, .warning, "Labels with fewer than \(minPositives) examples in the training data",
            [
                "\(withCommas(rare.count)) of \(withCommas(counts.count)): "
                    + some(rare.map { "\(data.classes[$0]) (\(counts[$0]))" })
            ], "Add examples, merge or drop them; look at macro F1 beside micro F1, and tune thresholds")
    }

    func constantLabels() -> LintReport.Finding? {
        let rows = data.training.count
        let everywhere = data.classes.indices.filter { data.trainingCounts[$0] == rows }
        let nowhere = data.classes.indices.filter { label in data.counts.allSatisfy { $0[label] == 0 } }
        guard !everywhere.isEmpty || !nowhere.isEmpty else { return nil }
        var evidence: [String] = []
        if !everywhere.isEmpty { evidence.append("all \(withCommas(rows)) rows have " + some(everywhere.map { data.classes[$0] })) }
        if !nowhere.isEmpty { evidence.append("no row has " + some(nowhere.map { data.classes[$0] })) }
        return finding(
            .constantLabels, .warning, "Labels that tell no rows apart", evidence,
            "Leave them out: there is nothing to learn, and they flatter averages or spoil them")
    }

    func unknownLabels() -> LintReport.Finding? {
        guard !data.unknownLabels.isEmpty else { return nil }
        return finding(
            .unknownLabels, .error, "Labels that are no class",
            [
                "\(withCommas(data.unknownLabels.count)) labels: "
                    + some(data.unknownLabels.map { "\"\($0.label)\" (\($0.count))" })
            ], "They are ignored: is it a misspelling, or a space? Else fit the binarizer on all labels")
    }

    /// Rows of 0 and 1 that say something else than the labels.
    func labelOrder() -> LintReport.Finding? {
        guard let targets else { return nil }
        let columns = targets.matrixShape.columns
        let title = "Targets that are not those of the labels"
        guard columns == data.classes.count else {
            return finding(
                .labelOrder, .error, title, ["\(columns) columns for \(data.classes.count) labels"],
                "Make them with the binarizer whose classes are given")
        }
        var rows: [[Int32]] = Array(repeating: [], count: targets.matrixShape.rows)
        targets.forEachElement { row, column, value in if value != 0 { rows[row].append(Int32(column)) } }
        let wrong = rows.indices.filter { rows[$0] != data.labels[$0] }
        guard let first = wrong.first else { return nil }
        return finding(
            .labelOrder, .error, title,
            [
                "\(withCommas(wrong.count)) of \(withCommas(rows.count)) rows differ",
                "row \(first) has \(data.names(of: data.labels[first])), its targets say \(data.names(of: rows[first]))",
            ], "Give the classes of the binarizer that made the targets, in its order, and rows in the order of the texts")
    }

    func explodedWeights() -> LintReport.Finding? {
        guard let sampleWeight else { return nil }
        let sorted = sampleWeight.sorted()
        let (median, largest, sum) = (sorted[sorted.count / 2], sorted.last!, sorted.reduce(0, +))
        guard largest > 1e3 * median else { return nil }
        let top = sorted.suffix(10).reduce(0, +)
        let row = sampleWeight.firstIndex(of: largest)!
        return finding(
            .explodedWeights, .error, "Sample weights of which a few outweigh all others",
            [
                "the largest is \(formatGeneral(largest, digits: 3)), the median \(formatGeneral(median, digits: 3))",
                "\(min(10, sorted.count)) of \(withCommas(sorted.count)) rows have "
                    + "\(formatFixed(sum > 0 ? 100 * top / sum : 0, decimals: 1)) % of the weight",
                "row \(row) has the largest: \(data.names(of: data.labels[row]))",
            ], "A product over many labels does this: weigh labels instead, .binaryCrossentropy(positiveWeights: positiveWeights(y).tensor)")
    }

    /// How unequal labels are, unless the loss knows.
    func imbalance() -> LintReport.Finding? {
        let (rows, counts) = (data.training.count, data.trainingCounts)
        let positive = counts.filter { $0 > 0 }.sorted()
        guard let least = positive.first, let most = positive.last else { return nil }
        if labelEnds.contains(where: { $0.compiled?.loss is LabelLoss }) { return nil }
        let (median, sum) = (positive[positive.count / 2], positive.reduce(0, +))
        guard most >= 20 * least || median * 20 < rows else { return nil }
        let rare = positive.count { $0 * 100 < rows }
        let ratio = Double(rows * counts.count - sum) / Double(sum)
        return finding(
            .imbalance, .notice, "Labels are far from equally frequent",
            [
                "examples a label: \(least) to \(withCommas(most)), median \(median); \(rare) labels in less than 1 % of the rows",
                "\(formatFixed(Double(sum) / Double(rows), decimals: 2)) labels a row; \(formatFixed(ratio, decimals: 1)) times as many zeros as ones",
            ],
            ratio > 100
                ? "Try loss: .asymmetric(), and thresholds tuned on other texts"
                : "Try .binaryCrossentropy(positiveWeights: positiveWeights(y, cap: 10).tensor), and thresholds tuned on other texts")
    }
}
