#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `x` with `decimals` digits after the point, rounded as C's `%.4f` and Python's `f"{x:.4f}"` do: the exact
/// binary value to nearest, ties to even. `nan`, `inf` and `-inf` as Python writes them.
package func formatFixed(_ x: Double, decimals: Int) -> String {
    printed(x, decimals, "%.*f")
}

/// `x` in scientific notation, `1.2346e-05` for four decimals, as C's `%.4e` and Python's `f"{x:.4e}"`.
package func formatScientific(_ x: Double, decimals: Int) -> String {
    printed(x, decimals, "%.*e")
}

/// `x` with up to `digits` significant digits in the shorter notation, as C's `%.6g` and Python's `f"{x:.6g}"`.
package func formatGeneral(_ x: Double, digits: Int) -> String {
    printed(x, digits, "%.*g")
}

private func printed(_ x: Double, _ digits: Int, _ format: String) -> String {
    require((0...1000).contains(digits), "format", "\(digits) digits were asked for; 0 to 1000 are possible")
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    // The longest double has 309 digits before the point, a sign and the point.
    let text = withUnsafeTemporaryAllocation(byteCount: digits + 320, alignment: 1) { buffer in
        let start = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
        let count = withVaList([Int32(digits), x]) { vsnprintf(start, buffer.count, format, $0) }
        return String(decoding: buffer[..<Int(count)], as: UTF8.self)
    }
    return pointed(text)
}

/// The host program's locale may have set another decimal mark.
private func pointed(_ text: String) -> String {
    func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"): true
        default: false
        }
    }
    guard let mark = text.utf8.firstIndex(where: { !isPlain($0) }),
        let last = text.utf8.lastIndex(where: { !isPlain($0) })
    else { return text }
    return text[..<mark] + "." + text[text.utf8.index(after: last)...]
}

/// `1288646` as `1,288,646`.
package func withCommas(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (position, digit) in digits.utf8.enumerated() {
        if position > 0 && (digits.utf8.count - position).isMultiple(of: 3) { result += "," }
        result.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return result
}

/// A size in bytes as Keras' `summary()` writes it: two decimals, units of 1024, `4.92 MB`.
package func formatByteSize(_ byteCount: Int) -> String {
    var size = Double(byteCount)
    let units = ["B", "KB", "MB", "GB", "TB", "PB"]
    for unit in units {
        if size / 1024 < 1 { return "\(formatFixed(size, decimals: 2)) \(unit)" }
        size /= 1024
    }
    return "\(formatFixed(size, decimals: 2)) \(units.last!)"
}
