import HornetSupport

/// A text in pieces that contributions are added up in: the words that were found in it, and what else is no white space.
struct TextPieces {
    private let text: [UInt8]
    private(set) var ranges: [Range<Int>] = []
    private(set) var contributions: [Double]
    private(set) var elsewhere = 0.0
    /// The piece of each byte; −1 for white space between them.
    private var owners: [Int]
    private let isWord: [Bool]

    /// - Parameter words: Bytes of the text. Those that overlap become one piece.
    init(_ text: String, words: [Range<Int>]) {
        self.text = Array(text.utf8)
        owners = Array(repeating: -1, count: self.text.count)
        var merged: [Range<Int>] = []
        for word in words.sorted(by: { $0.lowerBound < $1.lowerBound }) where !word.isEmpty {
            if let last = merged.last, word.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, word.upperBound)
            } else {
                merged.append(word)
            }
        }
        // What is between them, cut at white space.
        var others: [Range<Int>] = []
        var (next, position, isOpen) = (0, 0, false)
        for scalar in text.unicodeScalars {
            let end = position + UTF8.width(scalar)
            while next < merged.count, merged[next].upperBound <= position { next += 1 }
            let isInside = next < merged.count && merged[next].contains(position)
            if isInside || scalar.properties.isWhitespace {
                isOpen = false
            } else {
                if isOpen { others[others.count - 1] = others.last!.lowerBound..<end } else { others.append(position..<end) }
                isOpen = true
            }
            position = end
        }
        let all = (merged.map { ($0, true) } + others.map { ($0, false) }).sorted { $0.0.lowerBound < $1.0.lowerBound }
        ranges = all.map(\.0)
        isWord = all.map(\.1)
        contributions = Array(repeating: 0, count: ranges.count)
        for (piece, range) in ranges.enumerated() {
            for byte in range { owners[byte] = piece }
        }
    }

    /// Adds to the piece that has the bytes, which are those of a word or of a character.
    mutating func add(_ contribution: Double, at bytes: Range<Int>) {
        let owner = bytes.isEmpty ? -1 : owners[bytes.lowerBound]
        if owner < 0 { elsewhere += contribution } else { contributions[owner] += contribution }
    }

    mutating func add(elsewhere contribution: Double) { elsewhere += contribution }

    /// The text without one piece.
    func text(without piece: Int) -> String {
        String(decoding: text[..<ranges[piece].lowerBound] + text[ranges[piece].upperBound...], as: UTF8.self)
    }

    /// Words, and what else contributes.
    var pieces: [Explanation.Piece] {
        ranges.indices.filter { isWord[$0] || contributions[$0] != 0 }.map { piece in
            Explanation.Piece(
                bytes: ranges[piece], text: String(decoding: text[ranges[piece]], as: UTF8.self),
                contribution: contributions[piece])
        }
    }
}
