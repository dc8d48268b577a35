import HornetSupport

extension Explanation: CustomStringConvertible {
    /// The words that count most, with their contributions and a bar for each; equal words together.
    public var description: String { lines(limit: 20).joined(separator: "\n") }

    private func lines(limit: Int) -> [String] {
        let words = sums.prefix(limit)
        let largest = words.map(\.sum.magnitude).max() ?? 0
        let width = words.map { $0.name.unicodeScalars.count }.max() ?? 0
        let rows = words.map { word in
            "  \(word.name.leftAligned(width)) \(signed(word.sum).rightAligned(8))\(bar(word.sum, of: largest))"
        }
        let rest = sums.dropFirst(limit)
        let others = rest.isEmpty ? [] : ["  and \(rest.count) more words: \(signed(rest.reduce(0) { $0 + $1.sum }))"]
        return [headline, sumLine] + rows + others
    }

    var headline: String {
        let sign = score > threshold ? ">" : "≤"
        return "\(label): score \(figure(Double(score))) \(sign) threshold \(figure(Double(threshold)))"
    }

    var sumLine: String {
        let words = pieces.reduce(0) { $0 + $1.contribution }
        var line = "\(figure(value)) = base \(figure(base)) + words \(figure(words))"
        if elsewhere != 0 { line += " + elsewhere \(figure(elsewhere))" }
        if gap.magnitude >= 0.0005 { line += " + unexplained \(figure(gap))" }
        return line + " (\(method))"
    }

    /// The words that contribute, equal ones added up, the largest first.
    private var sums: [(name: String, sum: Double)] {
        var (order, sums, counts): ([ByteKey], [ByteKey: Double], [ByteKey: Int]) = ([], [:], [:])
        for piece in pieces where piece.contribution != 0 {
            let key = ByteKey(piece.text)
            if counts[key] == nil { order.append(key) }
            sums[key, default: 0] += piece.contribution
            counts[key, default: 0] += 1
        }
        return order.map { key in
            (key.string + (counts[key]! > 1 ? " ×\(counts[key]!)" : ""), sums[key]!)
        }.sorted { $0.1.magnitude > $1.1.magnitude }
    }

    private func figure(_ number: Double) -> String { formatFixed(number, decimals: 3) }
    private func signed(_ number: Double) -> String { (number < 0 ? "" : "+") + figure(number) }

    /// Two spaces and up to 20 cells; shaded ones are against the label.
    private func bar(_ number: Double, of largest: Double) -> String {
        let count = largest > 0 ? Int((20 * number.magnitude / largest).rounded()) : 0
        return count == 0 ? "" : "  " + String(repeating: number < 0 ? "▒" : "█", count: count)
    }
}
