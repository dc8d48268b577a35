public import HornetLayers
import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTextPrep

/// A network that ``TextTagger`` tries beside its linear ways.
public struct TextNetwork: Sendable {
    /// What a network takes of a text.
    public enum Input: Sendable {
        /// Ids of its words in their order, 0 before the first.
        case words
        /// TF-IDF of its words.
        case bag
    }

    public let name: String
    let input: Input
    let layers: @Sendable (_ features: Int, _ labels: Int) -> [Layer]

    /// - Parameter layers: From ids below `features`, or from so many features, to a number for each label, without a sigmoid.
    public init(_ name: String, _ input: Input, layers: @escaping @Sendable (_ features: Int, _ labels: Int) -> [Layer]) {
        (self.name, self.input, self.layers) = (name, input, layers)
    }

    /// The largest value of each dimension of the words' vectors; of windows of five words; the state after the last word;
    /// a bag with a hidden layer.
    public static let standard = [
        TextNetwork("pooled vectors", .words) { words, labels in
            [
                Embedding(inputDim: words, outputDim: 128), GlobalMaxPool1D(), Dense(64, activation: .relu), Dropout(0.2),
                Dense(labels),
            ]
        },
        TextNetwork("convolution", .words) { words, labels in
            [
                Embedding(inputDim: words, outputDim: 64), Conv1D(128, kernelSize: 5, padding: .same, activation: .relu),
                GlobalMaxPool1D(), Dropout(0.3), Dense(labels),
            ]
        },
        TextNetwork("LSTM", .words) { words, labels in
            [Embedding(inputDim: words, outputDim: 64, maskZero: true), LSTM(64), Dropout(0.2), Dense(labels)]
        },
        TextNetwork("hidden layer", .bag) { features, labels in
            [Dense(128, activation: .relu), Dropout(0.3), Dense(labels)]
        },
    ]

    // MARK: Learning

    private static let wordLimit = 20_000
    private static let lengths = 8...256
    /// With fewer rounds than these nothing is learned.
    private static let leastEpochs = 3.0
    private static let mostEpochs = 60
    private static let batchSize = 32

    /// Learns until `end`, on the clock of `Console.seconds`, or until it gets worse on a tenth of the texts, which it keeps
    /// back. The tagger's scores are the network's outputs. `nil` when the time is too short: a few steps say so.
    func learned(_ texts: [String], _ y: SparseMatrix, labels: [String], seed: UInt64, until end: Double) throws -> Tagger? {
        let (preparation, features) = try prepared(texts)
        let x: any ModelData =
            switch try preparation.rows(for: texts) {
            case .ids(let ids): ids
            case .features(let rows): rows
            }
        var random = RandomSource(seed: seed)
        let order = random.permutation(texts.count)
        let kept = max(1, texts.count / 10)
        let (training, watched) = (Array(order[kept...]), Array(order[..<kept]))

        func model() -> Sequential {
            let model = Sequential(layers(features, labels.count), name: "text_tagger", seed: seed)
            model.compile(optimizer: .adam(learningRate: 0.002), loss: .binaryCrossentropy(fromLogits: true))
            return model
        }
        let slice = Array(training.prefix(12 * TextNetwork.batchSize))
        let trial = Deadline(end)
        try model().fit(x.selecting(slice), y.gathered(slice), batchSize: TextNetwork.batchSize, verbose: .silent, callbacks: [trial])
        let epoch = trial.secondsPerBatch * Double(texts.count) / Double(TextNetwork.batchSize)
        guard Console.seconds + TextNetwork.leastEpochs * epoch < end else { return nil }

        let network = model()
        try network.fit(
            x.selecting(training), y.gathered(training), epochs: TextNetwork.mostEpochs, batchSize: TextNetwork.batchSize,
            validationData: (x: x.selecting(watched), y: y.gathered(watched)), verbose: .silent,
            callbacks: [.earlyStopping(patience: 3, restoreBestWeights: true), Deadline(end)])
        return Tagger(
            preparation, predictor: .success(Predictor(owning: network)), labels: labels,
            thresholds: Thresholds(repeating: 0, count: labels.count), calibration: nil)
    }

    /// How texts become the input, and how many ids or features there are.
    private func prepared(_ texts: [String]) throws -> (TextPreparation, Int) {
        switch input {
        case .words:
            var tokenizer = Tokenizer(numWords: TextNetwork.wordLimit)
            tokenizer.fit(onTexts: texts)
            let counts = tokenizer.textsToSequences(texts).map(\.count).sorted()
            let length = min(max(counts[counts.count * 19 / 20], TextNetwork.lengths.lowerBound), TextNetwork.lengths.upperBound)
            // The beginning of a text says most.
            let padding = TextPreparation.Padding(maxLength: length, padding: .pre, truncating: .post)
            return (.tokens(tokenizer, padding), Int(tokenizer.largestID) + 1)
        case .bag:
            var vectorizer = TFIDFVectorizer(maxFeatures: TextNetwork.wordLimit, sublinearTF: true)
            try vectorizer.fit(texts)
            return (.bag([vectorizer]), vectorizer.featureCount)
        }
    }
}

extension ModelData {
    fileprivate func selecting(_ rows: [Int]) -> any ModelData {
        switch self {
        case let ids as Indices: ids.gathered(rows)
        case let features as SparseMatrix: features.gathered(rows)
        default: trap("TextNetwork", "rows of \(type(of: self))")
        }
    }
}

/// Ends training when its time is over.
private final class Deadline: Callback {
    private let end: Double
    /// When batches began, but the first, which waits for memory.
    private var first = 0.0, last = 0.0, count = 0

    init(_ end: Double) { self.end = end }

    var secondsPerBatch: Double { count > 1 ? (last - first) / Double(count - 1) : 0 }

    override func onTrainBatchBegin(_ batch: Int) {
        last = Console.seconds
        if batch == 1 { first = last }
        if batch > 0 { count += 1 }
        if last > end { model.stopTraining = true }
    }
}
