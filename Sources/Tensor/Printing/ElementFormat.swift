/// How all elements of an array are written so that they stand in columns: NumPy's choice for what is shown.
struct FloatFormat {
    private enum Notation {
        /// `123.25`
        case positional
        /// `1.2325e+02`, with so many digits behind the point
        case scientific(Int)
    }

    /// NumPy's default `precision`.
    private static let precision = 8

    private var notation = Notation.positional
    /// The widest text before and behind the point.
    private var left = 0, right = 0

    init(_ shown: [Float]) {
        let finite = shown.filter(\.isFinite)
        let nonzero = finite.lazy.filter { $0 != 0 }.map(\.magnitude)
        if let largest = nonzero.max(), let smallest = nonzero.min(),
            largest >= 1e6 || smallest < 0.0001 || largest / smallest > 1000
        {
            let digits = finite.map { ShortestDecimal($0).fractionDigits }.max()!
            notation = .scientific(digits)
            left = finite.contains { $0.sign == .minus } ? 2 : 1
            let power = 4
            right = digits + power
        } else {
            for number in finite {
                let text = ShortestDecimal(number).positional(atMost: FloatFormat.precision).utf8
                let whole = text.prefix { $0 != UInt8(ascii: ".") }.count
                left = Swift.max(left, whole)
                right = Swift.max(right, text.count - whole - 1)
            }
        }
        if finite.count < shown.count {
            // Names take the room of the digits, and what they need beyond it.
            let name = shown.contains(-.infinity) ? 4 : 3
            left = Swift.max(left, name - right - 1)
        }
    }

    func text(_ number: Float) -> String {
        let width = left + right + 1
        guard number.isFinite else {
            let name = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
            return String(repeating: " ", count: width - name.utf8.count) + name
        }
        let decimal = ShortestDecimal(number)
        switch notation {
        case .scientific(let digits):
            let text = decimal.scientific(digits)
            return String(repeating: " ", count: width - text.utf8.count) + text
        case .positional:
            let text = decimal.positional(atMost: FloatFormat.precision)
            let whole = text.utf8.prefix { $0 != UInt8(ascii: ".") }.count
            let behind = right - (text.utf8.count - whole - 1)
            return String(repeating: " ", count: left - whole) + text + String(repeating: " ", count: behind)
        }
    }
}

/// Integers, flush right.
struct IntegerFormat {
    private let width: Int

    init(_ shown: [Int32]) {
        width = [shown.min(), shown.max()].compactMap { $0.map { String($0).utf8.count } }.max() ?? 0
    }

    func text(_ number: Int32) -> String {
        let text = String(number)
        return String(repeating: " ", count: width - text.utf8.count) + text
    }
}
