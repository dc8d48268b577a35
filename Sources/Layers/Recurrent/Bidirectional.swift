public import HornetSupport
public import HornetTensor

/// Reads each sequence in both directions, with two copies of a recurrent layer, and merges what they say.
///
/// ```swift
/// Bidirectional(LSTM(64))                             // [batch, 128]
/// Bidirectional(GRU(64, returnSequences: true), mergeMode: .sum)     // [batch, time, 64]
/// ```
/// With `returnSequences` both outputs are in the order of time, and 0 at masked steps. The layer given is a pattern:
/// the two are made from it, named `forward_…` and `backward_…`, with weights of their own; the backward weights come
/// after the forward ones. [Keras: Bidirectional](https://keras.io/api/layers/recurrent_layers/bidirectional/)
public final class Bidirectional: Layer {
    /// How the outputs a (forward) and b (backward) become one.
    public enum MergeMode: String, Sendable, CaseIterable {
        /// a and b behind each other.
        case concat
        /// a + b
        case sum
        /// a · b
        case mul
        /// (a + b) / 2
        case ave
    }

    /// `nil` when the outputs stay two. A model refuses such a layer; ``directions(_:initialState:_:)`` gives both of
    /// any.
    public let mergeMode: MergeMode?
    public let forwardLayer: RecurrentLayer
    public let backwardLayer: RecurrentLayer

    /// Traps unless the two read in different directions and agree in `returnSequences` and `returnState`.
    ///
    /// - Parameter backwardLayer: The pattern of the backward layer, with `goBackwards: true`; by default like `layer`.
    public init(
        _ layer: RecurrentLayer, mergeMode: MergeMode? = .concat, backwardLayer: RecurrentLayer? = nil,
        name: String? = nil
    ) {
        self.mergeMode = mergeMode
        let zeroing = { (options: inout RecurrentLayer.Options) in options.zeroOutputForMask = options.returnSequences }
        forwardLayer = layer.copy(name: Bidirectional.name("forward_", of: layer), zeroing)
        if let backwardLayer {
            self.backwardLayer = backwardLayer.copy(name: backwardLayer.name, zeroing)
        } else {
            self.backwardLayer = layer.copy(name: Bidirectional.name("backward_", of: layer)) { options in
                zeroing(&options)
                options.goBackwards = true
            }
        }
        forwardLayer.isTrainable = layer.isTrainable
        self.backwardLayer.isTrainable = (backwardLayer ?? layer).isTrainable
        super.init(name: name)
        if let problem = Bidirectional.problem(forwardLayer, self.backwardLayer) { trap("Bidirectional", problem) }
    }

    /// What keeps two layers from being a pair.
    private static func problem(_ forward: RecurrentLayer, _ backward: RecurrentLayer) -> String? {
        if forward.goBackwards == backward.goBackwards {
            return "forward and backward layer must differ in goBackwards; both have \(forward.goBackwards)"
        }
        if forward.returnSequences != backward.returnSequences || forward.returnState != backward.returnState {
            return "forward and backward layer must agree in returnSequences and returnState"
        }
        return nil
    }

    private static func name(_ prefix: String, of layer: Layer) -> String {
        layer.name.utf8.starts(with: prefix.utf8) ? layer.name : prefix + layer.name
    }

    public var returnSequences: Bool { forwardLayer.returnSequences }
    public override var className: String { "Bidirectional" }
    package override var makesWeights: Bool { true }
    package override var weightOwners: [WeightOwner] {
        [("forward_layer", forwardLayer), ("backward_layer", backwardLayer)].flatMap { side, layer in
            layer.weightOwners.map { ("\(side)/\($0.path)", $0.weights, $0.isTrainable) }
        }
    }
    package override var furtherOutputs: String? {
        mergeMode == nil
            ? "two outputs (mergeMode: nil)"
            : forwardLayer.returnState ? "the states of its layers beside its output (returnState)" : nil
    }

    public override func build(inputShape: Shape) throws -> Shape {
        let forward = try build(forwardLayer, inputShape: inputShape)
        let backward = try build(backwardLayer, inputShape: inputShape)
        guard mergeMode != .concat else { return forward.replacingLast(with: forward.last! + backward.last!) }
        guard forward == backward else {
            throw HornetError(
                .configuration, at: "layer \(name) (Bidirectional)",
                "the outputs \(forward) and \(backward) can't be merged by \(mergeMode?.rawValue ?? "nil")",
                remedy: "Give both layers the same number of units, or merge by .concat")
        }
        return forward
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value { outputAndStates(x, pass).output }

    /// The merged output, and the last states of the forward, then of the backward layer; `initialState` in the same
    /// order. Traps when `mergeMode` is `nil`.
    public func outputAndStates(
        _ x: Value, initialState: [Value] = [], _ pass: Pass
    ) -> (output: Value, states: [Value]) {
        let (a, b, states) = directions(x, initialState: initialState, pass)
        let merged: Value
        switch mergeMode {
        case .concat: merged = .concatenated([a, b], axis: -1)
        case .sum: merged = a + b
        case .mul: merged = a * b
        case .ave: merged = (a + b) * 0.5
        case nil: trap("Bidirectional", "\(name) gives two outputs: call directions(_:initialState:_:)")
        }
        return (merged.masked(by: a.mask), states)
    }

    /// The outputs of both layers before they are merged, and their states as ``outputAndStates(_:initialState:_:)``
    /// has them.
    public func directions(
        _ x: Value, initialState: [Value] = [], _ pass: Pass
    ) -> (forward: Value, backward: Value, states: [Value]) {
        let half = initialState.count / 2
        let (forward, forwardStates) = forwardLayer.outputAndStates(x, initialState: Array(initialState[..<half]), pass)
        let (backward, backwardStates) = backwardLayer.outputAndStates(
            x, initialState: Array(initialState[half...]), pass, reversesOutput: true)
        return (forward, backward, forwardStates + backwardStates)
    }

    public override var config: JSON.Object? {
        guard let layer = try? LayerRegistry.description(of: forwardLayer),
            let backward = try? LayerRegistry.description(of: backwardLayer)
        else { return nil }
        return [
            "merge_mode": mergeMode.map { .string($0.rawValue) } ?? .null, "layer": layer, "backward_layer": backward,
        ]
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        func recurrent(_ key: String) throws -> RecurrentLayer? {
            guard let description = try config.optional(key) else { return nil }
            guard let layer = try LayerRegistry().layer(from: description) as? RecurrentLayer else {
                throw description.refuse("it is no recurrent layer")
            }
            return layer
        }
        guard let layer = try recurrent("layer") else { throw config.refuse("the key \"layer\" is missing") }
        let backward = try recurrent("backward_layer")
        let problem = backward.map { Bidirectional.problem(layer, $0) }
            ?? (layer.goBackwards ? "the layer reads backwards" : nil)
        if let problem { throw config.refuse(problem) }
        var mode: MergeMode?
        if let merge = try config.optional("merge_mode") {
            mode = MergeMode(rawValue: try merge.string())
            if mode == nil { throw merge.refuse("there is no merge mode \(try merge.string())") }
        }
        self.init(layer, mergeMode: mode, backwardLayer: backward, name: name)
    }
}
