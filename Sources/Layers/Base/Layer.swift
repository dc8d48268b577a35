public import HornetSupport
public import HornetTensor

/// A step of a model: knows its weights, and how to compute its output from its input.
///
/// A layer of your own needs only a ``forward(_:_:)``:
/// ```swift
/// final class Doubled: Layer {
///     override func forward(_ x: Value, _ pass: Pass) -> Value { x * 2 }
/// }
/// ```
/// With weights, override ``build(inputShape:)`` too and make them with ``addWeight(_:shape:initializer:isTrained:)``.
/// Gradients come from the operations on `Value`.
open class Layer {
    /// The name in summaries, errors and files; Keras' scheme (`dense_1`) unless given.
    public package(set) var name: String
    /// Whether the name was given by the user rather than made from the class.
    package let isNamed: Bool
    /// The weights, in Keras' order.
    public private(set) var parameters: [Parameter] = []
    /// The shape that ``build(inputShape:)`` returned, for the first call where there are several; `nil` before.
    public private(set) var outputShape: Shape?
    /// When false, training leaves all weights of this layer alone. Setting it sets the layers within, too.
    public var isTrainable = true {
        didSet {
            for layer in innerLayers { layer.isTrainable = isTrainable }
            for parameter in trainedWeights { parameter.isTrainable = isTrainable }
        }
    }
    /// What the layer was built for.
    private var builtShape: Shape?
    /// The weights that this layer made itself, with the shapes it asked for.
    private var ownWeights: [(weight: Parameter, shape: [Int])] = []
    /// How many of them a later call has asked for again, which has to get the same; `nil` while the layer is first built.
    private var reusedCount: Int?
    /// The weights of this layer's own that gradients change.
    private var trainedWeights: [Parameter] = []
    /// The layers that this one is made of, built by ``build(_:inputShape:)``.
    private var innerLayers: [Layer] = []
    /// The path of the layer that this one is part of, with a slash behind it.
    private var outerPath = ""

    private var initialization = RandomSource(seed: 0)
    private var weightOrigin = WeightOrigin.drawn
    /// What was wrong with weights from a file, or with those that a later call needs.
    private var weightFailure: HornetError?

    /// Where weights come from.
    package enum WeightOrigin {
        /// From their initializers.
        case drawn
        /// From a file that knows them by their paths (`dense/kernel`); `nil` when it has none of that path.
        case stored((_ path: String) -> Tensor?)
        /// They are set afterwards, to values of the shape that is told here; until then they are empty.
        case later((_ weight: Parameter, _ shape: [Int]) -> Void)
    }

    public init(name: String? = nil) {
        self.name = name ?? ""
        isNamed = name != nil
        if name == nil { self.name = Layer.snakeCase(className) }
    }

    /// Keras' name of the class: what summaries and files call this kind of layer.
    open var className: String { "\(type(of: self))" }

    /// Makes the weights for inputs of `inputShape` and returns the shape of the output. Called once.
    ///
    /// The default makes none, and finds the output's shape by computing on zeros. Throws when the shape does
    /// not fit.
    open func build(inputShape: Shape) throws -> Shape { try traced(inputShape) }

    /// The output for `x`; on the tape of `pass`, when it has one.
    open func forward(_ x: Value, _ pass: Pass) throws -> Value {
        trap("Layer.forward", "\(className) has to override forward(_:_:)")
    }

    /// The arguments that make the layer again, as Keras' `get_config` names them, without name and trainability; `nil`
    /// when the layer can't be saved.
    open var config: JSON.Object? { nil }

    /// When the layer ends in an activation that a loss can see through: its output before that activation.
    package func logits(_ x: Value, _ pass: Pass) throws -> Value? { nil }
    /// The activation that ``logits(_:_:)`` leaves out.
    package var outputActivation: ActivationFunction? { nil }

    /// One layer that does the work of this one and `next` in fewer passes over memory, sharing their weights;
    /// `nil` when there is none.
    package func fused(with next: Layer) -> Layer? { nil }

