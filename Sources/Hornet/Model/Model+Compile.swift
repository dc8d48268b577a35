public import HornetLayers
public import HornetMetrics
public import HornetOptimizers
import HornetSupport

extension Model {
    /// What ``compile(optimizer:loss:metrics:weightedMetrics:)`` was given.
    struct Compilation {
        /// What is made small and measured at one output.
        struct Output {
            /// `nil` where nothing is made small.
            let loss: Loss?
            /// The factor of the loss in the sum of all; `nil` for 1.
            let lossWeight: Float?
            let metrics: [Metric]
            let weightedMetrics: [Metric]
        }

        let optimizer: Optimizer
        let outputs: [Output]
        let names: FigureNames
        /// Why nothing can be trained like this.
        var problem: HornetError?

        init(_ optimizer: Optimizer, _ outputs: [Output], names outputNames: [String]) {
            func resolved(_ metrics: [Metric], _ loss: Loss?) -> [Metric] {
                metrics.map { ($0 as? Accuracy)?.resolved(for: loss?.accuracyKind ?? .binary) ?? $0 }
            }
            self.optimizer = optimizer
            self.outputs = outputs.map {
                Output(
                    loss: $0.loss, lossWeight: $0.lossWeight, metrics: resolved($0.metrics, $0.loss),
                    weightedMetrics: resolved($0.weightedMetrics, $0.loss))
            }
            names = FigureNames(self.outputs, outputNames)
        }

        var allMetrics: [Metric] { outputs.flatMap { $0.metrics + $0.weightedMetrics } }
    }

    /// Says how to train: the optimizer, what to make small, and what to measure.
    ///
    /// `.accuracy` means what the loss makes of it: with `.binaryCrossentropy` each label counts on its own
    /// (`BinaryAccuracy`; Keras 3 would compare the largest output with the largest target, which says nothing about
    /// several labels). `metrics` ignore sample weights, `weightedMetrics` use them.
    ///
    /// With several outputs the loss is that of each, and their sum is made small; their metrics are given to
    /// ``compile(optimizer:losses:lossWeights:metrics:weightedMetrics:)``.
    public func compile(
        optimizer: Optimizer = .rmsprop(), loss: Loss, metrics: [Metric] = [], weightedMetrics: [Metric] = []
    ) {
        let output = Compilation.Output(
            loss: loss, lossWeight: nil, metrics: metrics, weightedMetrics: weightedMetrics)
        let count = graph.outputs.count
        var compilation = Compilation(optimizer, Array(repeating: output, count: count), names: outputNames)
        if count > 1, !metrics.isEmpty || !weightedMetrics.isEmpty {
            compilation.problem = HornetError(
                .configuration, at: "compile", "metrics were given for one output, the model has \(count): \(outputList)",
                remedy: "Call compile(optimizer:losses:lossWeights:metrics:) with a list for each")
        }
        self.compilation = compilation
    }

    /// The same for a model with several outputs: a loss, metrics, and metrics that use sample weights for each, in their
    /// order.
    ///
    /// Training makes the sum of all losses small, each times its weight. The figures are called as in Keras: `loss` for
    /// that sum, `<output>_loss` for each loss without its weight where there are several, `<output>_<metric>` for metrics.
    ///
    /// Throws when there are not as many of each as outputs, and when no output has a loss.
    /// - Parameters:
    ///   - losses: `nil` for an output that is not trained.
    ///   - lossWeights: By default 1 for each.
    public func compile(
        optimizer: Optimizer = .rmsprop(), losses: [Loss?], lossWeights: [Float]? = nil, metrics: [[Metric]] = [],
        weightedMetrics: [[Metric]] = []
    ) throws {
        let count = graph.outputs.count
        let given = [
            ("losses", losses.count), ("lossWeights", lossWeights?.count ?? count),
            ("metrics", metrics.isEmpty ? count : metrics.count),
            ("weightedMetrics", weightedMetrics.isEmpty ? count : weightedMetrics.count),
        ]
        for (what, number) in given where number != count {
            throw HornetError(
                .configuration, at: "compile", "\(what) has \(number) elements, the model has \(count) outputs: \(outputList)",
                remedy: "Give one for each output, in their order")
        }
        guard losses.contains(where: { $0 != nil }) else {
            throw HornetError(.configuration, at: "compile", "no output has a loss")
        }
        if let lossWeights, let bad = lossWeights.first(where: { !$0.isFinite }) {
            throw HornetError(.configuration, at: "compile", "the weight of a loss is \(bad)")
        }
        let all = (metrics + weightedMetrics).flatMap(\.self)
        guard Set(all.map(ObjectIdentifier.init)).count == all.count else {
            throw HornetError(
                .configuration, at: "compile", "the same metric was given twice", remedy: "Make one for each output")
        }
        let outputs = (0..<count).map { number in
            Compilation.Output(
                loss: losses[number], lossWeight: lossWeights?[number],
                metrics: metrics.isEmpty ? [] : metrics[number],
                weightedMetrics: weightedMetrics.isEmpty ? [] : weightedMetrics[number])
        }
        compilation = Compilation(optimizer, outputs, names: outputNames)
    }

    /// What ``compile(optimizer:loss:metrics:weightedMetrics:)`` set; throws before it was called.
    func compiled(for call: String) throws -> Compilation {
        guard let compilation else {
            throw HornetError(
                .configuration, at: call, "the model is not compiled",
                remedy: "Call compile(optimizer:loss:metrics:) first")
        }
        if let problem = compilation.problem { throw problem }
        return compilation
    }

    /// The optimizer that the model was compiled with.
    public var optimizer: Optimizer? { compilation?.optimizer }
    var optimizerStateCount: Int { compilation?.optimizer.stateCount ?? 0 }

    /// The optimizer's present learning rate; 0 before the model is compiled.
    public var learningRate: Float { compilation?.optimizer.learningRate ?? 0 }

    /// Changes the learning rate. Throws when a schedule sets it.
    public func setLearningRate(_ rate: Float) throws {
        try compiled(for: "setLearningRate").optimizer.setLearningRate(rate)
    }

    var outputList: String { outputNames.joined(separator: ", ") }
}

extension Loss {
    fileprivate var accuracyKind: Accuracy.Kind {
        switch targetKind {
        case .binary, .real: .binary
        case .categorical: .categorical
        case .sparseCategorical: .sparseCategorical
        }
    }
}
