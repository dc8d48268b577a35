import HornetSupport

extension Figure {
    /// The drawing as a file of its own: scales with its place, light or dark as the reader likes it, with its words
    /// for those who can't see it.
    package var svg: String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing(id: "figure", isAlone: true) + "\n"
    }

    /// The drawing within a page that has ``FigureStyle/sheet`` and shows the title itself. `id` occurs once in the
    /// page.
    package func svg(id: String) -> String { drawing(id: id, isAlone: false) }

    private func drawing(id: String, isAlone: Bool) -> String {
        var body = ""
        var y = isAlone ? 32.0 : 4.0
        // Axes stand one under the other.
        let left = panels.map(PanelDrawing.leftMargin).max() ?? 0
        for panel in panels {
            var drawing = PanelDrawing(panel, width: width, top: y, left: left)
            drawing.draw()
            body += drawing.body
            y = drawing.bottom + 10
        }
        let height = y - 4
        var text =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\""
        text += " viewBox=\"0 0 \(coordinate(width)) \(coordinate(height))\" role=\"img\""
        text += " aria-labelledby=\"\(id)-title \(id)-desc\">\n"
        text += "<title id=\"\(id)-title\">\(escapedMarkup(title))</title>\n"
        text += "<desc id=\"\(id)-desc\">\(escapedMarkup(description))</desc>\n"
        if isAlone {
            text += "<style>\(FigureStyle.sheet)</style>\n"
            text += "<rect class=\"page\" width=\"\(coordinate(width))\" height=\"\(coordinate(height))\" rx=\"6\"/>\n"
            text += "<text class=\"title\" x=\"12\" y=\"20\">\(escapedMarkup(shortened(title, to: 54)))</text>\n"
        }
        return text + body + "</svg>"
    }
}

/// Draws one panel.
private struct PanelDrawing {
    let panel: Figure.Panel
    let xTicks, yTicks: Ticks
    let left, right, top, base: Double
    let width: Double
    private(set) var body = ""
    /// Where the next panel may begin.
    private(set) var bottom: Double

    /// The room that the labels of the y axis take.
    static func leftMargin(_ panel: Figure.Panel) -> Double {
        18 + (yTicks(panel).labels.map(textWidth).max() ?? 0)
    }

    init(_ panel: Figure.Panel, width: Double, top: Double, left: Double) {
        self.panel = panel
        self.width = width
        self.left = left
        xTicks = PanelDrawing.ticks(panel.x, about: 5)
        yTicks = PanelDrawing.yTicks(panel)
        right = width - 14
        self.top = top + (panel.y.name.isEmpty ? 8 : 20)
        base = self.top + panel.height
        bottom = base + 34
    }

    private static func yTicks(_ panel: Figure.Panel) -> Ticks { ticks(panel.y, about: panel.height < 100 ? 3 : 5) }

    private static func ticks(_ axis: Figure.Axis, about count: Int) -> Ticks {
        switch axis.scale {
        case .linear: .linear(axis.range, about: count)
        case .wholeNumbers: .linear(axis.range, about: count, wholeNumbers: true)
        case .logarithmic: .powersOfTen(axis.range)
        }
    }

    /// A number's share of its axis.
    private func share(_ value: Double, _ axis: Figure.Axis) -> Double {
        let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
        guard axis.scale == .logarithmic else { return (value - low) / (high - low) }
        return naturalLogarithm(value / low) / naturalLogarithm(high / low)
    }

    private func x(_ value: Double) -> Double { left + share(value, panel.x) * (right - left) }
    private func y(_ value: Double) -> Double { base - share(value, panel.y) * (base - top) }

    mutating func draw() {
        drawAxes()
        for bar in panel.bars {
            let (from, to) = (x(bar.x.lowerBound), x(bar.x.upperBound))
            let height = max(base - y(bar.height), 1)
            body += "<rect class=\"bar\" x=\"\(coordinate(from))\" y=\"\(coordinate(base - height))\""
            body += " width=\"\(coordinate(to - from))\" height=\"\(coordinate(height))\">"
            body += "<title>\(escapedMarkup(bar.note))</title></rect>\n"
        }
        // The first line lies on top.
        for line in panel.lines.reversed() { draw(line) }
        drawLegend()
    }