    /// A layer that answers as this one does with its present weights, in less time: worth its preparation where `count`
    /// numbers are to go in. Nobody changes the weights while it is in use.
    package func prepared(forInputs count: Int) -> Layer { self }

    /// The layer as others know it, built: itself, or the one with the same answers that stands for it in files for others.
    /// Throws when that would be too large.
    package var commonForm: Layer { get throws { self } }

    /// What stands before the roles of the layer's weights in their paths. Keras puts the cell of a recurrent layer in
    /// between.
    package var weightScope: String { name }

    /// An object that owns weights in Keras: the way to it from the layer, and its weights once they are made.
    package typealias WeightOwner = (path: String, weights: [Parameter], isTrainable: Bool)

    /// The objects that own the layer's weights, as Keras' archives order them. All their weights are ``parameters``.
    package var weightOwners: [WeightOwner] { [("", parameters, isTrainable)] }

    /// What the layer gives beside its output, for an error that says so: nothing but layers that call it can take it.
    package var furtherOutputs: String? { nil }

    /// Whether building makes weights; what tells an unbuilt layer in a summary.
    package var makesWeights: Bool { !parameters.isEmpty }

    /// Makes a weight called `role` and counts it among ``parameters``.
    ///
    /// - Parameter isTrained: False for what the layer itself keeps up to date, like an average of what it has seen: no
    ///   optimizer touches it, and files and copies of the model have it as they have every weight.
    public func addWeight(
        _ role: String, shape: [Int], initializer: Initializer, isTrained: Bool = true
    ) -> Parameter {
        if let reusedCount { return reusedWeight(reusedCount, role, shape) }
        let path = outerPath + weightScope + "/" + role
        let parameter = Parameter(startingValue(path, shape, initializer), role: role)
        parameter.path = path
        parameter.isTrainable = isTrained && isTrainable
        if case .later(let tell) = weightOrigin { tell(parameter, shape) }
        if isTrained { trainedWeights.append(parameter) }
        parameters.append(parameter)
        ownWeights.append((parameter, shape))
        return parameter
    }

    /// The weight that the layer made when it was built.
    private func reusedWeight(_ number: Int, _ role: String, _ shape: [Int]) -> Parameter {
        reusedCount = number + 1
        guard number < ownWeights.count, ownWeights[number].shape == shape else {
            weightFailure = HornetError(
                .shape, at: "layer \(name) (\(className))",
                "its weight \(role) would have the shape \(Shape(shape)) here, it was made for inputs \(builtShape!)")
            return ownWeights.first?.weight ?? Parameter(Tensor.zeros([0]), role: role)
        }
        return ownWeights[number].weight
    }

    /// Builds a layer that is part of this one; for ``build(inputShape:)``. Its weights count among ``parameters``,
    /// under this layer's path: `bidirectional/forward_lstm/…`.
    ///
    /// ```swift
    /// final class Twice: Layer {
    ///     let inner = LSTM(8, returnSequences: true)
    ///     override func build(inputShape: Shape) throws -> Shape { try build(inner, inputShape: inputShape) }
    ///     override func forward(_ x: Value, _ pass: Pass) throws -> Value { try inner.forward(x, pass) * 2 }
    /// }
    /// ```
    public func build(_ inner: Layer, inputShape: Shape) throws -> Shape {
        inner.outerPath = outerPath + name + "/"
        if !isTrainable { inner.isTrainable = false }
        if reusedCount != nil { return try inner.buildOnce(inputShape, initialization, weightOrigin) }
        let shape = try inner.buildOnce(inputShape, initialization.split(), weightOrigin)
        innerLayers.append(inner)
        parameters += inner.parameters
        return shape
    }

