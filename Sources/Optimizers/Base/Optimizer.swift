import CHornetKernels
public import HornetSupport
public import HornetTensor

/// Changes weights so that the loss falls. The walk over the weights is written here once; an optimizer says
/// which state a weight has and how one weight is updated.
///
/// A step follows Keras' order: clip the gradients, decay the weights, update, count the step.
/// [Keras: Optimizer](https://keras.io/api/optimizers/)
///
/// A subclass names its state in ``slotGroups``, computes what all weights share in ``beginStep(_:)`` and updates a
/// stretch of weights in ``update(_:)``. If it can also say what steps without gradient do to a row (``idleRule``),
/// an embedding costs the rows of the batch instead of the whole table.
open class Optimizer {
    /// Keras' class name, used in files.
    public let name: String
    public let clipping: GradientClipping
    /// Each step first shrinks the weights by this share times the learning rate (decoupled decay); 0 does not.
    public let weightDecay: Double
    /// The steps taken so far.
    public internal(set) var iterations = 0
    var rate: LearningRate
    var states: [ObjectIdentifier: ParameterState] = [:]
    /// Parameters in the order in which they were first seen: the order of their state in files.
    var known: [Parameter] = []

    public init(name: String, learningRate: LearningRate, clipping: GradientClipping, weightDecay: Double = 0) {
        require(weightDecay >= 0, "Optimizer", "the weight decay must not be negative: \(weightDecay)")
        self.name = name
        rate = learningRate
        self.clipping = clipping
        self.weightDecay = weightDecay
    }

    // MARK: What an optimizer says

    /// The names of the arrays that each weight needs, in Keras' words: `momentum`, `velocity`. In files one group
    /// follows the other, each over all weights; the names of a group take turns weight by weight.
    open var slotGroups: [[String]] { [] }

    /// What every element of a new array is.
    open func initialValue(ofSlot name: String) -> Float { 0 }

    /// Computes what all weights share in a step.
    open func beginStep(_ step: UpdateStep) {}

    /// Updates weights that lie together. Large arrays are cut, and several threads update their parts at the same time.
    open func update(_ span: UpdateSpan) { trap("Optimizer.update", "\(name) has to override update(_:)") }

    /// Updates rows of a table whose gradient is row-sparse; several threads have rows of their own. The default goes row
    /// by row.
    open func update(_ rows: UpdateRows) {
        rows.forEachSpan { span in
            span.decayWeights()
            update(span)
        }
    }

    /// What a step does to a row that gets no gradient; `nil` when there is no short way to say it, and every row
    /// has to be updated in every step.
    open var idleRule: IdleRule? { nil }

    /// The scale of this step for ``IdleRule/Drift``; read after ``beginStep(_:)``.
    open var idleScale: Double { 1 }

    /// The arguments that only this optimizer has, under Keras' names.
    open var arguments: JSON.Object { [:] }

    /// Keras' name of an optimizer that was given none: the class name in snake case.
    open var configName: String { name.lowercased() }

    // MARK: Steps

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

    /// Makes the state of `parameters`, in this order, before the first step does so.
    public func build(_ parameters: [Parameter]) {
        for parameter in parameters { _ = state(of: parameter) }
    }

    /// One step for all weights that have a gradient; nothing without any.
    public func apply(_ gradients: [(parameter: Parameter, gradient: Gradient)]) throws {
        guard !gradients.isEmpty else { return }
        // Averages that decay reach denormals, which are slow.
        let mode = hornet_flush_denormals()
        defer { hornet_restore_denormals(mode) }
        let step = UpdateStep(
            learningRate: learningRate, weightDecay: Float(weightDecay), number: iterations + 1)
        beginStep(step)
        for (parameter, gradient) in clipping.clipped(gradients) {
            require(
                gradient.count == parameter.count, "Optimizer.apply",
                "\(parameter.path) has the shape \(parameter.shape), its gradient \(gradient.count) elements")
            state(of: parameter).update(parameter, gradient, step, by: self)
        }
        iterations += 1
    }

    func state(of parameter: Parameter) -> ParameterState {
        let key = ObjectIdentifier(parameter)
        if let state = states[key] { return state }
        let slots = slotNames.map { Tensor.full(parameter.shape, initialValue(ofSlot: $0)) }
        let state = ParameterState(slots: slots)
        states[key] = state
        known.append(parameter)
        return state
    }

    final var slotNames: [String] { slotGroups.flatMap(\.self) }
}
