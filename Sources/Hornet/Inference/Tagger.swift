public import HornetLayers
public import HornetMetrics
import HornetSupport
import HornetTensor
public import HornetTextPrep
import Synchronization

/// From raw text to tags: text preparation, model and labels in one, and in one file.
///
/// ```swift
/// let tagger = Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 100)
/// try tagger.save("news.tagger")
/// print(try Tagger(contentsOf: "news.tagger").tags(for: "The economy is growing."))
/// ```
/// A tagger does not change and may be used from many threads at once.
public final class Tagger: Sendable {
    let preparation: TextPreparation
    /// The tags, in the order of the model's outputs.
    public let labels: [String]
    /// A tag is given when its score is above its threshold; one for each label.
    public let thresholds: Thresholds
    /// What makes probabilities of the model's outputs, if anything does.
    public let calibration: Calibration?
    /// What is wrong with the parts is said when the tagger is first used.
    let predictor: Result<Predictor, HornetError>
    /// What encoding a text takes; as many as there were threads at the same time.
    private let encodingMemories = Mutex<[SharedEncodingMemory]>([])

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
        tokenizer: Tokenizer, model: Model, labels: MultiLabelBinarizer, maxLength: Int,
        padding: SequenceEnd = .pre, truncating: SequenceEnd = .pre, threshold: Float = 0.5,
        registry: LayerRegistry = LayerRegistry()
    ) {
        self.init(
            tokenizer: tokenizer, model: model, labels: labels, maxLength: maxLength, padding: padding,
            truncating: truncating, thresholds: Thresholds(repeating: threshold, count: labels.classes.count),
            registry: registry)
    }

    /// A tagger with the present weights of `model` that decides on each label by a threshold of its own.
    ///
    /// - Parameters:
    ///   - thresholds: One for each label, tuned on the scores that the tagger gives: behind the calibration.
    ///   - calibration: Makes the scores from the model's outputs. By default they are the outputs.
    ///
    /// The others are those of ``init(tokenizer:model:labels:maxLength:padding:truncating:threshold:registry:)``.
    public convenience init(
        tokenizer: Tokenizer, model: Model, labels: MultiLabelBinarizer, maxLength: Int,
        padding: SequenceEnd = .pre, truncating: SequenceEnd = .pre, thresholds: Thresholds,
        calibration: Calibration? = nil, registry: LayerRegistry = LayerRegistry()
    ) {
        self.init(
            .tokens(
                tokenizer, TextPreparation.Padding(maxLength: maxLength, padding: padding, truncating: truncating)),
            predictor: Tagger.predictor(of: model, registry), labels: labels.classes, thresholds: thresholds,
            calibration: calibration)
    }

    /// A tagger with the present weights of `model`, which takes bags of words.
    ///
    /// - Parameters:
    ///   - vectorizers: What the model was trained on. The features of several stand beside each other, in their order.
    ///   - labels: The binarizer that made the targets.
    ///   - thresholds: One for each label. Default 0.5 for all.
    ///   - calibration: Makes the scores from the model's outputs. By default they are the outputs.
    ///   - registry: Knows the layers of your own that the model has.
    public convenience init(
        vectorizers: [TFIDFVectorizer], model: Model, labels: MultiLabelBinarizer, thresholds: Thresholds? = nil,
        calibration: Calibration? = nil, registry: LayerRegistry = LayerRegistry()
    ) {
        self.init(
            .bag(vectorizers), predictor: Tagger.predictor(of: model, registry), labels: labels.classes,
            thresholds: thresholds ?? Thresholds(repeating: 0.5, count: labels.classes.count), calibration: calibration)
    }

    private static func predictor(of model: Model, _ registry: LayerRegistry) -> Result<Predictor, HornetError> {
        Result { try model.predictor(registry: registry) }.mapError { error in
            error as? HornetError ?? HornetError(.configuration, at: "Tagger", "\(error)")
        }
    }

    init(
        _ preparation: TextPreparation, predictor: Result<Predictor, HornetError>, labels: [String],
        thresholds: Thresholds, calibration: Calibration?
    ) {
        self.preparation = preparation
        self.labels = labels
        self.thresholds = thresholds
        self.calibration = calibration
        self.predictor = predictor.flatMap { predictor in
            let count = labels.count
            func refused(_ problem: String) -> Result<Predictor, HornetError> {
                .failure(HornetError(.configuration, at: "Tagger", "\(problem) for \(count) labels"))
            }
            guard predictor.outputCount == count else {
                return refused("the model has \(predictor.outputCount) outputs")
            }
            guard thresholds.values.count == count else {
                return refused("there are \(thresholds.values.count) thresholds")
            }
            if let calibration, calibration.maps.count != count {
                return refused("the calibration has \(calibration.maps.count) maps")
            }
            return .success(predictor)
        }
    }

    /// The same tagger with other decisions; the model is shared. Without `calibration`, the model's outputs are the
    /// scores.
    ///
    /// ```swift
    /// let choice = try Thresholds.crossValidated(y, try tagger.scores(for: texts))     // not those it learned from
    /// let tuned = tagger.with(thresholds: choice.thresholds)
    /// ```
    public func with(thresholds: Thresholds, calibration: Calibration? = nil) -> Tagger {
        Tagger(preparation, predictor: predictor, labels: labels, thresholds: thresholds, calibration: calibration)
    }

    /// The tokenizer; `nil` where texts are taken as bags of words.
    public var tokenizer: Tokenizer? {
        if case .tokens(let tokenizer, _) = preparation { tokenizer } else { nil }
    }

    /// The vectorizers; none where texts are taken as rows of words.
    public var vectorizers: [TFIDFVectorizer] {
        if case .bag(let vectorizers) = preparation { vectorizers } else { [] }
    }

    /// The tags of a text, in the order of ``labels``.
    public func tags(for text: String) throws -> [String] {
        try scores(for: text).withUnsafeBufferPointer { tags(above: $0) }
    }

    /// The tags of each text.
    public func tags(for texts: [String]) throws -> [[String]] {
        let count = labels.count
        return try scores(for: texts).withUnsafeBufferPointer { scores in
            texts.indices.map { tags(above: UnsafeBufferPointer(rebasing: scores[$0 * count..<($0 + 1) * count])) }
        }
    }

    /// The score of each label for each text, shape `[texts, labels]`: the model's outputs, calibrated where there is a
    /// ``calibration``.
    public func scores(for texts: [String]) throws -> Tensor {
        let predictor = try predictor.get()
        guard !texts.isEmpty else { return Tensor.zeros([0, labels.count]) }
        if texts.count == 1 { return try scores(for: texts[0]) }
        return calibrated(try preparation.rows(for: texts).predicted(by: predictor))
    }

    private func calibrated(_ outputs: Tensor) -> Tensor { calibration?.probabilities(of: outputs) ?? outputs }

    /// The scores of one text, `[1, labels]`, by the shortest way.
    private func scores(for text: String) throws -> Tensor {
        let predictor = try predictor.get()
        let (tokenizer, padding): (Tokenizer, TextPreparation.Padding)
        switch preparation {
        case .bag(let vectorizers):
            let features = SparseMatrix.concatenated(try vectorizers.map { try $0.transform(text) }, axis: 1)
            return calibrated(try predictor.predict(features))
        case .tokens(let ownTokenizer, let ownPadding): (tokenizer, padding) = (ownTokenizer, ownPadding)
        }
        var ids = Indices(uninitialized: [1, padding.maxLength])
        let memory = encodingMemories.withLock { $0.popLast() } ?? SharedEncodingMemory()
        ids.withUnsafeMutableBufferPointer { row in
            tokenizer.encode(
                text, into: row, padding: padding.padding, truncating: padding.truncating, using: &memory.memory)
        }
        encodingMemories.withLock { $0.append(memory) }
        return calibrated(try predictor.predict(ids))
    }

    /// The labels whose score is above their threshold.
    private func tags(above scores: UnsafeBufferPointer<Float>) -> [String] {
        thresholds.labels(for: scores).map { labels[$0] }
    }

    package var model: Model { get throws { try predictor.get().model } }
}

/// `@unchecked`: whoever takes it out of the list has it alone.
private final class SharedEncodingMemory: @unchecked Sendable {
    var memory = EncodingMemory()
}
