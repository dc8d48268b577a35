import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct PlotTests {
    private let y = Tensor([0, 1, 0, 1, 1, 0, 0, 1])
    private let scores = Tensor([0.1, 0.4, 0.35, 0.8, 0.7, 0.5, 0.2, 0.9])

    @Test func equalsTheDrawingThatWasLookedAt() throws {
        let svg = try precisionRecallCurve(y, scores).svg
        #expect(svg == String(decoding: Fixture.bytes("plots/precision_recall.svg"), as: UTF8.self))
        let other = try precisionRecallCurve(y, Tensor([0.1, 0.4, 0.35, 0.8, 0.7, 0.5, 0.2, 0.3])).svg
        #expect(other != svg)
    }

    @Test func drawingsAreWellFormedAndSayWhatTheyShow() throws {
        let curve = try precisionRecallCurve(y, scores)
        let drawings = [
            curve.svg, try rocCurve(y, scores).svg,
            try reliabilityCurve(Tensor([[0], [1], [1]]), Tensor([[0.2], [0.7], [0.9]])).svg,
        ]
        for drawing in drawings {
            let svg = try parseMarkup(drawing)
            #expect(svg.name == "svg" && svg.attributes["role"] == "img" && svg.attributes["viewBox"] != nil)
            #expect(svg.attributes["width"] == nil)
            let words = svg.attributes["aria-labelledby"]!.split(separator: " ").map { svg.named(String($0))!.text }
            #expect(words.allSatisfy { $0.count > 5 })
            #expect(drawing.contains("prefers-color-scheme:dark"))
            #expect(svg.values(of: "href").isEmpty && !drawing.contains("url("))
        }
    }

    @Test func namesAreEscaped() throws {
        let folder = TemporaryFolder()
        let path = folder.file("curve.svg")
        let title = "<script>alert(1)</script> & \"'\u{202E}"
        try precisionRecallCurve(y, scores).plot(to: path, title: title)
        let svg = try parseMarkup(
            String(decoding: try MappedFile(path: path).withUnsafeBytes { Array($0) }, as: UTF8.self))
        #expect(svg.all("script").isEmpty)
        #expect(svg.all("title")[0].text == "<script>alert(1)</script> & \"'\u{FFFD}")
        #expect(folder.names == ["curve.svg"])
        #expect(throws: HornetError.self) { try precisionRecallCurve(y, scores).plot(to: folder.file("no/curve.svg")) }
    }

    /// The curve is drawn on its axes: the area under it is the average precision, whatever was left out between.
    @Test func theAreaUnderTheDrawingIsTheAveragePrecision() throws {
        var random = RandomSource(seed: 5)
        for count in [8, 100, 100_000] {
            let truth = (0..<count).map { _ in random.uniform() < 0.3 }
            let scores = truth.map { ($0 ? 0.3 : 0) + random.uniform() }
            let curve = try precisionRecallCurve(Tensor(truth.map { $0 ? 1 : 0 }), Tensor(scores))
            let svg = try parseMarkup(curve.svg)
            let drawn = points(svg.all("path").first { $0.classes.contains("l0") }!.attributes["d"]!)
            let axis = points(svg.all("path").last { $0.classes == ["axis"] }!.attributes["d"]!)
            let grid = svg.all("path").filter { $0.classes == ["grid"] }.map { points($0.attributes["d"]!)[0].y }
            let (left, right, base, top) = (axis[0].x, axis[1].x, grid.max()!, grid.min()!)
            // Recall falls from point to point.
            let area = zip(drawn, drawn.dropFirst()).reduce(0.0) {
                $0 + ($1.0.x - $1.1.x) * (base - ($1.0.y + $1.1.y) / 2)
            }
            let share = area / ((right - left) * (base - top))
            #expect(abs(share - curve.averagePrecision) < 0.003, "\(count): \(share), \(curve.averagePrecision)")
            #expect(drawn.count < 2000 && curve.svg.utf8.count < 30_000)
        }
    }

    @Test func ticksAreRound() throws {
        func labels(_ range: ClosedRange<Double>, _ scale: Figure.Axis.Scale = .linear) throws -> [String] {
            let panel = Figure.Panel(x: Figure.Axis("", range, scale), y: Figure.Axis("", 0...1))
            let svg = try parseMarkup(Figure(title: "t", description: "d", panels: [panel]).svg(id: "a"))
            return svg.all("text").filter { $0.attributes["text-anchor"] == "middle" }.map(\.text)
        }
        #expect(try labels(0...1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(try labels(-1...1) == ["-1.0", "-0.5", "0.0", "0.5", "1.0"])
        #expect(try labels(0.12...0.43) == ["0.15", "0.20", "0.25", "0.30", "0.35", "0.40"])
        #expect(try labels(1...3, .wholeNumbers) == ["1", "2", "3"])
        #expect(try labels(0.9...1.1, .wholeNumbers) == ["1"])
        #expect(try labels(1...20_000, .logarithmic) == ["1", "10", "100", "1,000", "10,000"])
        #expect(try labels(0...5e12).count >= 3)
        #expect(try labels(1e-12...5e-12).count >= 3)
    }

    @Test func gapsAndLonelyPoints() throws {
        let line = Figure.Line("a", [(0, 1), (1, 2), (2, .nan), (3, 2), (4, .infinity)], .number(0))
        let axis = Figure.Axis("y", holding: line.points.map(\.y))
        #expect(axis.range == 1...2)
        let panel = Figure.Panel(
            x: Figure.Axis("x", 0...4), y: axis, lines: [line, Figure.Line("b", [(1, 1)], .number(7))])
        let svg = try parseMarkup(Figure(title: "t", description: "d", panels: [panel]).svg)
        let path = svg.all("path").first { $0.classes.contains("l0") }!.attributes["d"]!
        #expect(path.filter { $0 == "M" }.count == 2)
        #expect(svg.all("circle").contains { $0.classes == ["d1"] })
        #expect(Figure.Axis("", holding: [3, 3]).range.contains(3) && Figure.Axis("", holding: [.nan]).range == 0...1)
    }

    private func points(_ path: String) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        var rest = path[...]
        while let command = rest.popFirst() {
            let numbers = rest.prefix { !$0.isLetter }
            rest = rest.dropFirst(numbers.count)
            let values = numbers.split(separator: " ").map { Double($0)! }
            switch command {
            case "H": points.append((values[0], points.last!.y))
            case "V": points.append((points.last!.x, values[0]))
            case "v": points.append((points.last!.x, points.last!.y + values[0]))
            default: points.append((values[0], values[1]))
            }
        }
        return points
    }
}
