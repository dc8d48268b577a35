import CHornetKernels

/// Cuts documents into words as Keras' `text_to_word_sequence` does: lower case, each filtered character becomes the
/// split string, cut at the split string, drop empty words. Or as scikit-learn's vectorizers do: lower case, strip accents,
/// keep letters and digits.
///
/// When the split string is one character, as it nearly always is, kernels do all of that to ASCII, and hand back
/// single characters beyond it. Documents are valid UTF-8.
struct WordSplitter: Sendable {
    /// Stands for a separator in text that is in lower case.
    static let separator: UInt8 = 0xFF

    let lower: Bool
    let charLevel: Bool
    /// The split string when it is not one character.
    let longSplit: [UInt8]?
    /// The filtered characters, and a split string of one: those of ASCII as `hornet_lower_text` wants them, then the
    /// others.
    private var separatorsInASCII = SIMD16<UInt8>()
    private let separatorsBeyondASCII: Separators
    private let stripAccents: AccentStripping?
    /// Whether words of a single character are left out.
    private let dropsLetters: Bool
    private let caseTable = CaseTable.shared
    private let wordScalars = WordScalars.shared
    private let accentTable = AccentTable.shared

    private enum Separators {
        case these(Set<UInt32>)
        case allButLetters
    }

    /// `split` is not empty, unless every character is a word.
    init(filters: String, lower: Bool, split: String, charLevel: Bool = false) {
        var separators = Set(filters.unicodeScalars.map(\.value))
        let hasShortSplit = split.unicodeScalars.count == 1
        if hasShortSplit { separators.formUnion(split.unicodeScalars.map(\.value)) }
        self.lower = lower
        self.charLevel = charLevel
        longSplit = hasShortSplit ? nil : Array(split.utf8)
        separatorsBeyondASCII = .these(separators.filter { $0 >= 0x80 })
        stripAccents = nil
        dropsLetters = false
        separate { separators.contains($0) }
    }

    /// Words of letters, digits and underscores, at least two unless `keepsLetters`.
    init(lower: Bool, stripAccents: AccentStripping?, keepsLetters: Bool) {
        self.lower = lower
        charLevel = false
        longSplit = nil
        separatorsBeyondASCII = .allButLetters
        self.stripAccents = stripAccents
        dropsLetters = !keepsLetters
        let words = wordScalars
        separate { !words.contains($0) }
    }

    /// Notes which characters of ASCII are separators.
    private mutating func separate(_ isSeparator: (UInt32) -> Bool) {
        for byte in UInt32(0)..<0x80 {
            let isCapital = lower && (0x41...0x5A).contains(byte)
            guard isSeparator(isCapital ? byte + 0x20 : byte) else { continue }
            separatorsInASCII[Int(byte & 15)] |= 1 << UInt8(byte >> 4)
        }
    }

    /// Calls `body` with the words of `text`, batch after batch.
    @inline(__always)
    func forEachBatch(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace, _ body: (WordBatch) -> Void
    ) {
        if charLevel { return forEachCharacter(in: text, &workspace, body) }
        if longSplit != nil { return forEachWordByLongSplit(in: text, body) }
        withUnsafeBytes(of: separatorsInASCII) { separators in
            var position = 0
            var filled = 0
            repeat {
                fill(&workspace, &filled, from: text, &position, separators.baseAddress!)
                // The end of the text ends a word.
                workspace.text[filled] = Self.separator
                let end = filled + (position == text.count ? 1 : 0)
                let edgeCount = hornet_word_edges(workspace.text, end, workspace.edges)
                // A word that goes on in the next piece of text is moved to the front.
                let start = edgeCount & 1 == 0 ? filled : Int(workspace.edges[edgeCount - 1])
                let wordCount = dropsLetters ? dropLetters(edgeCount / 2, workspace) : edgeCount / 2
                if wordCount > 0 { body(workspace.batch(of: wordCount)) }
                filled -= start
                if filled > 0 { workspace.text.update(from: workspace.text + start, count: filled) }
                if 2 * filled > workspace.capacity { workspace.grow(keeping: filled) }
            } while position < text.count
        }
    }