    /// The initializer's draw, or what the file holds. A file's sizes are compared before any memory is taken for them.
    private func startingValue(_ path: String, _ shape: [Int], _ initializer: Initializer) -> Tensor {
        switch weightOrigin {
        case .drawn: return initializer(shape, using: &initialization)
        case .later: return Tensor.zeros([0])
        case .stored(let find):
            let value = find(path)
            if let value, value.shape == shape { return value }
            weightFailure = Layer.refusal(of: value, path, shape)
            return Tensor.zeros([0])
        }
    }

    /// The error of a weight in a file that is not there, or has not the shape that the layer needs.
    package static func refusal(of stored: Tensor?, _ path: String, _ shape: [Int]) -> HornetError {
        let found = stored.map { "has the shape \($0.shape)" } ?? "is missing"
        return HornetError(.file, at: "weight \(path)", "it \(found), the layer needs \(shape)")
    }

    /// Builds the layer as part of a model that seeds its weights or has them in a file. Once: called on other values, it
    /// keeps its weights. Gives the output's shape of this call.
    package func build(_ inputShapes: [Shape], random: RandomSource, weights: WeightOrigin) throws -> Shape {
        try build(inputShape: inputShapes[0], random: random, weights: weights)
    }

    /// The same for a layer with one input.
    package func build(inputShape: Shape, random: RandomSource, weights: WeightOrigin = .drawn) throws -> Shape {
        if let furtherOutputs {
            throw HornetError(
                .configuration, at: "layer \(name) (\(className))",
                "it gives \(furtherOutputs), a model hands one value on",
                remedy: "Write a layer of your own that calls its outputAndStates")
        }
        return try buildOnce(inputShape, random, weights)
    }

    private func buildOnce(_ inputShape: Shape, _ random: RandomSource, _ weights: WeightOrigin) throws -> Shape {
        if let outputShape { return inputShape == builtShape ? outputShape : try shape(for: inputShape) }
        builtShape = inputShape
        initialization = random
        weightOrigin = weights
        let shape = try build(inputShape: inputShape)
        weightOrigin = .drawn
        if let weightFailure { throw weightFailure }
        outputShape = shape
        return shape
    }

    /// The output's shape in a call on inputs of another shape than that which the layer was built for. Throws unless the
    /// weights are the same.
    private func shape(for inputShape: Shape) throws -> Shape {
        reusedCount = 0
        defer { (reusedCount, weightFailure) = (nil, nil) }
        let shape = try build(inputShape: inputShape)
        if let weightFailure { throw weightFailure }
        return shape
    }

    /// The error of a shape that this layer can't take.
    package func refuse(_ shape: Shape, expected: String, remedy: String = "") -> HornetError {
        HornetError(
            .shape, at: "layer \(name) (\(className))", "expected \(expected), got the shape \(shape)", remedy: remedy)
    }

    /// The output's shape from two runs on zeros that differ in the sizes not known: what differs is not known.
    private func traced(_ inputShape: Shape) throws -> Shape {
        func sizes(_ unknown: Int) throws -> [Int] {
            let x = Value(Tensor.zeros(inputShape.sizes.map { $0 ?? unknown }))
            return try forward(x, .inference()).shape
        }
        let (two, three) = (try sizes(2), try sizes(3))
        return Shape(zip(two, three).map { $0 == $1 ? $0 : nil })
    }

    /// `GlobalMaxPooling1D` → `global_max_pooling1d`, by Keras' `to_snake_case`.
    package static func snakeCase(_ className: String) -> String {
        let letters = className.utf8.filter { isWordByte($0) }
        var result: [UInt8] = []
        func isUpper(_ i: Int) -> Bool { letters.indices.contains(i) && (65...90).contains(letters[i]) }
        func isLower(_ i: Int) -> Bool { letters.indices.contains(i) && (97...122).contains(letters[i]) }
        for i in letters.indices {
            let startsWord = isUpper(i) && i > 0 && (isLower(i + 1) || isLower(i - 1))
            if startsWord { result.append(UInt8(ascii: "_")) }
            result.append(isUpper(i) ? letters[i] + 32 : letters[i])
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Letters, digits and the underscore: what is left of `Wrapped<Dense>` is `WrappedDense`.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
