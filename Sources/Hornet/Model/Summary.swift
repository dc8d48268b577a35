import HornetLayers
import HornetSupport

/// The table that `summary()` prints, as Keras draws it.
struct Summary {
    let title: String
    /// Name with class, output shape, number of weights.
    let rows: [[String]]
    let footer: [String]

    init(_ model: Sequential) {
        title = "Model: \"\(model.name)\""
        rows = model.layers.map { layer in
            let count = layer.parameters.reduce(0) { $0 + $1.count }
            // Keras can't tell that a layer without weights is unbuilt.
            let unbuilt = layer.outputShape == nil && layer.makesWeights
            return [
                "\(layer.name) (\(layer.className))", layer.outputShape?.description ?? "?",
                unbuilt ? "0 (unbuilt)" : withCommas(count),
            ]
        }
        let weights = model.weights
        let trainable = weights.filter(\.isTrainable).reduce(0) { $0 + $1.count }
        let frozen = weights.reduce(0) { $0 + $1.count } - trainable
        let optimizer = model.optimizerStateCount
        func line(_ what: String, _ count: Int) -> String {
            " \(what) params: \(withCommas(count)) (\(formatByteSize(count * 4)))"
        }
        footer = [
            line("Total", trainable + frozen + optimizer), line("Trainable", trainable),
            line("Non-trainable", frozen),
        ] + (optimizer > 0 ? [line("Optimizer", optimizer)] : [])
    }

    /// The table for a terminal of `columns`; never wider than 88.
    func lines(columns: Int) -> [String] {
        let length = max(min(88, columns - 4), 40)
        let (first, second) = (length * 45 / 100, length * 80 / 100)
        // Rich asks for two columns of padding in each and takes the ten that are too many from all three.
        let widths = [first - 1, second - first - 2, length - second - 1]

        func rule(_ left: String, _ fill: String, _ middle: String, _ right: String) -> String {
            left + widths.map { String(repeating: fill, count: $0) }.joined(separator: middle) + right
        }
        func row(_ cells: [String], _ bar: String) -> [String] {
            let wrapped = zip(cells, widths).map { Summary.wrap($0, to: $1 - 2) }
            let height = wrapped.map(\.count).max() ?? 1
            return (0..<height).map { line in
                let parts = wrapped.enumerated().map { column, cell in
                    let text = line < cell.count ? cell[line] : ""
                    let width = widths[column] - 2
                    return " " + (column == 2 ? text.rightAligned(width) : text.leftAligned(width)) + " "
                }
                return bar + parts.joined(separator: bar) + bar
            }
        }

        var lines = [title, rule("┏", "━", "┳", "┓")]
        lines += row(["Layer (type)", "Output Shape", "Param #"], "┃")
        lines.append(rule("┡", "━", "╇", "┩"))
        for (i, cells) in rows.enumerated() {
            if i > 0 { lines.append(rule("├", "─", "┼", "┤")) }
            lines += row(cells, "│")
        }
        lines.append(rule("└", "─", "┴", "┘"))
        return lines + footer
    }

    /// Breaks at spaces; a word wider than the column ends in an ellipsis.
    static func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line: [Unicode.Scalar] = []
        for word in text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false) {
            let word = Array(word)
            if !line.isEmpty && line.count + 1 + word.count <= width {
                line += [" "] + word
                continue
            }
            if !line.isEmpty { lines.append(string(line)) }
            line = word.count > width ? word.prefix(width - 1) + ["…"] : word
        }
        return lines + [string(line)]
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
