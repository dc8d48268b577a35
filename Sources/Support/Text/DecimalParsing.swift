/// The number that `text` spells in decimal, `-12.5e-3`; `nil` when it is none, or more than a number. Rounded to the
/// nearest Double, as `strtod` does, without the locale.
package func decimal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var at = 0
    var magnitude: UInt64 = 0
    var digits = 0
    var exponent = 0
    // A count of significant digits that fits `magnitude`; what comes behind is left to the long way.
    var isShort = true

    func isDigit() -> Bool { at < text.count && text[at] &- 0x30 < 10 }
    func takeDigits(_ step: Int) -> Bool {
        let start = at
        while isDigit() {
            if magnitude < 100_000_000_000_000_000 {
                magnitude = 10 * magnitude + UInt64(text[at] & 0xF)
                exponent -= step
            } else {
                isShort = false
            }
            at += 1
        }
        digits += at - start
        return at > start
    }

    var isNegative = false
    if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
        isNegative = text[at] == UInt8(ascii: "-")
        at += 1
    }
    _ = takeDigits(0)
    if at < text.count, text[at] == UInt8(ascii: ".") {
        at += 1
        _ = takeDigits(1)
    }
    guard digits > 0 else { return nil }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
        at += 1
        var isDown = false
        if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isDown = text[at] == UInt8(ascii: "-")
            at += 1
        }
        guard isDigit() else { return nil }
        var power = 0
        while isDigit() {
            power = min(10 * power + Int(text[at] & 0xF), 100_000)
            at += 1
        }
        exponent += isDown ? -power : power
    }
    guard at == text.count else { return nil }
    // Both factors are exact, so that there is one rounding.
    if isShort, magnitude < 1 << 53, exponent.magnitude <= 22 {
        let power = powersOfTen[Int(exponent.magnitude)]
        let value = exponent < 0 ? Double(magnitude) / power : Double(magnitude) * power
        return isNegative ? -value : value
    }
    return Double(String(decoding: text, as: UTF8.self))
}

/// 10⁰ … 10²², all exact.
private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]
