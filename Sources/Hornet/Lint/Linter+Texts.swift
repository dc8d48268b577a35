import HornetSupport
import HornetTextPrep

/// Whether the texts are what they should be.
extension Linter {
    func emptyTexts() -> LintReport.Finding? {
        let empty = data.words.indices.filter { data.words[$0].isEmpty }
        guard !empty.isEmpty else { return nil }
        return finding(
            .emptyTexts, .warning, "Texts without a word",
            ["\(withCommas(empty.count)) of \(withCommas(data.texts.count)): " + some(empty.map(data.place), most: 5)],
            "Leave them out; all of them get the same answer")
    }

    /// Texts that went through the wrong encoding.
    func damagedTexts() -> LintReport.Finding? {
        var found: [(row: Int, damage: TextDamage)] = []
        for (row, var text) in data.texts.enumerated() {
            if let damage = text.withUTF8({ TextDamage($0) }) { found.append((row, damage)) }
        }
        guard !found.isEmpty else { return nil }
        let evidence = TextDamage.allCases.compactMap { damage -> String? in
            let rows = found.filter { $0.damage == damage }
            guard let first = rows.first else { return nil }
            return "\(withCommas(rows.count)) with \(damage.rawValue), as \(data.shown(first.row))"
        }
        return finding(
            .damagedTexts, .warning, "Texts that went through a wrong encoding", evidence,
            "Read the source as what it is (UTF-8, Latin-1, Windows-1252, UTF-16) and write it as UTF-8 once")
    }

    /// Texts with the same words in the same order, whatever their case and punctuation, and texts with nearly the same.
    func sameWords() -> [LintReport.Finding] {
        let groups = data.rowsByWords()
        let repeated = groups.filter { $0.count > 1 }
        var findings: [LintReport.Finding?] = []
        if !repeated.isEmpty {
            findings = [duplicates(repeated), duplicatesAcrossParts(repeated), conflictingLabels(repeated)]
        }
        let firsts = groups.map { $0[0] }
        let near = NearDuplicates(data.words, of: firsts).groups
        if !near.isEmpty { findings.append(nearDuplicates(near, rowsOf: Dictionary(uniqueKeysWithValues: zip(firsts, groups)))) }
        return findings.compactMap(\.self)
    }

    /// - Parameters:
    ///   - near: Texts that are alike, each by the first row that has its words.
    ///   - rows: All rows with the words of such a row.
    private func nearDuplicates(_ near: [[Int]], rowsOf rows: [Int: [Int]]) -> LintReport.Finding {
        let share = formatFixed(100 * NearDuplicates.leastShare, decimals: 0)
        var evidence = [
            "\(withCommas(near.reduce(0) { $0 + $1.count })) of \(withCommas(rows.count)) different texts have \(share) % of their "
                + "pairs of words in common with another one"
        ]
        let parts = near.map { alike in Set(alike.flatMap { rows[$0]! }.map(data.part)) }
        let across = near.indices.filter { parts[$0].count > 1 }
        evidence += data.parts.indices.dropFirst().compactMap { part in
            let count = across.filter { parts[$0].contains(part) }.reduce(0) { sum, group in
                sum + near[group].flatMap { rows[$0]! }.count { data.part(of: $0) == part }
            }
            let whole = data.parts[part].rows.count
            return count == 0 ? nil
                : "\(withCommas(count)) of \(withCommas(whole)) \(data.parts[part].name) texts (\(percentage(count, of: whole))) have one like them in another part"
        }
        let example = near[across.first ?? 0]
        let other = example.dropFirst().first { data.part(of: $0) != data.part(of: example[0]) } ?? example[1]
        evidence.append("\(data.shown(example[0])) and \(data.shown(other))")
        return finding(
            .nearDuplicates, across.isEmpty ? .notice : .warning, "Texts that differ in a word or two", evidence,
            "Keep those of a kind in one part, or figures are too good: what was learned by heart looks understood")
    }

    private func duplicates(_ groups: [[Int]]) -> LintReport.Finding? {
        // Of each part on its own: what is said is how many rows could go.
        var (copies, exact): (Int, Int) = (0, 0)
        var example: [Int]?
        for group in groups {
            for (_, rows) in Dictionary(grouping: group, by: data.part) where rows.count > 1 {
                copies += rows.count - 1
                exact += rows.count - Set(rows.map { ByteKey(data.texts[$0]) }).count
                if example == nil { example = rows }
            }
        }
        guard let example else { return nil }
        let share = Double(copies) / Double(data.texts.count)
        return finding(
            .duplicates, share > 0.01 ? .warning : .notice, "Texts that repeat others",
            [
                "\(withCommas(copies)) of \(withCommas(data.texts.count)) have the words of another one of their part; "
                    + "\(withCommas(exact)) are the same to the byte",
                "\(data.shown(example[0])) and \(data.place(of: example[1]))",
            ], "Keep one of each, unless they are as frequent where the tagger will be used")
    }

