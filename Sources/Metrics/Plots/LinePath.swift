import HornetSupport

/// The path of a line in a drawing, with as few points as show the same: a curve of a million points becomes one of
/// some hundreds. In each column of the drawing, 1 wide, the first, the lowest, the highest and the last point stay.
struct LinePath {
    private(set) var data = ""
    private var pen: (x: Int, y: Int)?
    private var column: Column?
    private var last: (x: Double, y: Double)?

    private struct Column {
        let number: Double
        let first: (x: Double, y: Double)
        var low, high, last: (x: Double, y: Double)
        /// Whether the lowest point came after the highest.
        var endsLow = false
    }

    /// - Parameter points: Where they are in the drawing; one that is not finite leaves a gap.
    init(_ points: some Sequence<(x: Double, y: Double)>, isStepped: Bool) {
        for point in points {
            guard point.x.isFinite, point.y.isFinite else {
                endLine()
                continue
            }
            if isStepped, let last { add((point.x, last.y)) }
            add(point)
            last = point
        }
        endLine()
    }

    private mutating func endLine() {
        flush()
        pen = nil
        last = nil
    }

    private mutating func add(_ point: (x: Double, y: Double)) {
        let number = point.x.rounded(.down)
        if var open = column, open.number == number {
            if point.y < open.low.y { (open.low, open.endsLow) = (point, true) }
            if point.y > open.high.y { (open.high, open.endsLow) = (point, false) }
            open.last = point
            column = open
        } else {
            flush()
            column = Column(number: number, first: point, low: point, high: point, last: point)
        }
    }

    private mutating func flush() {
        guard let column else { return }
        draw(column.first)
        let extremes = column.endsLow ? [column.high, column.low] : [column.low, column.high]
        for extreme in extremes where extreme.y != column.first.y && extreme.y != column.last.y { draw(extreme) }
        draw(column.last)
        self.column = nil
    }

    private mutating func draw(_ point: (x: Double, y: Double)) {
        let next = (x: tenths(point.x), y: tenths(point.y))
        if let pen {
            if pen == next { return }
            if pen.y == next.y {
                data += "H" + decimal(next.x)
            } else if pen.x == next.x {
                data += "V" + decimal(next.y)
            } else {
                data += "L" + decimal(next.x) + " " + decimal(next.y)
            }
        } else {
            data += "M" + decimal(next.x) + " " + decimal(next.y)
        }
        pen = next
    }
}

private func tenths(_ x: Double) -> Int { Int((x * 10).rounded()) }

private func decimal(_ tenths: Int) -> String {
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
}

/// A coordinate of a drawing, to a tenth.
func coordinate(_ x: Double) -> String { decimal(tenths(x)) }
