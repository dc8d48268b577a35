public import HornetSupport
public import HornetTensor

/// Slides `filters` small networks along the text; each sees `kernelSize` neighbouring steps at a time.
///
/// `y[t] = activation(Σ over taps j of x[t·strides + j·dilationRate − padding before] · kernel[j] + bias)`, input
/// `[batch, time, channels]`, output `[batch, windows, filters]`. Weights: `kernel [kernelSize, channels / groups,
/// filters]` (Glorot uniform), `bias [filters]` (zeros). Knows no mask, as in Keras: padding is read like text, and later
/// layers see no mask. [Keras: Conv1D](https://keras.io/api/layers/convolution_layers/convolution1d/)
///
/// ```swift
/// Sequential([
///     Embedding(inputDim: 10_000, outputDim: 128),
///     Conv1D(128, kernelSize: 5, activation: .relu),
///     GlobalMaxPool1D(),
///     Dense(90, activation: .sigmoid),
/// ])
/// ```
public final class Conv1D: Layer {
    /// What happens at the ends of a text.
    public enum Padding: String, Sendable, CaseIterable {
        /// Windows lie within the text: `time − (kernelSize − 1)·dilationRate` of them with strides of 1.
        case valid
        /// `⌈time / strides⌉` windows, with zeros around the text.
        case same
        /// As many, with zeros before the text: no output knows a later input.
        case causal
    }

    public let filters: Int
    public let kernelSize: Int
    public let strides: Int
    public let padding: Padding
    public let dilationRate: Int
    public let groups: Int
    public let activation: ActivationFunction
    public let useBias: Bool
    private let kernelInitializer: Initializer
    private let biasInitializer: Initializer
    private var kernel: Parameter!
    private var bias: Parameter?

    /// Traps when a number is not positive, `groups` does not divide `filters`, or both strides and dilation are above 1.
    ///
    /// - Parameters:
    ///   - strides: Steps from one window to the next.
    ///   - dilationRate: Steps from one tap of a window to the next.
    ///   - groups: The channels of input and output are cut into so many groups that do not see each other.
    public init(
        _ filters: Int, kernelSize: Int, strides: Int = 1, padding: Padding = .valid, dilationRate: Int = 1,
        groups: Int = 1, activation: ActivationFunction = .linear, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros, name: String? = nil
    ) {
        let problem = Conv1D.problem(
            filters: filters, kernelSize: kernelSize, strides: strides, dilationRate: dilationRate, groups: groups)
        if let problem { trap("Conv1D", problem) }
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.groups = groups
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        super.init(name: name)
    }

    /// What keeps these arguments from being a convolution.
    private static func problem(
        filters: Int, kernelSize: Int, strides: Int, dilationRate: Int, groups: Int
    ) -> String? {
        guard min(filters, kernelSize, strides, dilationRate, groups) > 0 else {
            return "filters \(filters), kernelSize \(kernelSize), strides \(strides), dilationRate \(dilationRate) and "
                + "groups \(groups) must be positive"
        }
        guard filters % groups == 0 else { return "\(groups) groups do not divide \(filters) filters" }
        return strides > 1 && dilationRate > 1 ? "strides and dilationRate can't both be above 1" : nil
    }

