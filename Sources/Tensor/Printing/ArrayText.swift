/// The text of an array as NumPy lays it out: brackets an axis, elements in columns, lines of 75 characters, and three
/// entries from each end of an axis when there are more than 1000 elements in all.
struct ArrayText<Element> {
    private static var lineWidth: Int { 75 }
    private static var threshold: Int { 1000 }
    private static var edge: Int { 3 }

    let shape: [Int]
    let elements: UnsafePointer<Element>
    let separator: String
    /// The columns that stand before the first bracket, and those behind the last.
    let before, behind: Int

    private var count: Int { shape.reduce(1, *) }
    private var isSummarized: Bool { count > ArrayText.threshold }

    /// The elements that are shown, from which the format follows.
    var shown: [Element] {
        var result: [Element] = []
        func collect(_ axis: Int, _ start: Int) {
            guard axis < shape.count else { return result.append(elements[start]) }
            for i in entries(axis) where i >= 0 { collect(axis + 1, start * shape[axis] + i) }
        }
        collect(0, 0)
        return result
    }

    /// The entries of an axis that are shown; -1 where some are left out.
    private func entries(_ axis: Int) -> [Int] {
        let (size, edge) = (shape[axis], ArrayText.edge)
        guard isSummarized && size > 2 * edge else { return Array(0..<size) }
        return Array(0..<edge) + [-1] + Array(size - edge..<size)
    }

    func text(_ format: (Element) -> String) -> String {
        guard count > 0 else { return "[]" }
        guard !shape.isEmpty else { return format(elements[0]) }
        let indent = String(repeating: " ", count: before + 1)
        return block(0, 0, indent: indent, width: ArrayText.lineWidth - behind, format)
    }

    /// The entries of `axis` under the one that starts with element `start`, in brackets. The first line has no indent: there
    /// the brackets of the outer axes stand.
    private func block(
        _ axis: Int, _ start: Int, indent: String, width: Int, _ format: (Element) -> String
    ) -> String {
        let entries = entries(axis)
        guard axis < shape.count - 1 else {
            return line(entries.map { $0 < 0 ? "..." : format(elements[start * shape[axis] + $0]) }, indent, width)
        }
        let bare = separator.hasSuffix(" ") ? String(separator.dropLast()) : separator
        let gap = bare + String(repeating: "\n", count: shape.count - 1 - axis) + indent
        let parts = entries.map {
            $0 < 0 ? "..." : block(axis + 1, start * shape[axis] + $0, indent: indent + " ", width: width - 1, format)
        }
        return "[" + parts.joined(separator: gap) + "]"
    }

    /// The last axis, on as many lines as it takes.
    private func line(_ words: [String], _ indent: String, _ width: Int) -> String {
        // Room for a separator or the bracket.
        let room = width - 1
        var text = "["
        var used = indent.utf8.count
        for (place, word) in words.enumerated() {
            if used + word.utf8.count > room && used > indent.utf8.count {
                while text.hasSuffix(" ") { text.removeLast() }
                text += "\n" + indent
                used = indent.utf8.count
            }
            text += word
            used += word.utf8.count
            if place < words.count - 1 {
                text += separator
                used += separator.utf8.count
            }
        }
        return text + "]"
    }

    /// `array(…, dtype=…)`: what names the shape where the text does not show it.
    static func representation(_ text: String, of shape: [Int], type: String) -> String {
        let start = "array(" + text + ","
        let count = shape.reduce(1, *)
        var extra = "dtype=\(type))"
        if count == 0 && shape != [0] || count > threshold {
            let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
            extra = "shape=(\(sizes)), " + extra
        }
        let lastLine = start.utf8.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
        let fits = lastLine + extra.utf8.count + 1 <= lineWidth
        return start + (fits ? " " : "\n" + String(repeating: " ", count: "array(".utf8.count)) + extra
    }
}
