import HornetSupport

/// Cuts documents into words as Keras' `text_to_word_sequence` does: lower case, each filtered character becomes the
/// split string, cut at the split string, drop empty words.
///
/// When the split string is one character, as it nearly always is, all of that happens in one pass: every byte of ASCII
/// costs one look in a table. Documents are valid UTF-8.
struct WordSplitter: Sendable {
    /// Marks a byte that ends a word, and a byte that begins a scalar beyond ASCII.
    private static let separator: UInt8 = 0xFF
    private static let beyondASCII: UInt8 = 0x80

    /// For each byte: the byte that it becomes in a word, or one of the two marks.
    private let byteClasses: [UInt8]
    /// The filtered characters beyond ASCII, and such a split character.
    private let separators: Set<UInt32>
    private let lower: Bool
    /// The split string when it is not one character.
    private let longSplit: [UInt8]?
    private let charLevel: Bool
    private let caseTable = CaseTable.shared

    /// `split` is not empty, unless every character is a word.
    init(filters: String, lower: Bool, split: String, charLevel: Bool = false) {
        var separators = Set(filters.unicodeScalars.map(\.value))
        let hasShortSplit = split.unicodeScalars.count == 1
        if hasShortSplit { separators.formUnion(split.unicodeScalars.map(\.value)) }
        byteClasses = (0..<256).map { byte in
            guard byte < 0x80 else { return Self.beyondASCII }
            let isCapital = lower && byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            let character = isCapital ? byte + 0x20 : byte
            return separators.contains(UInt32(character)) ? Self.separator : UInt8(character)
        }
        self.separators = separators.filter { $0 >= 0x80 }
        self.lower = lower
        self.charLevel = charLevel
        longSplit = hasShortSplit ? nil : Array(split.utf8)
    }

    /// Calls `body` with the words of `text`, batch after batch.
    @inline(__always)
    func forEachBatch(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace,
        _ body: (UnsafeBufferPointer<Word>) -> Void
    ) {
        if charLevel { return forEachCharacter(in: text, &workspace, body) }
        if longSplit != nil { return forEachWordByLongSplit(in: text, &workspace, body) }
        workspace.withBatchMemory(forTextOf: text.count) { bytes, words in
            byteClasses.withUnsafeBufferPointer { classes in
                // A variable of this scope, so that the word being built stays in registers.
                var batch = WordBatch(bytes: bytes, words: words)
                var position = 0
                while true {
                    position = batch.append(text, from: position, classes: classes)
                    guard position < text.count else { break }
                    if classes[Int(text[position])] == Self.separator {
                        batch.endWord()
                        position += 1
                    } else {
                        let piece = piece(text, at: position)
                        if piece.endsBefore { batch.endWord() }
                        if batch.isFull { flush(&batch, body) }
                        batch.append(piece.bytes, count: piece.count)
                        if piece.endsAfter { batch.endWord() }
                        position += piece.length
                    }
                    if batch.isFull { flush(&batch, body) }
                }
                batch.endWord()
                if !batch.finished.isEmpty { body(batch.finished) }
            }
        }
    }

    @inline(__always)
    private func flush(_ batch: inout WordBatch, _ body: (UnsafeBufferPointer<Word>) -> Void) {
        body(batch.finished)
        batch.clear()
    }

    /// What a scalar beyond ASCII adds to a word, and whether it ends the word before or after that.
    private struct Piece {
        /// The length of the scalar in the text.
        let length: Int
        var bytes: UInt64 = 0
        var count = 0
        var endsBefore = false
        var endsAfter = false
    }

    @inline(never)
    private func piece(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Piece {
        let (first, second, length) = lowered(text, at: position)
        var piece = Piece(length: length)
        if isSeparator(first) { piece.endsBefore = true } else { (piece.bytes, piece.count) = encodeScalar(first) }
        if let second {
            if isSeparator(second) {
                piece.endsAfter = true
            } else {
                let (bytes, count) = encodeScalar(second)
                piece.bytes |= bytes << UInt64(8 * piece.count)
                piece.count += count
            }
        }
        return piece
    }

    @inline(__always)
    private func lowered(
        _ text: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (first: UInt32, second: UInt32?, length: Int) {
        if lower { return Lowercasing.lowercase(text, at: position, caseTable) }
        let (scalar, length) = decodeScalar(text, at: position)
        return (scalar, nil, length)
    }

    /// Whether a scalar that is in lower case already ends words.
    private func isSeparator(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return byteClasses[Int(scalar)] == Self.separator }
        return !separators.isEmpty && separators.contains(scalar)
    }

    /// The general case in three steps: lower case, filters, a search for the split string.
    @inline(never)
    private func forEachWordByLongSplit(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace,
        _ body: (UnsafeBufferPointer<Word>) -> Void
    ) {
        let split = longSplit!
        var filtered: [UInt8] = []
        withLowered(text, &workspace) { text in
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

    // MARK: Other words than those between separators

    /// Keras' `char_level`, which filters nothing.
    private func forEachCharacter(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace,
        _ body: (UnsafeBufferPointer<Word>) -> Void
    ) {
        withLowered(text, &workspace) { text in
            var position = 0
            while position < text.count {
                let end = position + decodeScalar(text, at: position).length
                hand(text.extracting(position..<end), to: body)
                position = end
            }
        }
    }

    /// Calls `body` with the whole text as one word: Keras' list input, which filters nothing and keeps empty words.
    func asOneWord(
        _ text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace,
        _ body: (UnsafeBufferPointer<Word>) -> Void
    ) {
        withLowered(text, &workspace) { hand($0, to: body) }
    }

    /// A batch of one word.
    private func hand(_ bytes: UnsafeBufferPointer<UInt8>, to body: (UnsafeBufferPointer<Word>) -> Void) {
        withUnsafePointer(to: Word(bytes)) { body(UnsafeBufferPointer(start: $0, count: 1)) }
    }

    private func withLowered(
        _ text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        guard lower else { return body(text) }
        workspace.withBytes(Lowercasing.capacity(text.count)) { buffer in
            let target = buffer.bindMemory(to: UInt8.self)
            let count = Lowercasing.lowercase(text, into: target)
            body(UnsafeBufferPointer(target.extracting(..<count)))
        }
    }
}
