import HornetLayers
import HornetSupport

/// The table that `summary()` prints, as Keras draws it.
struct Summary {
    let title: String
    /// Name with class, output shape, number of weights, and what the layer is called on where that is not the one above.
    let rows: [[String]]
    let footer: [String]

    init(_ model: Model) {
        title = "Model: \"\(model.name)\""
        let inputs = model.inputNames.enumerated().map { number, name in
            ["\(name) (InputLayer)", model.isBuilt ? model.inputShapes[number].description : "?", "0"]
        }
        let layers = model.layers.map { layer in
            let count = layer.parameters.reduce(0) { $0 + $1.count }
            // Keras can't tell that a layer without weights is unbuilt.
            let unbuilt = layer.outputShape == nil && layer.makesWeights
            return [
                "\(layer.name) (\(layer.className))", layer.outputShape?.description ?? "?",
                unbuilt ? "0 (unbuilt)" : withCommas(count),
            ]
        }
        // Inputs stand among the layers, in Keras' order.
        let order = model.graph.order(layerCount: model.layers.count).operations
        var rows = model is Sequential ? layers : order.map { (inputs + layers)[$0] }
        if !model.graph.isChain {
            let connections = Summary.connections(model)
            for (row, operation) in order.enumerated() { rows[row].append(connections[operation]) }
        }
        self.rows = rows
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

    /// What each input and each layer is called on, `dense[1][0]` being what the second call of `dense` gave.
    private static func connections(_ model: Model) -> [String] {
        var callCounts = Array(repeating: 0, count: model.layers.count)
        var values = model.inputNames.map { "\($0)[0][0]" }
        var connections: [[String]] = Array(repeating: [], count: model.layers.count)
        for call in model.graph.calls {
            connections[call.layer] += call.inputs.map { values[$0] }
            values.append("\(model.layers[call.layer].name)[\(callCounts[call.layer])][0]")
            callCounts[call.layer] += 1
        }
        return model.inputNames.map { _ in "-" } + connections.map { $0.joined(separator: ", ") }
    }

    /// The table for a terminal of `columns`; never wider than 88, or 108 with four columns.
    func lines(columns: Int) -> [String] {
        let isWide = rows[0].count > 3
        let length = max(min(isWide ? 108 : 88, columns - 4), 40)
        let ends = (isWide ? [30, 56, 74, 100] : [45, 80, 100]).map { length * $0 / 100 }
        // Rich asks for two columns of padding in each, and takes what is too many from all, most from the last but one.
        let widths = ends.indices.map { ends[$0] - ($0 > 0 ? ends[$0 - 1] : 0) - ($0 == ends.count - 2 ? 2 : 1) }

        func rule(_ left: String, _ fill: String, _ middle: String, _ right: String) -> String {
            left + widths.map { String(repeating: fill, count: $0) }.joined(separator: middle) + right
        }
        func row(_ cells: [String], _ bar: String, atBottom: Bool = false) -> [String] {
            let wrapped = zip(cells, widths).map { Summary.wrap($0, to: $1 - 2) }
            let height = wrapped.map(\.count).max() ?? 1
            return (0..<height).map { line in
                let parts = wrapped.enumerated().map { column, cell in
                    let place = atBottom ? line - (height - cell.count) : line
                    let text = cell.indices.contains(place) ? cell[place] : ""
                    let width = widths[column] - 2
                    return " " + (column == 2 ? text.rightAligned(width) : text.leftAligned(width)) + " "
                }
                return bar + parts.joined(separator: bar) + bar
            }
        }

        var lines = [title, rule("┏", "━", "┳", "┓")]
        let header = ["Layer (type)", "Output Shape", "Param #", "Connected to"].prefix(widths.count)
        lines += row(Array(header), "┃", atBottom: true)
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
