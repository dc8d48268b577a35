import HornetSupport

/// The magnitude of a finite number in the fewest digits that read back the same: `d.ddd · 10^exponent`.
struct ShortestDecimal {
    private let magnitude: Float
    private let isNegative: Bool
    /// Without zeros in front and behind; one 0 for 0.
    private var digits: [UInt8] = []
    private var exponent = 0

    init(_ number: Float) {
        (magnitude, isNegative) = (number.magnitude, number.sign == .minus)
        let zero = UInt8(ascii: "0")
        var point: Int?
        var text = Array(magnitude.description.utf8)[...]
        if let e = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(decoding: text[(e + 1)...], as: UTF8.self))!
            text = text[..<e]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
        }
        let front = digits.prefix { $0 == zero }.count
        guard front < digits.count else {
            (digits, exponent) = ([zero], 0)
            return
        }
        exponent += (point ?? digits.count) - 1 - front
        digits.removeFirst(front)
        while digits.last == zero { digits.removeLast() }
    }

    private var sign: String { isNegative ? "-" : "" }

    /// `123.25`, with the point and at most `places` digits behind it: where the shortest has more, the exact value is
    /// rounded.
    func positional(atMost places: Int) -> String {
        if digits.count - 1 - exponent > places {
            var text = formatFixed(Double(magnitude), decimals: places)
            while text.hasSuffix("0") { text.removeLast() }
            return sign + text
        }
        let zero = UInt8(ascii: "0")
        var text = [UInt8](repeating: zero, count: Swift.max(0, -exponent)) + digits
        let whole = Swift.max(exponent, 0) + 1
        if text.count < whole { text += [UInt8](repeating: zero, count: whole - text.count) }
        text.insert(UInt8(ascii: "."), at: whole)
        return sign + String(decoding: text, as: UTF8.self)
    }

    /// The digits behind the point of `d.ddd`.
    var fractionDigits: Int { digits.count - 1 }

    /// `1.25e+02` with `places` digits behind the point. Where the shortest has fewer, those of the exact value follow, as
    /// NumPy writes them.
    func scientific(_ places: Int) -> String {
        if digits.count - 1 < places { return sign + formatScientific(Double(magnitude), decimals: places) }
        var text = digits
        text.insert(UInt8(ascii: "."), at: 1)
        return sign + String(decoding: text, as: UTF8.self) + power
    }

    private var power: String {
        "e" + (exponent < 0 ? "-" : "+") + (exponent.magnitude < 10 ? "0" : "") + String(exponent.magnitude)
    }

    /// As Python prints a number: `1.0`, `0.001`, `1e-05`.
    var alone: String {
        if magnitude != 0 && (magnitude >= 1e6 || Double(magnitude) < 1e-4) {
            return digits.count == 1 ? sign + String(decoding: digits, as: UTF8.self) + power : scientific(fractionDigits)
        }
        let text = positional(atMost: .max)
        return text.hasSuffix(".") ? text + "0" : text
    }
}
