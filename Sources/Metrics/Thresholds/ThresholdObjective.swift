import HornetSupport

/// What thresholds are tuned for, over the labels given and not given in validation.
public enum ThresholdObjective: Sendable, Equatable {
    /// The harmonic mean of precision and recall.
    case f1
    /// The same, with `beta` times as much importance of recall.
    case fBeta(Double)
    /// The largest recall with at least this precision; where no threshold has it, the largest precision.
    case precision(atLeast: Double)
    /// The largest precision with at least this recall.
    case recall(atLeast: Double)
    /// The smallest cost, by what a label given wrongly and a label missed cost.
    case cost(falsePositive: Double, falseNegative: Double)

    /// The larger the better, from what was found, given and there. 0 where precision or recall is 0/0.
    func value(truePositives: Double, predicted: Double, positives: Double) -> Double {
        let precision = predicted > 0 ? truePositives / predicted : 0
        let recall = positives > 0 ? truePositives / positives : 0
        switch self {
        case .f1, .fBeta:
            let weight = recallWeight!
            let denominator = weight * positives + predicted
            return denominator > 0 ? (1 + weight) * truePositives / denominator : 0
        case .precision(let least): return precision >= least && predicted > 0 ? 1 + recall : precision
        case .recall(let least): return recall >= least && positives > 0 ? 1 + precision : recall
        case .cost(let falsePositive, let falseNegative):
            return -(falsePositive * (predicted - truePositives) + falseNegative * (positives - truePositives))
        }
    }

    /// `beta²` of an F measure.
    var recallWeight: Double? {
        switch self {
        case .f1: 1
        case .fBeta(let beta): beta * beta
        default: nil
        }
    }

    func check() throws {
        let isGood =
            switch self {
            case .f1: true
            case .fBeta(let beta): beta > 0 && beta.isFinite
            case .precision(let least), .recall(let least): least >= 0 && least <= 1
            case .cost(let a, let b): a >= 0 && b >= 0 && a.isFinite && b.isFinite
            }
        guard isGood else {
            throw HornetError(.configuration, at: "Thresholds", "the objective \(self) makes no sense")
        }
    }
}

/// What one threshold for all labels is tuned for, and how choices are compared.
public enum ThresholdAverage: Sendable, Equatable {
    /// The objective of all labels taken together.
    case micro
    /// The mean of the labels' objectives.
    case macro
}

/// How many thresholds are tuned, and how far.
public enum ThresholdScope: Sendable, Equatable {
    /// One for all labels.
    case global
    /// Each label's for the objective of that label alone, which makes the macro average large; drawn towards the
    /// global one where the label is rare: `λ·own + (1 − λ)·global` with `λ = n/(n + shrinkage)`, `n` the label's
    /// positives in validation. A label without positives has the global one.
    case perLabel(shrinkage: Double)
    /// Each label's for the objective of all labels taken together (F measures; costs add up anyway): the exact maximum
    /// of the micro average, drawn towards the global one in the same way.
    case jointly(shrinkage: Double)
}
