public import Hornet

/// The networks that are measured: the two of the tutorials, at their usual sizes.
public enum Network: String, CaseIterable, Sendable {
    /// Embedding, maximum over time, two dense layers.
    case dnn
    /// Embedding, LSTM, one dense layer; padding is read like words.
    case lstm
    /// The same with padding skipped.
    case maskedLSTM = "lstm_masked"

    public static let vocabulary = 10_000
    public static let length = 100
    public static let batchSize = 32

    /// The model, compiled with Adam and binary cross-entropy.
    public func model(labels: Int, vocabulary: Int = Network.vocabulary, seed: UInt64 = 1) -> Sequential {
        let model = Sequential(layers(labels, vocabulary), seed: seed)
        model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        return model
    }

    private func layers(_ labels: Int, _ vocabulary: Int) -> [Layer] {
        switch self {
        case .dnn:
            [
                Embedding(inputDim: vocabulary, outputDim: 128),
                GlobalMaxPool1D(),
                Dense(64, activation: .relu),
                Dropout(0.2),
                Dense(labels, activation: .sigmoid),
            ]
        case .lstm, .maskedLSTM:
            [
                Embedding(inputDim: vocabulary, outputDim: 128, maskZero: self == .maskedLSTM),
                SpatialDropout1D(0.2),
                LSTM(64),
                Dense(labels, activation: .sigmoid),
            ]
        }
    }
}