    private mutating func drawAxes() {
        for (value, label) in zip(yTicks.values, yTicks.labels) {
            let y = y(value)
            body += "<path class=\"grid\" d=\"M\(coordinate(left)) \(coordinate(y))H\(coordinate(right))\"/>"
            addText(label, left - 6, y + 4, "faint", anchor: "end")
        }
        for (value, label) in zip(xTicks.values, xTicks.labels) {
            let x = x(value)
            body += "<path class=\"axis\" d=\"M\(coordinate(x)) \(coordinate(base))v4\"/>"
            // The outermost labels stay within the drawing.
            let half = textWidth(label) / 2
            addText(label, min(x, width - 2 - half), base + 17, "faint", anchor: "middle")
        }
        body += "<path class=\"axis\" d=\"M\(coordinate(left)) \(coordinate(base))H\(coordinate(right))\"/>\n"
        if !panel.y.name.isEmpty { addText(shortened(panel.y.name, to: 50), 12, top - 8, "") }
        if !panel.x.name.isEmpty { addText(panel.x.name, (left + right) / 2, base + 32, "", anchor: "middle") }
        if panel.x.name.isEmpty { bottom -= 12 }
    }

    private mutating func draw(_ line: Figure.Line) {
        let points = line.points.map { (x: x($0.x), y: y($0.y)) }
        let path = LinePath(points, isStepped: line.isStepped)
        if !path.data.isEmpty {
            body += "<path class=\"\(FigureStyle.lineClass(line.style))\" d=\"\(path.data)\"/>\n"
        }
        guard line.hasDots || line.points.count == 1 else { return }
        for (point, value) in zip(points, line.points) where point.x.isFinite && point.y.isFinite {
            body += "<circle class=\"\(FigureStyle.dotClass(line.style))\" cx=\"\(coordinate(point.x))\""
            body += " cy=\"\(coordinate(point.y))\" r=\"3.5\"><title>\(escapedMarkup(line.name)): "
            body += "\(formatGeneral(value.x, digits: 4)), \(formatGeneral(value.y, digits: 4))</title></circle>\n"
        }
    }

    private mutating func drawLegend() {
        let named = panel.lines.filter { !$0.name.isEmpty }
        guard !named.isEmpty else { return }
        var (x, y) = (left, bottom + 18)
        for line in named {
            let name = shortened(line.name, to: 40)
            let needed = 30 + textWidth(name) + 14
            if x > left && x + needed > width {
                x = left
                y += 18
            }
            if line.points.count > 1 {
                body +=
                    "<path class=\"\(FigureStyle.lineClass(line.style))\""
                    + " d=\"M\(coordinate(x)) \(coordinate(y - 4))h24\"/>"
            }
            if line.hasDots || line.points.count == 1 {
                body += "<circle class=\"\(FigureStyle.dotClass(line.style))\" cx=\"\(coordinate(x + 12))\""
                body += " cy=\"\(coordinate(y - 4))\" r=\"3.5\"/>"
            }
            addText(name, x + 30, y, "")
            x += needed
        }
        bottom = y + 6
    }

    private mutating func addText(_ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String = "start") {
        body += "<text x=\"\(coordinate(x))\" y=\"\(coordinate(y))\""
        if !style.isEmpty { body += " class=\"\(style)\"" }
        if anchor != "start" { body += " text-anchor=\"\(anchor)\"" }
        body += ">\(escapedMarkup(text))</text>\n"
    }
}

/// About how wide text of 12 units is; nobody measures fonts here.
private func textWidth(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { sum, scalar in
        switch scalar {
        case "i", "j", "l", "t", "f", "I", "1", ".", ",", ":", " ", "|", "'", "(", ")": sum + 4.5
        case "m", "w", "M", "W": sum + 10
        default: sum + (scalar.value >= 0x1100 && !(0x2000..<0x2E80).contains(scalar.value) ? 12.5 : 7)
        }
    }
}
