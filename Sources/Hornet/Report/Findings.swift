import HornetMetrics
import HornetSupport
import HornetTensor

/// All that a report says of true labels and scores.
struct Findings: Sendable {
    let labels: [String]
    let thresholds: Thresholds
    let textCount: Int
    /// `micro`, `macro`, `weighted`, `samples`.
    let averages: [(name: Averaging, figures: PrecisionRecallFScore)]
    let subsetAccuracy: Double
    let rankingPrecision: Double
    let perLabel: [LabelFigures]
    /// Columns, those with most support first.
    let bySupport: [Int]
    let curves: LabelCurves
    let reliability: ReliabilityCurve?
    /// Before a calibration.
    let uncalibratedReliability: ReliabilityCurve?
    let pairs: LabelPairs
    let mistakes: [EvaluationReport.Mistake]
    /// The texts of ``mistakes``.
    let mistakenTexts: [String]?
    /// The scores of all labels for each of ``mistakes``.
    let mistakenScores: [[Float]]
    /// How many texts have a wrong label.
    let wrongTextCount: Int

    struct LabelFigures: Sendable {
        let precision, recall, f1: Double
        let support: Int
        /// How many texts were given the label.
        let given: Int
        /// `nil` for a label that no text has.
        let averagePrecision: Double?
    }

    static let mistakeLimit = 25
    private static let bins = 15
    static let curveLimit = 41

    init(
        _ target: some LabelArray, _ scores: Tensor, _ labels: [String], _ thresholds: Thresholds, _ texts: [String]?,
        _ probabilities: Tensor?, _ uncalibrated: Tensor?
    ) throws {
        let place = "EvaluationReport"
        let target = try target.labelSets()
        guard let wanted = target.rows else {
            throw HornetError(.shape, at: place, "the true labels are class ids", remedy: "Give rows of 0 and 1")
        }
        guard wanted.count == scores.shape[0], !wanted.isEmpty, !labels.isEmpty else {
            throw HornetError(
                .shape, at: place, "there are true labels of \(wanted.count) texts and scores of shape \(scores.shape)")
        }
        let width = labels.count
        let given = scores.withUnsafeBufferPointer { scores in
            wanted.indices.map { row in
                thresholds.labels(for: UnsafeBufferPointer(rebasing: scores[row * width..<(row + 1) * width]))
            }
        }
        let decisions = LabelSets(rows: given, width: width)
        let figures = try precisionRecallFScoreSupport(target, decisions, zeroDivision: .zero)
        let bySupport = labels.indices.sorted { (-figures.support[$0], $0) < (-figures.support[$1], $1) }
        let curves = try Warning.collected {
            // Checks the scores, too. No label at all is said on the page.
            try LabelCurves(target, scores, keeping: Array(bySupport.prefix(Findings.curveLimit)))
        }.result
        var givenCounts = [Int](repeating: 0, count: width)
        for row in given { for label in row { givenCounts[label] += 1 } }

        self.labels = labels
        self.thresholds = thresholds
        self.bySupport = bySupport
        self.curves = curves
        textCount = wanted.count
        averages = try [Averaging.micro, .macro, .weighted, .samples].map {
            ($0, try precisionRecallFScore(target, decisions, average: $0, zeroDivision: .zero))
        }
        subsetAccuracy = try accuracyScore(target, decisions)
        rankingPrecision = try labelRankingAveragePrecision(target, scores)
        perLabel = labels.indices.map {
            LabelFigures(
                precision: figures.precision[$0], recall: figures.recall[$0], f1: figures.fScore[$0],
                support: Int(figures.support[$0]), given: givenCounts[$0], averagePrecision: curves.averagePrecision[$0]
            )
        }
        reliability = try Findings.reliability(target, probabilities, scores)
        uncalibratedReliability = try uncalibrated.map { try reliabilityCurve(target, $0, bins: Findings.bins) }
        pairs = LabelPairs(wanted: wanted, given: given)
        let mistakes = Findings.mistakes(wanted, given, scores, thresholds)
        wrongTextCount = mistakes.count
        self.mistakes = Array(mistakes.prefix(Findings.mistakeLimit))
        mistakenTexts = texts.map { texts in mistakes.prefix(Findings.mistakeLimit).map { texts[$0.text] } }
        mistakenScores = scores.withUnsafeBufferPointer { scores in
            mistakes.prefix(Findings.mistakeLimit).map { Array(scores[$0.text * width..<($0.text + 1) * width]) }
        }
    }

    private static func reliability(
        _ target: LabelSets, _ probabilities: Tensor?, _ scores: Tensor
    ) throws -> ReliabilityCurve? {
        if let probabilities { return try reliabilityCurve(target, probabilities, bins: bins) }
        let areProbabilities = scores.withUnsafeBufferPointer { $0.allSatisfy { $0 >= 0 && $0 <= 1 } }
        return areProbabilities ? try reliabilityCurve(target, scores, bins: bins) : nil
    }

    /// All of them, the widest margin first.
    private static func mistakes(
        _ wanted: [[Int]], _ given: [[Int]], _ scores: Tensor, _ thresholds: Thresholds
    ) -> [EvaluationReport.Mistake] {
        let width = thresholds.values.count
        var mistakes: [EvaluationReport.Mistake] = []
        scores.withUnsafeBufferPointer { scores in
            for (text, (wanted, given)) in zip(wanted, given).enumerated() where wanted != given {
                var mistake = EvaluationReport.Mistake(text: text, wanted: wanted, given: given, margin: 0)
                let margins = mistake.wrong.map { (scores[text * width + $0] - thresholds[$0]).magnitude }
                mistake.margin = margins.max() ?? 0
                mistakes.append(mistake)
            }
        }
        return mistakes.sorted { ($1.margin, $0.text) < ($0.margin, $1.text) }
    }
}
