import HornetSupport

extension PrecisionRecallCurve {
    /// Precision over recall as an SVG picture, a step at each score, so that the area is ``averagePrecision``.
    public var svg: String { figure(title: "Precision and recall").svg }

    /// Writes ``svg`` to a file, which is there in whole or not at all.
    ///
    /// ```swift
    /// try precisionRecallCurve(y, scores, label: 0).plot(to: "economy.svg")
    /// ```
    /// - Parameter title: Above the curve. Default "Precision and recall".
    public func plot(to path: String, title: String = "Precision and recall") throws {
        try writeAtomically(figure(title: title).svg, to: path)
    }

    private func figure(title: String) -> Figure {
        PrecisionRecallCurve.figure(
            title: title, [line("average precision \(formatFixed(averagePrecision, decimals: 3))", .number(0))])
    }

    package func line(_ name: String, _ style: Figure.Line.Style) -> Figure.Line {
        // Recall falls; a step lasts until the next recall.
        Figure.Line(name, zip(recall, precision).map { (x: $0, y: $1) }, style, isStepped: true)
    }

    /// The axes for ``line(_:_:)``s.
    package static func figure(title: String, _ lines: [Figure.Line]) -> Figure {
        let names = lines.map(\.name).filter { !$0.isEmpty }
        return Figure(
            title: title,
            description: "Precision over recall, both from 0 to 1, for all thresholds"
                + (names.isEmpty ? "." : ": \(names.joined(separator: "; "))."),
            panels: [Figure.Panel(x: Figure.Axis("Recall", 0...1), y: Figure.Axis("Precision", 0...1), lines: lines)])
    }
}

extension ROCCurve {
    /// True over false positive rate as an SVG picture, with the diagonal that chance would give.
    public var svg: String { figure(title: "ROC curve").svg }

    /// Writes ``svg`` to a file, which is there in whole or not at all.
    /// - Parameter title: Above the curve. Default "ROC curve".
    public func plot(to path: String, title: String = "ROC curve") throws {
        try writeAtomically(figure(title: title).svg, to: path)
    }

    private func figure(title: String) -> Figure {
        let points = zip(falsePositiveRate, truePositiveRate).map { (x: $0, y: $1) }
        let name = "area \(formatFixed(area, decimals: 3))"
        return Figure(
            title: title,
            description: "True positive rate over false positive rate, both from 0 to 1, for all thresholds: \(name).",
            panels: [
                Figure.Panel(
                    x: Figure.Axis("False positive rate", 0...1), y: Figure.Axis("True positive rate", 0...1),
                    lines: [
                        Figure.Line(name, points, .number(0)),
                        Figure.Line("chance", [(0, 0), (1, 1)], .reference),
                    ])
            ])
    }
}

extension ReliabilityCurve {
    /// What was true over what was said as an SVG picture, with the diagonal of perfect calibration, and under it how
    /// many probabilities are in each bin.
    public var svg: String { figure(title: "Reliability").svg }

    /// Writes ``svg`` to a file, which is there in whole or not at all.
    /// - Parameter title: Above the curve. Default "Reliability".
    public func plot(to path: String, title: String = "Reliability") throws {
        try writeAtomically(figure(title: title).svg, to: path)
    }

    package func figure(title: String) -> Figure {
        let error = "expected calibration error \(formatFixed(expectedCalibrationError, decimals: 4))"
        let bars = zip(predicted, counts).map { predicted, count in
            Figure.Bar(
                x: max(predicted - 0.02, 0)...min(predicted + 0.02, 1), height: Double(count),
                note: "\(withCommas(count)) around \(formatFixed(predicted, decimals: 3))")
        }
        return Figure(
            title: title,
            description: "The share of positives over the mean probability in each of \(counts.count) bins, beside the "
                + "diagonal of perfect calibration, and the number of probabilities in each bin: \(error).",
            panels: [
                Figure.Panel(
                    x: Figure.Axis("", 0...1), y: Figure.Axis("Share that is true", 0...1),
                    lines: [
                        Figure.Line(error, zip(predicted, observed).map { (x: $0, y: $1) }, .number(0), hasDots: true),
                        Figure.Line("as good as its word", [(0, 0), (1, 1)], .reference),
                    ]),
                Figure.Panel(
                    x: Figure.Axis("Probability", 0...1),
                    y: Figure.Axis("Count (logarithmic)", 1...Double(max(counts.max() ?? 1, 10)), .logarithmic),
                    bars: bars, height: 60),
            ])
    }
}
