public import HornetSupport
public import HornetTensor

/// What ``MaxPooling1D`` and ``AveragePooling1D`` share: windows along time, `[batch, time, channels]` →
/// `[batch, windows, channels]`.
///
/// Knows no mask, as in Keras: padding is pooled like text, and later layers see no mask.
public class Pooling1D: Layer {
    /// What happens at the ends of a text.
    public enum Padding: String, Sendable, CaseIterable {
        /// Windows lie within the text.
        case valid
        /// `⌈time / strides⌉` windows; what of them lies outside the text has no say.
        case same
    }

    public let poolSize: Int
    public let strides: Int
    public let padding: Padding

    /// - Parameter strides: Steps from one window to the next; `poolSize` when `nil`.
    init(poolSize: Int, strides: Int?, padding: Padding, name: String?) {
        require(poolSize > 0 && strides ?? 1 > 0, "Pooling1D", "poolSize \(poolSize) and strides must be positive")
        self.poolSize = poolSize
        self.strides = strides ?? poolSize
        self.padding = padding
        super.init(name: name)
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        try config.requireChannelsLast()
        self.init(
            poolSize: try config.optional("pool_size")?.single() ?? 2, strides: try config.optional("strides")?.single(),
            padding: try config.padding() ?? .valid, name: name)
    }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3 else {
            throw refuse(
                inputShape, expected: "(batch, time, channels)", remedy: "An Embedding before it makes the third axis")
        }
        return [inputShape[0], try inputShape[1].map { try windows(over: $0, inputShape).count }, inputShape[2]]
    }

    fileprivate func windows(over time: Int, _ shape: @autoclosure () -> Shape) throws -> TimeWindows {
        let windows = TimeWindows(
            time: time, size: poolSize, stride: strides, padding: TimeWindows.Padding(rawValue: padding.rawValue)!)
        guard let windows else {
            let least = padding == .valid ? poolSize : 1
            throw refuse(shape(), expected: "at least \(least) time steps", remedy: "Pad the texts to that length")
        }
        return windows
    }

    public override var config: JSON.Object? {
        [
            "pool_size": [.integer(poolSize)], "padding": .string(padding.rawValue), "strides": [.integer(strides)],
            "data_format": "channels_last",
        ]
    }
}

/// The maximum in each window of `poolSize` steps. [Keras: MaxPooling1D](https://keras.io/api/layers/pooling_layers/max_pooling1d/)
public final class MaxPooling1D: Pooling1D {
    /// - Parameter strides: Steps from one window to the next; `poolSize` when `nil`.
    public override init(poolSize: Int = 2, strides: Int? = nil, padding: Padding = .valid, name: String? = nil) {
        super.init(poolSize: poolSize, strides: strides, padding: padding, name: name)
    }

    public override var className: String { "MaxPooling1D" }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        x.maxPooled(try windows(over: x.shape[1], Shape(x.shape)))
    }
}

/// The mean of the real steps in each window of `poolSize` steps.
/// [Keras: AveragePooling1D](https://keras.io/api/layers/pooling_layers/average_pooling1d/)
public final class AveragePooling1D: Pooling1D {
    /// - Parameter strides: Steps from one window to the next; `poolSize` when `nil`.
    public override init(poolSize: Int = 2, strides: Int? = nil, padding: Padding = .valid, name: String? = nil) {
        super.init(poolSize: poolSize, strides: strides, padding: padding, name: name)
    }

    public override var className: String { "AveragePooling1D" }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        x.averagePooled(try windows(over: x.shape[1], Shape(x.shape)))
    }
}

/// Keras' other name.
public typealias MaxPool1D = MaxPooling1D
/// Keras' other name.
public typealias AvgPool1D = AveragePooling1D
