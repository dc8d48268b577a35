import HornetSupport
public import HornetTensor
public import HornetTextPrep

/// Texts and the labels of each, of another part of the data than what is trained on.
public typealias LintPart = (texts: [String], labels: [[String]])

/// Looks for what spoils training, or what is measured of it, before a minute is spent on training.
///
/// ```swift
/// let report = try lint(texts: news["text"], labels: news["tags"].splitting(on: "|"), validationSplit: 0.2,
///                       model: model, tokenizer: tokenizer, maxLength: 100)
/// print(report)
/// ```
/// Everything but texts and labels is optional, and what is missing is not looked at. Nothing is changed, and the model need
/// be neither built nor compiled. What is found, with figures, examples and a remedy each, ``LintReport/Kind`` lists:
///
/// - Labels: none or too few examples in a part of the data, all rows alike, names that are no class, targets in another
///   order, sample weights of which a few outweigh the others, imbalance.
/// - Texts: empty, damaged by encoding, with equal or nearly equal words within and across parts, with equal words and
///   other labels, with the label's name in them.
/// - Words: ids beyond the embedding, padding that a recurrent layer reads, words out of the vocabulary or cut off.
/// - Model: outputs and labels that do not match, activation and loss that do not, a metric that praises saying no always.
///
/// - Parameters:
///   - texts: What is trained on, and validated on by `validationSplit`.
///   - labels: The labels of each text.
///   - classes: The label of each output of the model, `binarizer.classes`; by default all labels, sorted.
///   - targets: The rows of 0 and 1 that were made of the labels, to be compared with them.
///   - validationSplit: The share of the rows, the last ones, that `fit` is to keep for validation.
///   - validation: Another part for validation.
///   - test: A part for the final test.
///   - sampleWeight: A weight for each row, as `computeSampleWeight(.balanced, y).values` gives them.
///   - model: With its loss and metrics, if it is compiled.
///   - tokenizer: The one that was fitted.
///   - maxLength: The number of tokens to which texts are cut and filled up.
///   - padding: Where short texts are filled up. Default `.pre`.
///   - truncating: Where long texts are cut. Default `.pre`.
///   - minPositives: Labels with fewer examples in training are rare. Default 10.
///
/// Throws when texts, labels, targets or weights differ in number, or `validationSplit` leaves a part empty.
public func lint(
    texts: some Collection<String>, labels: [[String]], classes: [String]? = nil, targets: (any LabelMatrix)? = nil,
    validationSplit: Double = 0, validation: LintPart? = nil, test: LintPart? = nil, sampleWeight: [Double]? = nil,
    model: Model? = nil, tokenizer: Tokenizer? = nil, maxLength: Int? = nil, padding: SequenceEnd = .pre,
    truncating: SequenceEnd = .pre, minPositives: Int = 10
) throws -> LintReport {
    let texts = Array(texts)
    func check(_ what: String, _ count: Int, _ texts: Int) throws {
        guard count == texts else {
            throw HornetError(.data, at: "lint", "there are \(texts) texts and \(what) for \(count)")
        }
    }
    try check("labels", labels.count, texts.count)
    if let targets { try check("targets", targets.matrixShape.rows, texts.count) }
    if let sampleWeight { try check("weights", sampleWeight.count, texts.count) }
    guard !texts.isEmpty else { throw HornetError(.data, at: "lint", "there are no texts") }

    let split = try Model.split(texts.count, validationSplit)
    var parts = [(name: "training", texts: Array(texts[..<split]), labels: Array(labels[..<split]))]
    var firstRows = [0]
    if split < texts.count {
        parts.append(("validation", Array(texts[split...]), Array(labels[split...])))
        firstRows.append(split)
    }
    for (name, part) in [("validation", validation), ("test", test)] {
        guard let part else { continue }
        try check("labels of the \(name) part", part.labels.count, part.texts.count)
        parts.append((name, part.texts, part.labels))
        firstRows.append(0)
    }
    let data = LintData(parts: parts, firstRows: firstRows, classes: classes, tokenizer: tokenizer)
    let encoding = tokenizer.map {
        LintEncoding(data, $0, maxLength: maxLength, padding: padding, truncating: truncating)
    }
    let linter = Linter(
        data: data, targets: targets, sampleWeight: sampleWeight, model: model, encoding: encoding,
        validationSplit: validationSplit, minPositives: minPositives)
    return LintReport(linter.findings(), subject: data.subject)
}

/// All checks. Each gives what it found, or nothing.
struct Linter {
    let data: LintData
    let targets: (any LabelMatrix)?
    let sampleWeight: [Double]?
    let model: Model?
    let encoding: LintEncoding?
    let validationSplit: Double
    let minPositives: Int

    func findings() -> [LintReport.Finding] {
        let first = [outputCount(), labelOrder()]
        let others = [
            explodedWeights(), vocabularySize(), constantLabels(), unknownLabels(), rareLabels(), emptyTexts(), damagedTexts(),
            labelNames(), unmaskedPadding(), unknownWords(), truncation(), emptyMetric(), imbalance(),
        ]
        return first.compactMap(\.self) + activationsAndLosses() + others.compactMap(\.self) + absentLabels() + sameWords()
    }

    func finding(
        _ kind: LintReport.Kind, _ severity: LintReport.Severity, _ title: String, _ evidence: [String], _ remedy: String
    ) -> LintReport.Finding {
        LintReport.Finding(kind: kind, severity: severity, title: title, evidence: evidence, remedy: remedy)
    }
}
