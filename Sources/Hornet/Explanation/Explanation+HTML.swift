import HornetSupport

extension Explanation {
    /// The text with its words coloured by their contributions, green for the label and red against it, as a `<div>` that
    /// needs no style sheet and runs nothing. Whatever is in the text is escaped.
    public var html: String {
        let largest = pieces.map(\.contribution.magnitude).max() ?? 0
        var marked = ""
        var end = text.startIndex
        for piece in pieces {
            let range = range(of: piece)
            marked += escapedMarkup(text[end..<range.lowerBound]) + span(piece, largest)
            end = range.upperBound
        }
        marked += escapedMarkup(text[end...])
        return """
            <div style="font-family:sans-serif;line-height:1.6">
            <p><b>\(escapedMarkup(headline))</b><br>\(escapedMarkup(sumLine))</p>
            <p style="white-space:pre-wrap">\(marked)</p>
            </div>
            """
    }

    private func span(_ piece: Piece, _ largest: Double) -> String {
        guard largest > 0, piece.contribution != 0 else { return escapedMarkup(piece.text) }
        let share = formatFixed(piece.contribution.magnitude / largest, decimals: 2)
        let color = piece.contribution > 0 ? "46,160,67" : "218,54,51"
        let figure = (piece.contribution > 0 ? "+" : "") + formatFixed(piece.contribution, decimals: 4)
        return "<span style=\"background:rgba(\(color),\(share))\" title=\"\(figure)\">\(escapedMarkup(piece.text))</span>"
    }
}
