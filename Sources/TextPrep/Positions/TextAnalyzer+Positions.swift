/// A feature that occurs in a text: its words or characters, and the bytes of the text that those were made of.
struct LocatedTerm {
    /// The words of a run; the characters of one, as a single element.
    var parts: [[UInt8]]
    /// Of each word or character that is no white space.
    var ranges: [Range<Int>]
}

extension TextAnalyzer {
    /// All features of a text as ``forEachTerm(in:_:_:)`` hands them on, in any order, with their places; `nil` where a
    /// function of the user's finds them.
    func located(in text: UnsafeBufferPointer<UInt8>) -> [LocatedTerm]? {
        switch analyzer {
        case .custom: nil
        case .char: runs(of: characters(of: text))
        case .charWithinWords: runsWithinWords(characters(of: text))
        case .word: findsWords ? wordRuns(in: text) : nil
        }
    }

    private func wordRuns(in text: UnsafeBufferPointer<UInt8>) -> [LocatedTerm] {
        let words = splitter.located(in: text).filter { word in
            word.bytes.withUnsafeBufferPointer { !isStop($0) }
        }
        return forEachRun(of: words.count) { run in
            LocatedTerm(parts: words[run].map(\.bytes), ranges: words[run].map(\.range))
        }
    }

    /// A character, and whether it is white space. What lies at the ends of words, and in no text, has no range.
    private struct Character {
        var bytes: [UInt8]
        var range: Range<Int>?
        var isSpace: Bool

        static let space = Character(bytes: [UInt8(ascii: " ")], range: nil, isSpace: true)
    }

    private func characters(of text: UnsafeBufferPointer<UInt8>) -> [Character] {
        var found: [Character] = []
        splitter.forEachLocatedScalar(of: text) { scalar, range in
            let isSpace = WordScalars.isSpace(scalar)
            if isSpace, let last = found.last, last.isSpace {
                found[found.count - 1].bytes = Character.space.bytes
            } else {
                found.append(Character(bytes: scalarBytes(scalar), range: isSpace ? nil : range, isSpace: isSpace))
            }
        }
        return found
    }

    private func runs(of characters: [Character]) -> [LocatedTerm] {
        forEachRun(of: characters.count) { term(characters[$0]) }
    }

    private func runsWithinWords(_ characters: [Character]) -> [LocatedTerm] {
        characters.split(whereSeparator: \.isSpace).flatMap { word in
            let padded = [.space] + word + [.space]
            var found: [LocatedTerm] = []
            for size in ngramRange {
                // A word that is shorter than the run counts whole, once.
                if size >= padded.count {
                    found.append(term(padded[...]))
                    break
                }
                for first in 0...padded.count - size { found.append(term(padded[first..<first + size])) }
            }
            return found
        }
    }

    private func term(_ characters: ArraySlice<Character>) -> LocatedTerm {
        LocatedTerm(parts: [characters.flatMap(\.bytes)], ranges: characters.compactMap(\.range))
    }

    private func forEachRun(of count: Int, _ term: (Range<Int>) -> LocatedTerm) -> [LocatedTerm] {
        ngramRange.filter { $0 <= count }.flatMap { size in (0...count - size).map { term($0..<$0 + size) } }
    }
}
