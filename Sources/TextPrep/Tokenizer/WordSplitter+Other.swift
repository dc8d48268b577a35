/// Other words than those between single separators.
extension WordSplitter {
    /// Keras' `char_level`, which filters nothing.
    @inline(never)
    func forEachCharacter(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace, _ body: (WordBatch) -> Void
    ) {
        let (target, edges) = (workspace.text, workspace.edges)
        var filled = 0
        var count = 0
        func append(_ scalar: UInt32) {
            var (bytes, length) = encodeScalar(scalar)
            edges[2 * count] = UInt32(filled)
            while length > 0 {
                target[filled] = UInt8(truncatingIfNeeded: bytes)
                bytes >>= 8
                filled += 1
                length -= 1
            }
            edges[2 * count + 1] = UInt32(filled)
            count += 1
        }
        var position = 0
        while position < text.count {
            let (first, second, length) = lowered(text, at: position)
            append(first)
            if let second { append(second) }
            position += length
            if count + 2 > workspace.wordCapacity || filled + 8 > workspace.capacity {
                body(workspace.batch(of: count))
                (filled, count) = (0, 0)
            }
        }
        if count > 0 { body(workspace.batch(of: count)) }
    }

    /// The general case in three steps: lower case, filters, a search for the split string.
    @inline(never)
    func forEachWordByLongSplit(in text: UnsafeBufferPointer<UInt8>, _ body: (WordBatch) -> Void) {
        let split = longSplit!
        var filtered: [UInt8] = []
        withLowered(text) { text in
            filtered.reserveCapacity(text.count)
            var position = 0
            while position < text.count {
                let (scalar, length) = decodeScalar(text, at: position)
                filtered += isSeparator(scalar) ? split[...] : ArraySlice(text[position..<position + length])
                position += length
            }
        }
        filtered.withUnsafeBufferPointer { filtered in
            var wordStart = 0
            var position = 0
            while position <= filtered.count {
                let isEnd = position == filtered.count
                if isEnd || filtered[position...].starts(with: split) {
                    if position > wordStart { hand(filtered.extracting(wordStart..<position), to: body) }
                    position += isEnd ? 1 : split.count
                    wordStart = position
                } else {
                    position += 1
                }
            }
        }
    }

    /// Calls `body` with the whole text as one word: Keras' list input, which filters nothing and keeps empty words.
    func asOneWord(_ text: UnsafeBufferPointer<UInt8>, _ body: (WordBatch) -> Void) {
        withLowered(text) { hand($0, to: body) }
    }

    /// A batch of one word.
    private func hand(_ word: UnsafeBufferPointer<UInt8>, to body: (WordBatch) -> Void) {
        withUnsafeBytes(of: (UInt32(0), UInt32(word.count))) { edges in
            withUnsafePointer(to: WordKey(word)) { key in
                withUnsafePointer(to: UInt8(0)) { nothing in
                    body(
                        WordBatch(
                            text: word.baseAddress ?? nothing,
                            edges: edges.baseAddress!.assumingMemoryBound(to: UInt32.self),
                            keys: UnsafeBufferPointer(start: key, count: 1)))
                }
            }
        }
    }

    private func withLowered(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard lower else { return body(text) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Lowercasing.capacity(text.count)) { target in
            let count = Lowercasing.lowercase(text, into: target)
            body(UnsafeBufferPointer(target.extracting(..<count)))
        }
    }
}
