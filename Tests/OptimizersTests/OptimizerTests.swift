import HornetModelFiles
import HornetOptimizers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Every optimizer against Keras over thirty random steps (`Tests/Oracles/optimizers.py`), with dense gradients and with
/// the same gradients as touched rows.
@Suite struct OptimizerTests {
    private static let golden = Dictionary(
        uniqueKeysWithValues: try! SafetensorsFile(path: Fixture.path("optimizers.safetensors")).tensors.map { ($0.name, $0.tensor) })

    private static let makers: [(name: String, make: @Sendable () -> Optimizer)] = [
        ("sgd", { .sgd(learningRate: 0.1) }),
        ("sgd_momentum", { .sgd(learningRate: 0.1, momentum: 0.9) }),
        ("sgd_nesterov", { .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true) }),
        ("rmsprop", { .rmsprop() }),
        ("adam", { .adam() }),
        ("adam_betas", { .adam(learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3) }),
        ("adamw", { .adamW(learningRate: 0.01, weightDecay: 0.1) }),
        ("adam_clipnorm", { .adam(learningRate: 0.01, clipping: GradientClipping(norm: 0.5)) }),
        ("sgd_global_clipnorm", { .sgd(learningRate: 0.1, clipping: GradientClipping(globalNorm: 0.7)) }),
        ("sgd_clipvalue", { .sgd(learningRate: 0.1, clipping: GradientClipping(value: 0.3)) }),
        ("sgd_exponential", { .sgd(learningRate: .exponentialDecay(initial: 0.1, decaySteps: 7, decayRate: 0.5)) }),
        (
            "sgd_staircase",
            { .sgd(learningRate: .exponentialDecay(initial: 0.1, decaySteps: 7, decayRate: 0.5, staircase: true)) }
        ),
        ("adam_piecewise", { .adam(learningRate: .piecewiseConstant(boundaries: [5, 12], values: [0.1, 0.01, 0.001])) }),
    ]

    /// The rows of a gradient that are not all zero.
    private func touchedRows(_ gradient: Tensor) -> Gradient {
        let touched = (0..<gradient.shape[0]).filter { row in (0..<gradient.shape[1]).contains { gradient[row, $0] != 0 } }
        return .rows(
            RowSparse(
                rows: Indices(touched.map(Int32.init)), values: gradient.gathered(touched), rowCount: gradient.shape[0]))
    }

    /// The largest relative error over all steps.
    private func error(_ name: String, _ optimizer: Optimizer, rows: Bool) throws -> Float {
        let kernel = Parameter(Self.golden["start/kernel"]!, role: "kernel")
        let bias = Parameter(Self.golden["start/bias"]!, role: "bias")
        var worst: Float = 0
        for step in 0..<30 {
            let kernelGradient = Self.golden["gradients/kernel"]![step..<step + 1].reshaped([5, 3])
            let biasGradient = Self.golden["gradients/bias"]![step..<step + 1].reshaped([3])
            try optimizer.apply([
                (kernel, rows ? touchedRows(kernelGradient) : .dense(kernelGradient)), (bias, .dense(biasGradient)),
            ])
            for (weight, role) in [(kernel, "kernel"), (bias, "bias")] {
                let expected = Self.golden["\(name)/\(role)"]![step..<step + 1].scalars
                for (a, b) in zip(weight.value.scalars, expected) { worst = max(worst, (a - b).magnitude / max(b.magnitude, 0.01)) }
            }
        }
        return worst
    }

    @Test(arguments: makers.map(\.name)) func followsKeras(_ name: String) throws {
        let make = Self.makers.first { $0.name == name }!.make
        #expect(try error(name, make(), rows: false) < 1e-5)
        #expect(try error(name, make(), rows: true) < 1e-5)
    }

    @Test func anotherRateIsNoticed() throws {
        #expect(try error("adam", .adam(learningRate: 0.00101), rows: false) > 1e-5)
    }

    /// The worked example: rows without a gradient still move while their momentum fades.
    @Test func adamMovesWeightsWhoseGradientIsGone() throws {
        let weight = Parameter(Tensor([1, 2]), role: "w")
        let optimizer = Optimizer.adam()
        let expected: [[Float]] = [[0.999, 2.0009999], [0.99808222, 2.00166988], [0.99737281, 2.00218773]]
        for (gradient, after) in zip([[0.1, -0.2], [0.3, 0], [0, 0]] as [[Float]], expected) {
            try optimizer.apply([(weight, .dense(Tensor(gradient)))])
            for (a, b) in zip(weight.value.scalars, after) { #expect((a - b).magnitude < 3e-7) }
        }
    }

    @Test func stateComesBack() throws {
        let (first, second) = (Parameter(.ones([4]), role: "w"), Parameter(.ones([4]), role: "w"))
        let (a, b) = (Optimizer.adam(), Optimizer.adam())
        for step in 0..<3 { try a.apply([(first, .dense(.full([4], Float(step) - 1)))]) }
        second.value = first.value
        let state = a.state
        try b.restore(iterations: a.iterations, of: [second]) { name in state.first { $0.name == name }?.value }
        for optimizerAndWeight in [(a, first), (b, second)] {
            try optimizerAndWeight.0.apply([(optimizerAndWeight.1, .dense(.ones([4])))])
        }
        #expect(first.value == second.value)
        #expect(throws: HornetError.self) { try Optimizer.adam().restore(iterations: 1, of: [second]) { _ in nil } }
    }

    @Test func schedulesRefuseToBeSet() {
        let scheduled = Optimizer.sgd(learningRate: .exponentialDecay(initial: 1, decaySteps: 1, decayRate: 0.5))
        #expect(throws: HornetError.self) { try scheduled.setLearningRate(1) }
        #expect(throws: Never.self) { try Optimizer.sgd().setLearningRate(1) }
    }
}
