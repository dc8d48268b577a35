import HornetSupport
public import HornetTensor

/// Changes weights so that the loss falls. The walk over the weights is written here once; an optimizer says
/// which state a weight has and how one weight is updated.
///
/// A step follows Keras' order: clip the gradients, decay the weights, update, count the step.
/// [Keras: Optimizer](https://keras.io/api/optimizers/)
open class Optimizer {
    /// Keras' class name, used in files.
    public let name: String
    public let clipping: GradientClipping
    /// Each step first shrinks the weights by this share times the learning rate (decoupled decay); 0 does not.
    public let weightDecay: Float
    /// The steps taken so far.
    public private(set) var iterations = 0
    private var rate: LearningRate
    private var states: [ObjectIdentifier: ParameterState] = [:]
    /// Parameters in the order in which they were first seen: the order of their state in files.
    private var known: [Parameter] = []

    public init(name: String, learningRate: LearningRate, clipping: GradientClipping, weightDecay: Float = 0) {
        self.name = name
        rate = learningRate
        self.clipping = clipping
        self.weightDecay = weightDecay
    }

    /// The names of the arrays that each weight needs, in Keras' words: `momentum`, `velocity`.
    open var slotNames: [String] { [] }

    /// Updates `count` weights that lie together. `slots` has one array of the same length for each of ``slotNames``.
    open func update(_ span: UpdateSpan) {
        trap("Optimizer.update", "\(name) has to override update(_:)")
    }

    /// Whether rows without gradient stay as they are. False where state keeps moving them, as with momentum.
    open var leavesUntouchedRows: Bool { false }

    /// The learning rate of the next step.
    public var learningRate: Float { rate.value(at: iterations) }

    /// Changes the learning rate. Throws when a schedule sets it.
    public func setLearningRate(_ value: Float) throws {
        guard rate.isConstant else {
            throw HornetError(
                .configuration, at: "optimizer \(name)", "its learning rate follows a schedule and can't be set",
                remedy: "Give it a constant learning rate to change it by hand or by callback")
        }
        rate = .constant(value)
    }

    /// One step for all weights that have a gradient.
    public func apply(_ gradients: [(parameter: Parameter, gradient: Gradient)]) throws {
        var gradients = gradients
        clipping.clip(&gradients)
        let step = UpdateStep(learningRate: learningRate, number: iterations + 1)
        for (parameter, gradient) in gradients {
            let state = state(of: parameter)
            if weightDecay > 0 {
                let factor = 1 - weightDecay * step.learningRate
                parameter.update { weights in for i in weights.indices { weights[i] *= factor } }
            }
            state.update(parameter, gradient, step, by: self)
        }
        iterations += 1
    }

    private func state(of parameter: Parameter) -> ParameterState {
        let key = ObjectIdentifier(parameter)
        if let state = states[key] { return state }
        let state = ParameterState(slots: slotNames.map { _ in Tensor.zeros(parameter.shape) })
        states[key] = state
        known.append(parameter)
        return state
    }

    // MARK: State in files

    /// The number of numbers that the optimizer keeps, with Keras' two of its own; 0 before the first step.
    package var stateCount: Int {
        known.isEmpty ? 0 : known.reduce(2) { $0 + $1.count * slotNames.count }
    }

    /// The state of every weight by name: `dense/kernel/momentum`.
    package var state: [(name: String, value: Tensor)] {
        known.flatMap { parameter in
            zip(slotNames, states[ObjectIdentifier(parameter)]!.slots).map { (parameter.path + "/" + $0, $1) }
        }
    }

    /// Puts back what ``state`` gave. Throws when a weight's state is missing or has another shape.
    package func restore(iterations: Int, of parameters: [Parameter], _ value: (String) -> Tensor?) throws {
        for parameter in parameters {
            let slots = try slotNames.map { slot -> Tensor in
                let name = parameter.path + "/" + slot
                guard let tensor = value(name), tensor.shape == parameter.shape else {
                    throw HornetError(.file, at: "optimizer \(self.name)", "the state \(name) is missing or has another shape")
                }
                return tensor
            }
            state(of: parameter).slots = slots
        }
        self.iterations = iterations
    }
}

/// What all weights share in one step.
public struct UpdateStep: Sendable {
    public let learningRate: Float
    /// Counted from 1.
    public let number: Int
}

/// Weights that lie together, with their gradients and state: what an optimizer updates at once.
public struct UpdateSpan {
    public let weights: UnsafeMutablePointer<Float>
    public let gradients: UnsafePointer<Float>
    public let slots: [UnsafeMutablePointer<Float>]
    public let count: Int
    public let step: UpdateStep
}
