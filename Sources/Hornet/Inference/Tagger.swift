public import HornetLayers
import HornetSupport
import HornetTensor
public import HornetTextPrep

/// From raw text to tags: tokenizer, model and labels in one, and in one file.
///
/// ```swift
/// let tagger = Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 100)
/// try tagger.save("news.tagger")
/// print(try Tagger(contentsOf: "news.tagger").tags(for: "The economy is growing."))
/// ```
/// A tagger does not change and may be used from many threads at once.
public final class Tagger: Sendable {
    public let tokenizer: Tokenizer
    /// The tags, in the order of the model's outputs.
    public let labels: [String]
    /// A tag is given when its score is above its threshold; one for each label.
    public let thresholds: [Float]
    let padding: PaddingOptions
    /// What is wrong with the parts is said when the tagger is first used.
    private let predictor: Result<Predictor, HornetError>

    struct PaddingOptions: Sendable {
        var maxLength: Int
        var padding: SequenceEnd
        var truncating: SequenceEnd
    }

    /// A tagger with the present weights of `model`.
    ///
    /// - Parameters:
    ///   - labels: The binarizer that made the targets.
    ///   - maxLength: The number of tokens the model was trained with.
    ///   - padding: Where short texts are filled up; as in training. Default `.pre`.
    ///   - truncating: Where long texts are cut; as in training. Default `.pre`.
    ///   - threshold: The score above which a tag is given. Default 0.5.
    ///   - registry: Knows the layers of your own that the model has.
    public convenience init(
        tokenizer: Tokenizer, model: Sequential, labels: MultiLabelBinarizer, maxLength: Int,
        padding: SequenceEnd = .pre, truncating: SequenceEnd = .pre, threshold: Float = 0.5,
        registry: LayerRegistry = LayerRegistry()
    ) {
        let predictor = Result { try model.predictor(registry: registry) }.mapError { error in
            error as? HornetError ?? HornetError(.configuration, at: "Tagger", "\(error)")
        }
        self.init(
            tokenizer: tokenizer, predictor: predictor, labels: labels.classes,
            padding: PaddingOptions(maxLength: maxLength, padding: padding, truncating: truncating),
            thresholds: Array(repeating: threshold, count: labels.classes.count))
    }

    init(
        tokenizer: Tokenizer, predictor: Result<Predictor, HornetError>, labels: [String], padding: PaddingOptions,
        thresholds: [Float]
    ) {
        self.tokenizer = tokenizer
        self.labels = labels
        self.padding = padding
        self.thresholds = thresholds
        self.predictor = predictor.flatMap { predictor in
            guard predictor.outputCount == labels.count else {
                return .failure(
                    HornetError(
                        .configuration, at: "Tagger", "the model has \(predictor.outputCount) outputs for \(labels.count) labels"))
            }
            return .success(predictor)
        }
    }

    /// The tags of a text, in the order of ``labels``.
    public func tags(for text: String) throws -> [String] { try tags(for: [text])[0] }

    /// The tags of each text.
    public func tags(for texts: [String]) throws -> [[String]] {
        let scores = try scores(for: texts)
        return (0..<texts.count).map { row in
            labels.indices.filter { scores[row, $0] > thresholds[$0] }.map { labels[$0] }
        }
    }

    /// The score of each label for each text, shape `[texts, labels]`.
    public func scores(for texts: [String]) throws -> Tensor {
        let predictor = try predictor.get()
        guard !texts.isEmpty else { return Tensor.zeros([0, labels.count]) }
        let sequences = tokenizer.textsToSequences(texts)
        let ids = padSequences(
            sequences, maxLength: padding.maxLength, padding: padding.padding, truncating: padding.truncating)
        return try predictor.predict(ids)
    }

    var model: Sequential { get throws { try predictor.get().model } }
}
