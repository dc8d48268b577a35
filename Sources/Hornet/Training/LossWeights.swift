import HornetLayers
import HornetSupport
import HornetTensor

/// The weights of a batch's losses: from `sampleWeight`, or from `classWeight` and the targets.
enum LossWeights {
    case none
    /// `[samples]`, or `[samples, labels]`.
    case samples(Tensor)
    /// A weight for each class or label.
    case classes([Float])

    /// - Parameter output: The name of the output, where there are several.
    init(
        sampleWeight: Tensor?, classWeight: [Int: Float]?, sampleCount: Int, outputs: Int, output: String? = nil
    ) throws {
        let place = output.map { "fit, output \($0)" } ?? "fit"
        switch (sampleWeight, classWeight) {
        case (nil, nil): self = .none
        case (.some, .some):
            throw HornetError(
                .configuration, at: place, "sampleWeight and classWeight were both given",
                remedy: "Multiply them yourself and give the product as sampleWeight")
        case (let weights?, nil):
            guard weights.shape == [sampleCount] || weights.shape == [sampleCount, outputs] else {
                throw HornetError(
                    .shape, at: place, "sampleWeight has the shape \(weights.shape)",
                    remedy: "Give one weight a sample, [\(sampleCount)], or one a label, [\(sampleCount), \(outputs)]")
            }
            guard weights.isFinite else {
                throw HornetError(.data, at: place, "sampleWeight holds a NaN or an infinity")
            }
            self = .samples(weights)
        case (nil, let weights?):
            var table = [Float](repeating: 1, count: outputs)
            for (label, weight) in weights {
                guard table.indices.contains(label) else {
                    throw HornetError(
                        .configuration, at: place, "classWeight names the class \(label), the model has \(outputs) outputs")
                }
                table[label] = weight
            }
            self = .classes(table)
        }
    }

    /// Those that count in validation, too: Keras' class weights are for training alone.
    var inValidation: LossWeights {
        if case .classes = self { return .none }
        return self
    }

    /// The weights of the losses of the samples at `rows`, whose targets are `y`.
    ///
    /// With several labels a sample, the weight of a label counts where the sample has it; a label that is absent
    /// counts 1. With one class a sample, the sample gets its class's weight.
    func weights(of rows: ArraySlice<Int>, _ y: Value, for loss: Loss?) -> Tensor? {
        switch self {
        case .none: return nil
        case .samples(let weights): return weights.gathered(rows)
        case .classes(let table):
            switch loss?.targetKind ?? .real {
            case .sparseCategorical:
                let classes: [Int]
                if case .indices(let ids) = y.content { classes = ids.ids.map(Int.init) } else { classes = y.tensor.scalars.map { Int($0) } }
                return Tensor(classes.map { table.indices.contains($0) ? table[$0] : 1 })
            case .categorical:
                return Tensor(y.tensor.argmax().ids.map { table[Int($0)] })
            case .binary, .real:
                return 1 + y.tensor * Tensor(table.map { $0 - 1 })
            }
        }
    }
}
