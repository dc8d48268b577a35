/// A phrase made ready to be written: literal text and places to fill.
///
/// Phrases are written with slots in braces:
///
/// | Slot | Gives |
/// |---|---|
/// | `{plant}` | one of the words listed under `plant` |
/// | `{a plant}` | the same behind "a" or "an" |
/// | `{plural plant}` | its plural |
/// | `{count plant}` | a number and the plural: "three plants" |
/// | `{3-40}` | a whole number from 3 through 40 |
/// | `{city}`, `{state}` | the document's place, the same throughout it |
///
/// A listed word may itself hold slots.
struct Template {
    enum Piece {
        case text([UInt8])
        /// One of the templates at this place of `PhraseBook.choices`.
        case choice(Int)
        case number(ClosedRange<Int>)
        case city
        case state
    }

    var pieces: [Piece]
}

extension Template {
    /// Cuts `phrase` at its braces and asks `resolve` for the piece of each slot.
    init(_ phrase: String, resolve: (_ slot: String) -> [Piece]) {
        pieces = []
        var rest = phrase[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                preconditionFailure("brace not closed in \"\(phrase)\"")
            }
            if open > rest.startIndex { pieces.append(.text(Array(rest[..<open].utf8))) }
            pieces += resolve(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
    }
}