    /// Appends `text` from `position` on in lower case, separators marked, until there is no more room.
    @inline(__always)
    private func fill(
        _ workspace: inout SplitWorkspace, _ filled: inout Int, from text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int, _ separators: UnsafeRawPointer
    ) {
        let (target, capacity) = (workspace.text, workspace.capacity)
        while true {
            let count = min(text.count &- position, capacity &- filled)
            guard count > 0 else { return }
            let done = hornet_lower_text(
                text.baseAddress! + position, count, separators.assumingMemoryBound(to: UInt8.self), lower ? 1 : 0,
                target + filled)
            position &+= done
            filled &+= done
            // One character may become some bytes more than there is room for (33 without accents); that much there is.
            if done < count { appendBeyondASCII(text, &position, to: target, &filled, upTo: capacity) }
        }
    }

    /// Appends characters up to the next one of ASCII.
    @inline(never)
    private func appendBeyondASCII(
        _ text: UnsafeBufferPointer<UInt8>, _ position: inout Int, to target: UnsafeMutablePointer<UInt8>,
        _ filled: inout Int, upTo capacity: Int
    ) {
        while position < text.count, text[position] >= 0x80, filled < capacity {
            let (first, second, length) = lowered(text, at: position)
            strip(first) { append($0, to: target, &filled) }
            if let second { strip(second) { append($0, to: target, &filled) } }
            position &+= length
        }
    }

    /// Hands a scalar, or what is left of it without accents, to `body`.
    @inline(__always)
    func strip(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        guard let stripAccents else { return body(scalar) }
        accentTable.strip(scalar, stripAccents, body)
    }

    /// Leaves those of the first `count` words by their edges that have more than one character; returns their number.
    private func dropLetters(_ count: Int, _ workspace: borrowing SplitWorkspace) -> Int {
        let (text, edges) = (workspace.text, workspace.edges)
        var kept = 0
        for index in 0..<count {
            let (begin, end) = (edges[2 &* index], edges[2 &* index &+ 1])
            edges[2 &* kept] = begin
            edges[2 &* kept &+ 1] = end
            kept &+= Int(end &- begin) > Self.lengthOfScalar(text[Int(begin)]) ? 1 : 0
        }
        return kept
    }

    /// A lead byte has as many ones in front as its character has bytes, one has none.
    @inline(__always)
    private static func lengthOfScalar(_ lead: UInt8) -> Int { max((~lead).leadingZeroBitCount, 1) }

    /// Whether a word is not left out for being a single character.
    func keeps(_ word: ArraySlice<UInt8>) -> Bool { !dropsLetters || word.count > Self.lengthOfScalar(word.first!) }

    @inline(__always)
    private func append(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>, _ filled: inout Int) {
        if isSeparator(scalar) {
            target[filled] = Self.separator
            filled &+= 1
        } else {
            let (bytes, count) = encodeScalar(scalar)
            UnsafeMutableRawPointer(target + filled).storeBytes(
                of: UInt32(truncatingIfNeeded: bytes).littleEndian, as: UInt32.self)
            filled &+= count
        }
    }

    /// The scalar at `position`, or what it becomes in lower case.
    @inline(__always)
    func lowered(
        _ text: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (first: UInt32, second: UInt32?, length: Int) {
        if lower { return Lowercasing.lowercase(text, at: position, caseTable) }
        let (scalar, length) = decodeScalar(text, at: position)
        return (scalar, nil, length)
    }

    /// Whether a scalar that is in lower case already ends words.
    @inline(__always)
    func isSeparator(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return separatorsInASCII[Int(scalar & 15)] >> UInt8(scalar >> 4) & 1 == 1 }
        switch separatorsBeyondASCII {
        case .these(let separators): return !separators.isEmpty && separators.contains(scalar)
        case .allButLetters: return !wordScalars.contains(scalar)
        }
    }
}
