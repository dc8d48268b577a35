public import HornetSupport

/// Precision, recall, F1 and support of every label, and their averages: a table to print, and the figures
/// in it.
///
/// ```swift
/// print(classificationReport(y, predicted, targetNames: binarizer.classes))
/// ```
/// The text equals `sklearn.metrics.classification_report` of version 1.9.1 character for character
/// (names are padded by their number of code points, as Python's `len` counts).
public struct ClassificationReport: Sendable, Equatable, CustomStringConvertible {
    /// One line: a label or an average.
    public struct Row: Sendable, Equatable {
        /// The label's name, or `micro avg`, `macro avg`, `weighted avg`, `samples avg`.
        public let name: String
        public let precision: Double
        public let recall: Double
        public let f1Score: Double
        /// The weight of the samples that truly have the label (their number, without weights); in an
        /// average, the sum over labels.
        public let support: Double
    }

    /// One row a label.
    public let labels: [Row]
    /// `micro avg` (unless ``accuracy`` stands for it), `macro avg`, `weighted avg`, and for multi-label input
    /// `samples avg`.
    public let averages: [Row]
    /// The share of right classes: for class ids, when the report covers every class that occurs. The micro
    /// averages of precision, recall and F1 all equal it.
    public let accuracy: Double?
    /// Decimals in the text.
    public let digits: Int

    /// Support prints with decimals when it was computed from weights (or, as in scikit-learn, from class
    /// ids of which none is right).
    private let supportIsFractional: Bool

    /// A report on data that may be wrong, such as labels read from a file.
    ///
    /// - Parameters:
    ///   - target: the true labels.
    ///   - predicted: the predicted labels.
    ///   - targetNames: one name a label, in the order of the labels; their numbers by default.
    ///   - labels: the columns or class ids to report on, in this order; all that occur by default.
    ///   - digits: decimals of the figures.
    ///   - zeroDivision: what a figure with denominator 0 becomes.
    ///   - sampleWeight: `[samples]`.
    ///
    /// Throws when shapes differ, values are not 0 or 1, there are no samples, or the names are not as many
    /// as the labels.
    public init(
        validating target: some LabelArray, _ predicted: some LabelArray, targetNames: [String]? = nil,
        labels: [Int]? = nil, digits: Int = 2, zeroDivision: ZeroDivision = .warn, sampleWeight: [Double]? = nil
    ) throws(HornetError) {
        let place = "classificationReport"
        let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, place)
        guard digits >= 0 else {
            throw HornetError(.configuration, at: place, "digits must not be negative, it is \(digits)")
        }
        let reported = labels ?? pair.presentLabels
        let names = targetNames ?? reported.map(String.init)
        guard names.count == reported.count else {
            throw HornetError(
                .configuration, at: place, "\(names.count) target names for \(reported.count) labels",
                remedy: "Name every label, or pass the labels to report on")
        }
        let rule = FScoreRule(zeroDivision: zeroDivision)
        let figures = rule.figures(try pair.confusion(labels: reported, samplewise: false, place), average: nil)
        let totalSupport = pairwiseSum(figures.support)
        func averageRow(_ average: Averaging) throws(HornetError) -> Row {
            let figures = try rule.averaged(pair, labels: reported, average: average, place)
            return Row(
                name: average.rawValue + " avg", precision: figures.precision, recall: figures.recall,
                f1Score: figures.fScore, support: totalSupport)
        }
        let micro = try averageRow(.micro)
        let macro = try averageRow(.macro)
        let weighted = try averageRow(.weighted)
        if pair.isMultiLabel {
            accuracy = nil
            averages = [micro, macro, weighted, try averageRow(.samples)]
        } else if Set(reported).isSuperset(of: pair.presentLabels) {
            accuracy = micro.f1Score
            averages = [macro, weighted]
        } else {
            accuracy = nil
            averages = [micro, macro, weighted]
        }
        self.labels = names.indices.map {
            Row(
                name: names[$0], precision: figures.precision[$0], recall: figures.recall[$0],
                f1Score: figures.fScore[$0], support: figures.support[$0])
        }
        self.digits = digits
        supportIsFractional = sampleWeight != nil || pair.hasOnlyWrongClasses
    }

    /// The label whose name has the same code points; `nil` when there is none.
    public subscript(name: String) -> Row? {
        labels.first { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }
    }

    /// The table.
    public var description: String {
        let names = labels.map { $0.name.unicodeScalars.count }
        let width = max(names.max() ?? 0, "weighted avg".count, digits)
        var text = ""
        func line(_ name: String, _ cells: [String]) {
            text += name.rightAligned(width) + " "
            for cell in cells { text += " " + cell.rightAligned(9) }
            text += "\n"
        }
        func cells(_ row: Row) -> [String] {
            [row.precision, row.recall, row.f1Score].map { formatFixed($0, decimals: digits) } + [supportText(row.support)]
        }
        line("", ["precision", "recall", "f1-score", "support"])
        text += "\n"
        for row in labels { line(row.name, cells(row)) }
        text += "\n"
        if let accuracy {
            line("accuracy", ["", "", formatFixed(accuracy, decimals: digits), supportText(averages[0].support)])
        }
        for row in averages { line(row.name, cells(row)) }
        return text
    }

    private func supportText(_ support: Double) -> String {
        supportIsFractional ? "\(support)" : "\(Int(support))"
    }
}

/// The report on predictions made in this program; the parameters are those of
/// ``ClassificationReport/init(validating:_:targetNames:labels:digits:zeroDivision:sampleWeight:)``.
/// Arrays that do not fit are a programming error here and stop the process with a message.
///
/// ```swift
/// let predicted = try model.predict(x).thresholded(above: 0.5)
/// print(classificationReport(y, predicted, targetNames: binarizer.classes))
/// ```
public func classificationReport(
    _ target: some LabelArray, _ predicted: some LabelArray, targetNames: [String]? = nil, labels: [Int]? = nil,
    digits: Int = 2, zeroDivision: ZeroDivision = .warn, sampleWeight: [Double]? = nil
) -> ClassificationReport {
    do {
        return try ClassificationReport(
            validating: target, predicted, targetNames: targetNames, labels: labels, digits: digits,
            zeroDivision: zeroDivision, sampleWeight: sampleWeight)
    } catch { trap("classificationReport", error.description) }
}

extension LabelPair {
    fileprivate var hasOnlyWrongClasses: Bool {
        guard case .classes(let target, let predicted) = content else { return false }
        return zip(target, predicted).allSatisfy { $0 != $1 }
    }
}