    public override var className: String { "Conv1D" }
    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3, let channels = inputShape.last, channels > 0 else {
            throw refuse(
                inputShape, expected: "(batch, time, channels) with a known number of channels",
                remedy: "An Embedding before it makes the third axis")
        }
        guard channels % groups == 0 else {
            throw refuse(inputShape, expected: "channels that \(groups) groups divide")
        }
        let windows = try inputShape[1].map { try self.windows(over: $0, inputShape).count }
        kernel = addWeight("kernel", shape: [kernelSize, channels / groups, filters], initializer: kernelInitializer)
        if useBias { bias = addWeight("bias", shape: [filters], initializer: biasInitializer) }
        return [inputShape[0], windows, filters]
    }

    func windows(over time: Int, _ shape: @autoclosure () -> Shape) throws -> TimeWindows {
        let windows = TimeWindows(
            time: time, size: kernelSize, stride: strides, dilation: dilationRate,
            padding: TimeWindows.Padding(rawValue: padding.rawValue)!)
        guard let windows else {
            let least = padding == .valid ? (kernelSize - 1) * dilationRate + 1 : 1
            throw refuse(shape(), expected: "at least \(least) time steps", remedy: "Pad the texts to that length")
        }
        return windows
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value { try output(x, pools: false, pass) }

    /// The output, or its maximum over time; `tokens` are what `x` was looked up from, if it was.
    func output(_ x: Value, _ tokens: DistinctTokens? = nil, pools: Bool, _ pass: Pass) throws -> Value {
        let windows = try windows(over: x.shape[1], Shape(x.shape))
        let (kernel, bias) = (pass.value(of: kernel), bias.map(pass.value(of:)))
        if pools {
            return x.convolvedMaxPool(
                kernel: kernel, bias: bias, windows: windows, activation: activation.fused!, tokens: tokens)
        }
        let y = x.convolved(
            kernel: kernel, bias: bias, windows: windows, groups: groups, activation: activation.fused ?? .linear,
            tokens: tokens)
        return activation.fused == nil ? activation(y) : y
    }

    /// What answers for these weights behind an embedding.
    func answering(vectors: Tensor) -> TokenConvolution {
        TokenConvolution(vectors: vectors, kernel: kernel.value, bias: bias?.value, activation: activation.fused!)
    }

    /// Whether the kernels can join an embedding before this layer, and a maximum behind it.
    var canJoinEmbedding: Bool { groups == 1 && activation.fused != nil }
    var canPool: Bool { canJoinEmbedding && dilationRate == 1 }

    package override func fused(with next: Layer) -> Layer? {
        next is GlobalMaxPool1D && canPool ? ConvolutionMaxPool(self) : nil
    }

    /// This layer and the global maximum behind it: only the windows that won have a gradient.
    private final class ConvolutionMaxPool: Layer {
        private let convolution: Conv1D

        init(_ convolution: Conv1D) {
            self.convolution = convolution
            super.init(name: convolution.name)
        }

        override func forward(_ x: Value, _ pass: Pass) throws -> Value {
            try convolution.output(x, pools: true, pass)
        }
    }

    public override var config: JSON.Object? {
        [
            "filters": .integer(filters), "kernel_size": [.integer(kernelSize)], "strides": [.integer(strides)],
            "padding": .string(padding.rawValue), "data_format": "channels_last",
            "dilation_rate": [.integer(dilationRate)], "groups": .integer(groups),
            "activation": .string(activation.name), "use_bias": .bool(useBias),
        ]
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        try config.requireChannelsLast()
        let filters = try config.member("filters").int(in: 1...Int(Int32.max))
        let kernelSize = try config.member("kernel_size").single()
        let strides = try config.optional("strides")?.single() ?? 1
        let dilationRate = try config.optional("dilation_rate")?.single() ?? 1
        let groups = try config.optional("groups")?.int(in: 1...filters) ?? 1
        let problem = Conv1D.problem(
            filters: filters, kernelSize: kernelSize, strides: strides, dilationRate: dilationRate, groups: groups)
        if let problem { throw config.refuse(problem) }
        self.init(
            filters, kernelSize: kernelSize, strides: strides, padding: try config.padding() ?? .valid,
            dilationRate: dilationRate, groups: groups,
            activation: try config.optional("activation").map(ActivationFunction.init) ?? .linear,
            useBias: try config.optional("use_bias")?.bool() ?? true, name: name)
    }
}

/// Keras' other name.
public typealias Convolution1D = Conv1D

/// How Keras writes the arguments of layers with windows along time.
extension JSON.Cursor {
    /// A positive number, alone or as the one element of a list.
    func single() throws -> Int {
        let sizes = 1...Int(Int32.max)
        guard case .array = value else { return try int(in: sizes) }
        let elements = try array()
        guard elements.count == 1 else { throw refuse("expected one number, got \(elements.count)") }
        return try elements[0].int(in: sizes)
    }

    /// The padding under that name, if there is one.
    func padding<Padding: RawRepresentable<String>>() throws -> Padding? {
        guard let name = try optional("padding") else { return nil }
        guard let padding = Padding(rawValue: try name.string()) else {
            throw name.refuse("there is no padding called \(try name.string()) here")
        }
        return padding
    }

    func requireChannelsLast() throws {
        guard let format = try optional("data_format"), try format.string() != "channels_last" else { return }
        throw format.refuse("only channels_last is known")
    }
}
