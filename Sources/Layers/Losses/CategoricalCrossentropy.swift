public import HornetSupport
public import HornetTensor

/// `−Σ t·log p` over classes of which one is true, with `t = y·(1 − labelSmoothing) + labelSmoothing/classes`.
///
/// On probabilities, each row is first divided by its sum and held within `[1e-7, 1 − 1e-7]`, as in Keras. A model
/// that ends in a softmax is trained on its logits.
/// [Keras: CategoricalCrossentropy](https://keras.io/api/losses/probabilistic_losses/#categoricalcrossentropy-class)
public final class CategoricalCrossentropy: Loss {
    public let fromLogits: Bool
    public let labelSmoothing: Float

    public init(fromLogits: Bool = false, labelSmoothing: Float = 0) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        super.init(name: "categorical_crossentropy")
    }

    public override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        try checkEqualShapes(target, prediction)
        let t = target.tensor * (1 - labelSmoothing) + labelSmoothing / Float(prediction.shape.last!)
        let logP: Value
        if fromLogits {
            logP = prediction.logSoftmax()
        } else {
            let p = prediction / prediction.sum(axes: [-1], keepingAxes: true)
            logP = p.clipped(epsilon, 1 - epsilon).log()
        }
        return -(Value(t) * logP).sum(axes: [-1])
    }

    package override func onLogits(of activation: ActivationFunction) -> Loss? {
        guard !fromLogits, activation.name == ActivationFunction.softmax.name else { return nil }
        return CategoricalCrossentropy(fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var targetKind: TargetKind { .categorical }

    public override var config: JSON.Object? {
        ["from_logits": .bool(fromLogits), "label_smoothing": .number(Double(labelSmoothing)), "axis": -1]
    }
}

/// ``CategoricalCrossentropy`` with class numbers as targets, `[batch]` or `[batch, 1]`, instead of one-hot rows.
/// [Keras: SparseCategoricalCrossentropy](https://keras.io/api/losses/probabilistic_losses/#sparsecategoricalcrossentropy-class)
public final class SparseCategoricalCrossentropy: Loss {
    public let fromLogits: Bool

    public init(fromLogits: Bool = false) {
        self.fromLogits = fromLogits
        super.init(name: "sparse_categorical_crossentropy")
    }

    public override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        let rows = prediction.shape[0]
        guard prediction.rank == 2, target.shape == [rows] || target.shape == [rows, 1] else {
            throw refuse(target, prediction, expected: "targets (batch,) and predictions (batch, classes)")
        }
        let oneHot = Value(try oneHot(target, classes: prediction.shape[1]))
        // Keras takes the logarithm of clipped probabilities as logits, which divides each row by its sum.
        let logits = fromLogits ? prediction : prediction.clipped(epsilon, 1 - epsilon).log()
        return -(oneHot * logits.logSoftmax()).sum(axes: [-1])
    }

    private func oneHot(_ target: Value, classes: Int) throws -> Tensor {
        let numbers: [Float]
        switch target.content {
        case .indices(let ids): numbers = ids.ids.map(Float.init)
        default: numbers = target.tensor.scalars
        }
        var result = Tensor.zeros([numbers.count, classes])
        for (row, number) in numbers.enumerated() {
            guard number >= 0, number < Float(classes), number == number.rounded() else {
                throw HornetError(
                    .data, at: "loss \(name)", "the target \(number) in row \(row) of the batch is no class within 0..<\(classes)",
                    remedy: "Class numbers start at 0; the last layer needs as many outputs as there are classes")
            }
            result[row, Int(number)] = 1
        }
        return result
    }

    package override func onLogits(of activation: ActivationFunction) -> Loss? {
        guard !fromLogits, activation.name == ActivationFunction.softmax.name else { return nil }
        return SparseCategoricalCrossentropy(fromLogits: true)
    }

    package override var targetKind: TargetKind { .sparseCategorical }
    public override var config: JSON.Object? { ["from_logits": .bool(fromLogits), "ignore_class": nil] }
}

extension Loss {
    /// Cross-entropy over classes of which one is true, given as one-hot rows.
    public static var categoricalCrossentropy: Loss { CategoricalCrossentropy() }
    /// The same with options. See ``CategoricalCrossentropy``.
    public static func categoricalCrossentropy(fromLogits: Bool = false, labelSmoothing: Float = 0) -> Loss {
        CategoricalCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }
    /// Cross-entropy over classes of which one is true, given as class numbers.
    public static var sparseCategoricalCrossentropy: Loss { SparseCategoricalCrossentropy() }
    /// The same with options. See ``SparseCategoricalCrossentropy``.
    public static func sparseCategoricalCrossentropy(fromLogits: Bool = false) -> Loss {
        SparseCategoricalCrossentropy(fromLogits: fromLogits)
    }
}