    private func duplicatesAcrossParts(_ groups: [[Int]]) -> LintReport.Finding? {
        let across = groups.filter { data.part(of: $0[0]) != data.part(of: $0.last!) }
        guard let first = across.first else { return nil }
        let evidence = data.parts.indices.dropFirst().compactMap { part -> String? in
            let rows = across.joined().count { data.part(of: $0) == part }
            guard rows > 0 else { return nil }
            let whole = data.parts[part].rows.count
            return "\(withCommas(rows)) of \(withCommas(whole)) \(data.parts[part].name) texts (\(percentage(rows, of: whole))) are also in another part"
        }
        let other = first.first { data.part(of: $0) != data.part(of: first[0]) }!
        return finding(
            .duplicatesAcrossParts, .warning, "The same texts in several parts of the data",
            evidence + ["\(data.shown(first[0])) and \(data.place(of: other))"],
            "Keep each text in one part: figures on texts that were learned from are too good")
    }

    private func conflictingLabels(_ groups: [[Int]]) -> LintReport.Finding? {
        let conflicts = groups.compactMap { group -> (Int, Int)? in
            group.first { data.labels[$0] != data.labels[group[0]] }.map { (group[0], $0) }
        }
        guard let (one, other) = conflicts.first else { return nil }
        return finding(
            .conflictingLabels, .warning, "Texts with the same words and other labels",
            [
                "\(withCommas(conflicts.count)) texts",
                "\(data.shown(one)) has \(data.names(of: data.labels[one])), \(data.place(of: other)) has \(data.names(of: data.labels[other]))",
            ], "Decide which labels are right: nothing can learn both")
    }

    /// Labels whose name in the text gives them away.
    func labelNames() -> LintReport.Finding? {
        guard !data.vocabulary.charLevel else { return nil }
        let found = LabelNames(data).counts.enumerated().filter { label, counts in
            // Enough rows, nearly always right, not because nearly all rows have the label.
            let positives = data.counts.reduce(0) { $0 + $1[label] }
            return counts.named >= 5 && 5 * counts.right >= 4 * counts.named && 2 * counts.right >= positives
                && 2 * positives < data.texts.count
        }
        guard !found.isEmpty else { return nil }
        let shown = found.map { label, counts in
            let positives = data.counts.reduce(0) { $0 + $1[label] }
            return "\(data.classes[label]) (named in \(counts.named) texts, right in \(percentage(counts.right, of: counts.named)), "
                + "in \(percentage(counts.right, of: positives)) of its texts)"
        }
        return finding(
            .labelNamesInTexts, .warning, "Texts that name their label",
            ["\(withCommas(found.count)) of \(withCommas(data.classes.count)) labels: " + some(shown, most: 4)],
            "Was the label derived from the text, or printed in it? Take it out unless later texts will name it as well")
    }
}

/// A sign of a wrong encoding.
enum TextDamage: String, CaseIterable {
    case zeros = "NUL characters"
    case replacements = "replacement characters (U+FFFD)"
    case mojibake = "UTF-8 read as Latin-1 or Windows-1252"

    /// The first sign in a text.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < text.count {
            let byte = text[position]
            defer { position += 1 }
            if byte == 0 {
                self = .zeros
                return
            }
            guard byte >= 0xC3, position + 2 < text.count else { continue }
            let (second, third) = (text[position + 1], text[position + 2])
            switch (byte, second, third) {
            case (0xEF, 0xBF, 0xBD):
                self = .replacements
                return
            // Â or Ã before U+0080…U+00BF, â before the euro sign.
            case (0xC3, 0x82...0x83, 0xC2):
                self = .mojibake
                return
            case (0xC3, 0xA2, 0xE2) where isEuro(text, position + 2):
                self = .mojibake
                return
            default: continue
            }
        }
        return nil
    }
}

/// Whether the euro sign stands at `position`.
private func isEuro(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    position + 2 < text.count && text[position + 1] == 0x82 && text[position + 2] == 0xAC
}

/// In how many texts each label's words stand.
private struct LabelNames {
    /// Texts that have all words of the label's name, and those of them that have the label.
    private(set) var counts: [(named: Int, right: Int)]

    init(_ data: LintData) {
        var labelsOfWord: [Int32: [Int]] = [:]
        var lengths = [Int](repeating: 0, count: data.classes.count)
        let names = data.classes.map { String($0.unicodeScalars.map { "_-/".unicodeScalars.contains($0) ? " " : Swift.Character($0) }) }
        let sequences = data.vocabulary.textsToSequences(names)
        for (label, words) in sequences.enumerated() {
            let words = Set(words)
            // A name with a word that no text has stands in no text.
            guard words.count == Set(textToWordSequence(names[label])).count else { continue }
            lengths[label] = words.count
            for word in words { labelsOfWord[word, default: []].append(label) }
        }
        counts = Array(repeating: (0, 0), count: lengths.count)
        let largest = Int(labelsOfWord.keys.max() ?? 0)
        var isName = [Bool](repeating: false, count: largest + 1)
        for word in labelsOfWord.keys { isName[Int(word)] = true }
        var found: [Int: Int] = [:]
        for (row, words) in data.words.enumerated() {
            found.removeAll(keepingCapacity: true)
            for word in Set(words.lazy.filter { $0 <= largest && isName[Int($0)] }) {
                for label in labelsOfWord[word]! { found[label, default: 0] += 1 }
            }
            for (label, count) in found where count == lengths[label] {
                counts[label].named += 1
                if data.labels[row].contains(Int32(label)) { counts[label].right += 1 }
            }
        }
    }
}
