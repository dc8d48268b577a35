public import HornetTensor

/// A function applied to each output of a layer: `Dense(64, activation: .relu)`.
///
/// One of your own is a formula: `ActivationFunction("swish") { x in x * x.sigmoid() }`.
public struct ActivationFunction: Sendable {
    /// Keras' name, used in files.
    public let name: String
    private let function: @Sendable (Value) -> Value
    /// The kernel that computes it in the same pass as a dense product, if there is one.
    package let fused: FusedActivation?

    public init(_ name: String, _ function: @escaping @Sendable (Value) -> Value) {
        self.init(name, fused: nil, function)
    }

    private init(_ name: String, fused: FusedActivation?, _ function: @escaping @Sendable (Value) -> Value) {
        self.name = name
        self.fused = fused
        self.function = function
    }

    public func callAsFunction(_ x: Value) -> Value { function(x) }

    /// x
    public static let linear = ActivationFunction("linear", fused: .linear) { $0 }
    /// max(x, 0)
    public static let relu = ActivationFunction("relu", fused: .relu) { $0.relu() }
    /// 1 / (1 + e⁻ˣ)
    public static let sigmoid = ActivationFunction("sigmoid", fused: .sigmoid) { $0.sigmoid() }
    /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
    public static let tanh = ActivationFunction("tanh", fused: .tanh) { $0.tanh() }
    /// eˣ / Σ eˣ along the last axis
    public static let softmax = ActivationFunction("softmax") { $0.softmax() }
    /// x − log Σ eˣ along the last axis
    public static let logSoftmax = ActivationFunction("log_softmax") { $0.logSoftmax() }
    /// log(1 + eˣ)
    public static let softplus = ActivationFunction("softplus") { $0.softplus() }
    /// x / (1 + |x|)
    public static let softsign = ActivationFunction("softsign") { $0 / ($0.abs() + 1) }
    /// x · sigmoid(x), also called swish
    public static let silu = ActivationFunction("silu") { $0 * $0.sigmoid() }
    /// eˣ
    public static let exponential = ActivationFunction("exponential") { $0.exp() }

    private static let all: [ActivationFunction] = [
        linear, relu, sigmoid, tanh, softmax, logSoftmax, softplus, softsign, silu, exponential,
    ]

    /// The built-in activation that Keras calls `name`; `nil` when there is none.
    public static func named(_ name: String) -> ActivationFunction? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
