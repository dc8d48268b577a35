import HornetSupport

extension Column {
    /// Cuts every row at `separator`, as for a column of labels: `"Finance|Economy"` gives
    /// `["Finance", "Economy"]`.
    ///
    /// White space (ASCII) around a part and empty parts are dropped, so an empty field gives no label.
    /// `verbatim: true` keeps both, as Python's and pandas' `str.split` do. Traps on an empty separator.
    public func splitting(on separator: String, verbatim: Bool = false) -> [[String]] {
        let pattern = Array(separator.utf8)
        require(!pattern.isEmpty, "splitting", "the separator is empty")
        return indices.map { row in
            withUTF8(at: row) { parts(of: $0, pattern, verbatim) }
        }
    }
}

private func parts(of text: UnsafeBufferPointer<UInt8>, _ pattern: [UInt8], _ verbatim: Bool) -> [String] {
    var result: [String] = []
    func add(_ part: Slice<UnsafeBufferPointer<UInt8>>) {
        let kept = verbatim ? part : trimmed(part)
        if verbatim || !kept.isEmpty { result.append(String(decoding: kept, as: UTF8.self)) }
    }
    var partStart = 0
    var position = 0
    while position + pattern.count <= text.count {
        if text[position] == pattern[0] && text[position..<position + pattern.count].elementsEqual(pattern) {
            add(text[partStart..<position])
            position += pattern.count
            partStart = position
        } else {
            position += 1
        }
    }
    add(text[partStart...])
    return result
}

private func trimmed(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = part.firstIndex(where: { !isSpace($0) }), let last = part.lastIndex(where: { !isSpace($0) })
    else { return part.prefix(0) }
    return part[first...last]
}
