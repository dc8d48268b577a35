import HornetMetrics
import HornetSupport

extension History {
    /// The course of training as an SVG picture: a panel for the loss and for each metric, with training and validation
    /// in it.
    public var svg: String {
        let figures = figures
        return Figure(
            title: "Training", description: figures.map(\.description).joined(separator: " "),
            panels: figures.flatMap(\.panels)
        ).svg
    }

    /// Writes ``svg`` to a file, which is there in whole or not at all.
    ///
    /// ```swift
    /// try model.fit(x, y, epochs: 20, validationSplit: 0.2).plot(to: "training.svg")
    /// ```
    public func plot(to path: String) throws { try writeAtomically(svg, to: path) }

    /// One for each figure, the loss first.
    var figures: [Figure] {
        let names = names
        let bases = names.filter { !$0.hasPrefix("val_") }
        let ordered = bases.filter { $0 == "loss" } + bases.filter { $0 != "loss" }
        return ordered.map { base in
            let training = points(base)
            let validation = points("val_" + base)
            var description =
                "\(base) after each of \(epochs.count) epochs: in training it ended at \(ending(training))"
            var lines = [Figure.Line("training", training, .number(0))]
            if !validation.isEmpty {
                lines.append(Figure.Line("validation", validation, .number(1)))
                description += ", in validation at \(ending(validation))"
            }
            let last = Double((epochs.last ?? 0) + 1)
            return Figure(
                title: base, description: description + ".",
                panels: [
                    Figure.Panel(
                        x: Figure.Axis("Epoch", holding: [Double((epochs.first ?? 0) + 1), last], .wholeNumbers),
                        y: Figure.Axis(base, holding: lines.lazy.flatMap { $0.points.lazy.map(\.y) }),
                        lines: lines, height: 160)
                ])
        }
    }

    private func ending(_ points: [(x: Double, y: Double)]) -> String {
        points.last.map { formatGeneral($0.y, digits: 4) } ?? "nothing"
    }
}
