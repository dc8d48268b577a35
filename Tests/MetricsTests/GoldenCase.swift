import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// One case of a fixture written by `Tests/Oracles/metrics.py`.
struct GoldenCase {
    let json: JSON
    let name: String

    static func all(_ topic: String) throws -> [GoldenCase] {
        let file = "metrics-\(topic).json"
        let document = try JSON(parsing: Fixture.bytes(file), source: file)
        guard case .array(let cases) = document else { fatalError("\(file) is not an array") }
        return cases.enumerated().map { GoldenCase(json: $1, name: "\(topic) \($0)") }
    }

    subscript(key: String) -> JSON {
        guard case .object(let object) = json, let value = object[key] else { fatalError("\(name) has no \(key)") }
        return value
    }

    func has(_ key: String) -> Bool {
        guard case .object(let object) = json, let value = object[key] else { return false }
        return value != .null
    }

    var n: Int { self["n"].int }
    var width: Int { self["width"].int }
    var isMultiLabel: Bool { has("width") }
    var weights: [Double]? { has("weights") ? self["weights"].doubles : nil }
    var labels: [Int]? { has("labels") ? self["labels"].ints : nil }

    /// A 0/1 matrix written as a string of digits (or grades 0 to 9).
    func matrix(_ key: String, width: Int? = nil) -> Tensor {
        Tensor(self[key].string.utf8.map { Float($0 - 48) }, shape: [n, width ?? self.width])
    }

    func sparse(_ key: String) -> SparseMatrix {
        let width = width
        let bits = Array(self[key].string.utf8)
        let rows = (0..<n).map { row in
            (0..<width).filter { bits[row * width + $0] == 49 }.map { Int32($0) }
        }
        return SparseMatrix(ones: rows, columnCount: width)
    }

    func indices(_ key: String) -> Indices { Indices(self[key].ints.map { Int32($0) }) }

    func scores(width: Int? = nil) -> Tensor {
        let scale = Float(self["scale"].int)
        return Tensor(self["scores"].ints.map { Float($0) / scale }, shape: [n, width ?? self.width])
    }

    var zeroDivision: ZeroDivision {
        switch self["zeroDivision"].string {
        case "warn": .warn
        case "zero": .zero
        case "one": .one
        default: .nan
        }
    }
}

extension JSON {
    subscript(key: String) -> JSON {
        guard case .object(let object) = self, let value = object[key] else { fatalError("no \(key) in \(self)") }
        return value
    }

    var int: Int {
        guard case .integer(let value) = self else { fatalError("\(self) is no integer") }
        return value
    }

    /// null stands for NaN.
    var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .null: .nan
        default: fatalError("\(self) is no number")
        }
    }

    var string: String {
        guard case .string(let value) = self else { fatalError("\(self) is no string") }
        return value
    }

    var array: [JSON] {
        guard case .array(let value) = self else { fatalError("\(self) is no array") }
        return value
    }

    var ints: [Int] { array.map(\.int) }
    var doubles: [Double] { array.map(\.double) }
    var strings: [String] { array.map(\.string) }
    var isError: Bool { self == .string("error") }
}

/// Collects differences so that one test over hundreds of cases fails with a readable list.
struct Comparison {
    private(set) var differences: [String] = []
    private(set) var count = 0
    var tolerance = 1e-12

    /// Equal within the tolerance, relative above 1; NaN equals NaN only.
    mutating func equal(_ actual: Double, _ expected: Double, _ what: @autoclosure () -> String) {
        count += 1
        if actual.isNaN && expected.isNaN || actual == expected { return }
        if abs(actual - expected) <= tolerance * max(1, abs(expected)) { return }
        differences.append("\(what()): \(actual) is not \(expected)")
    }

    mutating func equal(_ actual: [Double], _ expected: [Double], _ what: @autoclosure () -> String) {
        guard actual.count == expected.count else {
            count += 1
            return differences.append("\(what()): \(actual.count) values, not \(expected.count)")
        }
        for index in actual.indices { equal(actual[index], expected[index], "\(what())[\(index)]") }
    }

    /// The same bytes, which `String ==` does not ask for.
    mutating func equalBytes(_ actual: String, _ expected: String, _ what: @autoclosure () -> String) {
        count += 1
        if !actual.utf8.elementsEqual(expected.utf8) {
            differences.append("\(what()):\n\(actual)\nis not\n\(expected)")
        }
    }

    mutating func equal<T: Equatable>(_ actual: T, _ expected: T, _ what: @autoclosure () -> String) {
        count += 1
        if actual != expected { differences.append("\(what()): \(actual) is not \(expected)") }
    }

    /// The figure of a call that throws where the oracle has "error".
    mutating func equal(
        _ expected: JSON, _ what: @autoclosure () -> String, _ actual: () throws(HornetError) -> Double
    ) {
        do {
            let value = try actual()
            if expected.isError { differences.append("\(what()): \(value) instead of an error") } else {
                equal(value, expected.double, what())
            }
        } catch {
            count += 1
            if !expected.isError { differences.append("\(what()): \(error)") }
        }
    }

    func verify(atLeast minimum: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        let list = differences.prefix(20).joined(separator: "\n")
        #expect(differences.isEmpty, "\(differences.count) of \(count):\n\(list)", sourceLocation: sourceLocation)
        #expect(count >= minimum, "only \(count) comparisons were made", sourceLocation: sourceLocation)
    }
}

/// The value of a call and the warnings it gave, each once.
func withWarnings<T>(_ call: () throws -> T) rethrows -> (value: T, warnings: [String]) {
    let (value, all) = try Warning.collected(call)
    var texts: [String] = []
    for text in all.map(\.problem) where !texts.contains(text) { texts.append(text) }
    return (value, texts)
}

/// Without warnings on the standard error of the test run.
func silently<T>(_ call: () throws -> T) rethrows -> T { try withWarnings(call).value }

@Suite struct ComparisonTests {
    @Test func findsDifferences() {
        var comparison = Comparison()
        comparison.equal(1, 1 + 1e-13, "near")
        comparison.equal(Double.nan, .nan, "nan")
        #expect(comparison.differences.isEmpty)
        comparison.equal(1, 1 + 1e-11, "far")
        comparison.equal(Double.nan, 0, "nan against 0")
        comparison.equal(0, .nan, "0 against nan")
        comparison.equal([1.0], [1, 2], "count")
        comparison.equal("a", "b", "text")
        comparison.equalBytes("\u{e9}", "e\u{301}", "canonically equal bytes")
        comparison.equal(JSON.string("error"), "no error") { () throws(HornetError) in 1 }
        #expect(comparison.differences.count == 7)
    }
}
