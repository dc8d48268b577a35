import HornetLayers
import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTextPrep

extension Tagger {
    /// What each word of a text contributes to a label.
    ///
    /// ```swift
    /// print(try tagger.explain("The economy is growing.", label: "Economy"))
    /// ```
    /// The contributions, a base value and what is left over add up to the model's output before its last activation:
    /// see ``Explanation``, which also says which method was used. Without `method` it is the first that fits:
    /// ``ExplanationMethod/exact``, ``ExplanationMethod/pooledGradients(steps:)``,
    /// ``ExplanationMethod/integratedGradients(steps:)``, and where gradients do not reach the words, or leave more than a
    /// twentieth of the change unexplained, ``ExplanationMethod/occlusion``.
    ///
    /// Throws when the tagger has no such label, or the method does not fit the model.
    public func explain(_ text: String, label: String, method: ExplanationMethod? = nil) throws -> Explanation {
        guard let column = labels.firstIndex(where: { ByteKey($0) == ByteKey(label) }) else {
            throw HornetError(
                .configuration, at: "explain", "the tagger has no label \"\(label)\"",
                remedy: "It has \(labels.count), from \"\(labels.first ?? "")\" to \"\(labels.last ?? "")\"")
        }
        if case .pooledGradients(let steps) = method { try Tagger.check(steps) }
        if case .integratedGradients(let steps) = method { try Tagger.check(steps) }
        let score = try scores(for: [text])[0, column]
        let attribution = try attribution(text, column, method)
        return Explanation(
            text: text, label: labels[column], score: score, threshold: thresholds.values[column],
            value: attribution.value, base: attribution.base, pieces: attribution.pieces.pieces,
            elsewhere: attribution.pieces.elsewhere, method: attribution.method)
    }

    private static func check(_ steps: Int) throws {
        guard steps > 0 else { throw HornetError(.configuration, at: "explain", "the number of steps is \(steps)") }
    }

    private func attribution(_ text: String, _ label: Int, _ method: ExplanationMethod?) throws -> Attribution {
        let found: Attribution?
        switch preparation {
        case _ where method == .occlusion: found = nil
        case .tokens(let tokenizer, let padding):
            found = try TokenAttribution(model, label, tokenizer, padding).attribution(text, method)
        case .bag(let vectorizers): found = try BagAttribution(model, label, vectorizers).attribution(text, method)
        }
        if let found, method != nil || found.isNearlyComplete { return found }
        if let method, method != .occlusion {
            throw HornetError(
                .configuration, at: "explain", "the method \"\(method)\" does not fit this model",
                remedy: "Leave the choice to explain, or take .occlusion, which fits all")
        }
        return try occluded(text, label)
    }

    private func occluded(_ text: String, _ label: Int) throws -> Attribution {
        var pieces = TextPieces(text, words: preparation.words(in: text))
        let texts = [text, ""] + pieces.ranges.indices.map { pieces.text(without: $0) }
        let values = try LabelValue.outputs(of: model, label: label, for: preparation.rows(for: texts))
        for (piece, range) in pieces.ranges.enumerated() { pieces.add(values[0] - values[piece + 2], at: range) }
        return Attribution(value: values[0], base: values[1], pieces: pieces, method: .occlusion)
    }
}

/// What a method found.
struct Attribution {
    let value: Double
    let base: Double
    let pieces: TextPieces
    let method: ExplanationMethod

    /// Whether the contributions explain nearly all of what the words change.
    fileprivate var isNearlyComplete: Bool {
        let change = value - base
        let gap = change - pieces.contributions.reduce(pieces.elsewhere, +)
        return gap.magnitude <= 0.05 * max(1, change.magnitude)
    }
}

extension TextPreparation {
    /// The words of a text as bytes of it; none where it is read by characters, or by a function of the user's.
    func words(in text: String) -> [Range<Int>] {
        switch self {
        case .tokens(let tokenizer, _): tokenizer.charLevel ? [] : tokenizer.places(in: text).map(\.bytes)
        case .bag(let vectorizers): vectorizers.flatMap { $0.counter.words(in: text) ?? [] }
        }
    }
}
