public import HornetTensor

/// One walk through a model: everything that a layer's `forward` may need beside its input.
public final class Pass {
    /// Where operations are recorded; `nil` when no gradient is wanted.
    public let tape: Tape?
    /// Dropout and its kin act only when true.
    public let isTraining: Bool
    /// The source of every random draw in this pass.
    public var random: RandomSource

    /// A pass for answers: no tape, no dropout.
    public static func inference() -> Pass { Pass(tape: nil, isTraining: false, random: unused) }

    private static let unused = RandomSource(seed: 0)

    public init(tape: Tape?, isTraining: Bool, random: RandomSource) {
        self.tape = tape
        self.isTraining = isTraining
        self.random = random
    }

    /// A weight as a value of this pass: a leaf of the tape, or a constant without one.
    public func value(of parameter: Parameter) -> Value {
        tape?.value(of: parameter) ?? Value(parameter.value)
    }
}
