import HornetSupport
public import HornetTensor

/// How a weight starts: `Dense(64, kernelInitializer: .heUniform)`. The distributions are Keras'; the streams
/// of random numbers are not.
public struct Initializer: Sendable {
    /// Keras' class name, used in files.
    public let name: String
    private let make: @Sendable ([Int], inout RandomSource) -> Tensor

    public init(_ name: String, _ make: @escaping @Sendable (_ shape: [Int], _ random: inout RandomSource) -> Tensor) {
        self.name = name
        self.make = make
    }

    /// A tensor of `shape` drawn from `random`.
    public func callAsFunction(_ shape: [Int], using random: inout RandomSource) -> Tensor { make(shape, &random) }

    public static let zeros = Initializer("Zeros") { shape, _ in .zeros(shape) }
    public static let ones = Initializer("Ones") { shape, _ in .ones(shape) }
    /// Every element `value`.
    public static func constant(_ value: Float) -> Initializer {
        Initializer("Constant") { shape, _ in .full(shape, value) }
    }

    /// These values, for a weight of their shape: vectors that were trained elsewhere. Traps on a weight of another shape.
    public static func values(_ values: Tensor) -> Initializer {
        Initializer("Constant") { shape, _ in
            require(shape == values.shape, "Initializer.values", "the weight's shape is \(shape), the values' \(values.shape)")
            return values
        }
    }

    /// Uniform in `[low, high)`; Keras' default is ±0.05.
    public static func uniform(_ low: Float = -0.05, _ high: Float = 0.05) -> Initializer {
        Initializer("RandomUniform") { .uniform($0, low: low, high: high, using: &$1) }
    }
    /// Normal; Keras' default deviation is 0.05.
    public static func normal(mean: Float = 0, standardDeviation: Float = 0.05) -> Initializer {
        Initializer("RandomNormal") { .normal($0, mean: mean, standardDeviation: standardDeviation, using: &$1) }
    }
    /// Normal without what lies beyond two standard deviations.
    public static func truncatedNormal(mean: Float = 0, standardDeviation: Float = 0.05) -> Initializer {
        Initializer("TruncatedNormal") {
            .truncatedNormal($0, mean: mean, standardDeviation: standardDeviation, using: &$1)
        }
    }

    /// ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010).
    public static let glorotUniform = varianceScaling("GlorotUniform", 1, .average, .uniform)
    /// Truncated normal of variance 2 / (fan in + fan out) (Glorot and Bengio 2010).
    public static let glorotNormal = varianceScaling("GlorotNormal", 1, .average, .truncatedNormal)
    /// ±√(6 / fan in) (He et al. 2015).
    public static let heUniform = varianceScaling("HeUniform", 2, .input, .uniform)
    /// Truncated normal of variance 2 / fan in (He et al. 2015).
    public static let heNormal = varianceScaling("HeNormal", 2, .input, .truncatedNormal)
    /// ±√(3 / fan in) (LeCun et al. 1998).
    public static let lecunUniform = varianceScaling("LecunUniform", 1, .input, .uniform)
    /// Truncated normal of variance 1 / fan in (LeCun et al. 1998).
    public static let lecunNormal = varianceScaling("LecunNormal", 1, .input, .truncatedNormal)

    /// A random matrix with orthonormal rows or columns, whichever are fewer; leading axes count as rows
    /// (Saxe et al. 2013).
    public static let orthogonal = Initializer("Orthogonal") { shape, random in
        let columns = shape.last ?? 1
        let rows = shape.dropLast().reduce(1, *)
        let draw = Tensor.normal([max(rows, columns), min(rows, columns)], using: &random)
        guard let factors = try? draw.qr() else { trap("orthogonal", "\(shape) is too large") }
        // The signs of r's diagonal make the draw uniform over all such matrices.
        let signs = Tensor((0..<min(rows, columns)).map { factors.r[$0, $0] < 0 ? -1 : 1 })
        let signed = factors.q * signs
        return (rows < columns ? signed.transposed() : signed).reshaped(shape)
    }

    private enum Fan { case input, average }
    private enum Distribution { case uniform, truncatedNormal }

    /// Keras' `VarianceScaling`: variance `scale / fan`.
    private static func varianceScaling(
        _ name: String, _ scale: Float, _ fan: Fan, _ distribution: Distribution
    ) -> Initializer {
        Initializer(name) { shape, random in
            let (input, output) = fans(of: shape)
            let size = fan == .input ? input : (input + output) / 2
            let variance = scale / Swift.max(size, 1)
            switch distribution {
            case .uniform:
                let limit = (3 * variance).squareRoot()
                return .uniform(shape, low: -limit, high: limit, using: &random)
            case .truncatedNormal:
                // Cutting at ±2σ shrinks the deviation to this share.
                let deviation = variance.squareRoot() / 0.87962566103423978
                return .truncatedNormal(shape, standardDeviation: deviation, using: &random)
            }
        }
    }

    /// Keras' `compute_fans`: the last two axes, times the receptive field of a convolution.
    package static func fans(of shape: [Int]) -> (input: Float, output: Float) {
        switch shape.count {
        case 0: return (1, 1)
        case 1: return (Float(shape[0]), Float(shape[0]))
        default:
            let field = shape.dropLast(2).reduce(1, *)
            return (Float(shape[shape.count - 2] * field), Float(shape[shape.count - 1] * field))
        }
    }
}
