/// A word that a splitter found, and the bytes of the text that it was made of.
struct LocatedWord {
    /// In lower case, without accents, as far as the splitter does that.
    var bytes: [UInt8] = []
    var range: Range<Int>
}

extension WordSplitter {
    /// The words of a text as ``forEachBatch(in:_:_:)`` hands them on, with their places. Scalar by scalar, for few texts:
    /// nothing of it is in the way of those that need no places.
    func located(in text: UnsafeBufferPointer<UInt8>) -> [LocatedWord] {
        charLevel ? characters(of: text) : words(of: text)
    }

    /// Every scalar in lower case; two may come from one.
    private func characters(of text: UnsafeBufferPointer<UInt8>) -> [LocatedWord] {
        var found: [LocatedWord] = []
        forEachLocatedScalar(of: text) { scalar, range in
            found.append(LocatedWord(bytes: scalarBytes(scalar), range: range))
        }
        return found
    }

    private func words(of text: UnsafeBufferPointer<UInt8>) -> [LocatedWord] {
        let split = longSplit ?? [Self.separator]
        var bytes: [UInt8] = []
        // The part of the text that each byte comes from.
        var ranges: [Range<Int>] = []
        forEachLocatedScalar(of: text) { scalar, range in
            let new = isSeparator(scalar) ? split : scalarBytes(scalar)
            bytes += new
            ranges += repeatElement(range, count: new.count)
        }
        var found: [LocatedWord] = []
        var (start, position) = (0, 0)
        while position <= bytes.count {
            guard position == bytes.count || bytes[position...].starts(with: split) else {
                position += 1
                continue
            }
            if position > start, keeps(bytes[start..<position]) {
                found.append(
                    LocatedWord(
                        bytes: Array(bytes[start..<position]),
                        range: ranges[start].lowerBound..<ranges[position - 1].upperBound))
            }
            position += position == bytes.count ? 1 : split.count
            start = position
        }
        return found
    }

    /// Hands each scalar of the text, in lower case and without accents, to `body`, with the bytes it comes from.
    func forEachLocatedScalar(of text: UnsafeBufferPointer<UInt8>, _ body: (UInt32, Range<Int>) -> Void) {
        var position = 0
        while position < text.count {
            let (first, second, length) = lowered(text, at: position)
            let range = position..<position + length
            strip(first) { body($0, range) }
            if let second { strip(second) { body($0, range) } }
            position += length
        }
    }
}

/// A scalar in UTF-8.
func scalarBytes(_ scalar: UInt32) -> [UInt8] {
    let (bytes, count) = encodeScalar(scalar)
    return (0..<count).map { UInt8(truncatingIfNeeded: bytes >> UInt64(8 * $0)) }
}
