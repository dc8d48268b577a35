import HornetLayers
import HornetSupport
import HornetTextPrep

/// Whether the model sees the words.
extension Linter {
    private var embedding: Embedding? { model?.layers.lazy.compactMap { $0 as? Embedding }.first }

    /// Ids that the embedding does not have, or rows of it that no id has.
    func vocabularySize() -> LintReport.Finding? {
        guard let embedding, let tokenizer = encoding?.tokenizer else { return nil }
        let (largest, rows) = (Int(tokenizer.largestID), embedding.inputDim)
        let limit = tokenizer.numWords.flatMap { $0 > 0 ? $0 : nil }
        let figures = "the embedding has \(withCommas(rows)) rows, ids go up to \(withCommas(largest))"
            + (limit.map { " (numWords \(withCommas($0)))" } ?? "")
        if largest >= rows {
            return finding(
                .vocabularySize, .error, "Token ids beyond the embedding", [figures],
                "Embedding(inputDim: \(limit ?? largest + 1), …): one more than the largest id, as 0 is padding")
        }
        guard rows == largest + 2 || rows > 2 * max(largest + 1, limit ?? 0) else { return nil }
        return finding(
            .vocabularySize, .notice, "Rows of the embedding that no token has", [figures],
            "Ids stay below numWords: inputDim: numWords is enough, here \(withCommas(largest + 1))")
    }

    /// Padding that a recurrent layer reads as if it were text.
    func unmaskedPadding() -> LintReport.Finding? {
        guard let model, let encoding, let maxLength = encoding.maxLength, let embedding, !embedding.maskZero,
            let recurrent = model.layers.first(where: { $0 is RecurrentLayer || $0 is Bidirectional }),
            !model.layers.contains(where: { $0 is Masking })
        else { return nil }
        let filled = encoding.idCounts.map { max(0, maxLength - $0) }
        let (sum, whole) = (filled.reduce(0, +), maxLength * filled.count)
        let isPost = encoding.padding == .post
        guard 100 * sum > (isPost ? 5 : 50) * whole else { return nil }
        let short = filled.count { $0 > 0 }
        return finding(
            .unmaskedPadding, isPost ? .error : .warning,
            isPost ? "A recurrent layer that reads padding last" : "A recurrent layer that reads mostly padding",
            [
                "\(percentage(sum, of: whole)) of all steps are padding, \(isPost ? "behind" : "before") the text, in "
                    + "\(percentage(short, of: filled.count)) of the texts; \(recurrent.name) reads them all",
            ],
            "Embedding(…, maskZero: true)" + (isPost ? ", or padding: .pre" : ", which also saves the time, or a smaller maxLength"))
    }

    func unknownWords() -> LintReport.Finding? {
        guard let encoding else { return nil }
        let all = encoding.wordCounts.reduce(0, +)
        let shares = data.parts.map { part in
            let words = encoding.wordCounts[part.rows].reduce(0, +)
            return (name: part.name, unknown: words - encoding.knownCounts[part.rows].reduce(0, +), words: words)
        }
        guard all > 0, let worst = shares.max(by: { $0.unknown * max($1.words, 1) < $1.unknown * max($0.words, 1) }),
            5 * worst.unknown > worst.words
        else { return nil }
        let blind = data.texts.indices.filter { encoding.wordCounts[$0] > 0 && encoding.knownCounts[$0] == 0 }
        var evidence = shares.map {
            "\(percentage($0.unknown, of: $0.words)) of the \(withCommas($0.words)) words of the \($0.name) texts have no id"
        }
        if let first = blind.first { evidence.append("\(withCommas(blind.count)) texts have none at all, as \(data.shown(first))") }
        return finding(
            .unknownWords, 2 * worst.unknown > worst.words ? .error : .warning, "Words that the tokenizer does not know", evidence,
            "Was it fitted on these texts, with these filters and case? Else raise numWords")
    }

    func truncation() -> LintReport.Finding? {
        guard let encoding, let maxLength = encoding.maxLength else { return nil }
        let lost = encoding.idCounts.map { max(0, $0 - maxLength) }
        let (cut, sum, all) = (lost.count { $0 > 0 }, lost.reduce(0, +), encoding.idCounts.reduce(0, +))
        guard 20 * cut > lost.count || 50 * sum > all, sum > 0 else { return nil }
        let sorted = encoding.idCounts.sorted()
        return finding(
            .truncation, 5 * sum > all ? .warning : .notice, "Texts that are cut",
            [
                "\(percentage(cut, of: lost.count)) of the texts are longer than \(maxLength) words; with them "
                    + "\(percentage(sum, of: all)) of all words are lost, the \(encoding.truncating == .pre ? "first" : "last") ones",
                "words a text: median \(sorted[sorted.count / 2]), 95 % have at most \(sorted[sorted.count * 95 / 100])",
            ],
            "Raise maxLength to about \(sorted[sorted.count * 95 / 100])"
                + (encoding.truncating == .pre ? ", or keep the beginning, which often says most: truncating: .post" : ""))
    }
}
