import HornetSupport
public import HornetTensor

/// Makes probabilities of scores: of the texts that get 0.8 for a label, four in five have it.
///
/// ```swift
/// let calibration = try Calibration.sigmoid(y, try model.predict(x))      // samples that were not trained on
/// let probabilities = calibration.probabilities(of: try model.predict(others))
/// ```
/// Every way keeps the order of a label's scores; ``isotonic(_:_:)`` may make neighbours equal. Thresholds are to be
/// tuned on what the calibration gives.
public struct Calibration: Sendable, Equatable {
    /// What scores are.
    public enum Scores: String, Sendable {
        /// Between 0 and 1, as of a sigmoid: sigmoid and temperature take them back to their logits, held within 1e-7
        /// of both ends.
        case probabilities
        /// Any numbers, taken as they are.
        case logits
    }

    /// What is done with the scores of one label.
    public enum Map: Sendable, Equatable {
        /// `1 / (1 + exp(slope·score + intercept))`, the slope negative where large scores mean yes.
        case sigmoid(slope: Double, intercept: Double)
        /// Between these points straight lines, beyond them the outermost values. Scores ascend.
        case isotonic(scores: [Float], probabilities: [Float])
        /// `1 / (1 + exp(−score / temperature))`
        case temperature(Double)
    }

    public let scores: Scores
    /// One for each label, in the order of the scores' columns.
    public let maps: [Map]

    public init(_ maps: [Map], of scores: Scores) {
        self.maps = maps
        self.scores = scores
    }

    /// The probabilities that scores of the shape `[samples, labels]` stand for.
    public func probabilities(of scores: Tensor) -> Tensor {
        require(
            scores.rank == 2 && scores.shape[1] == maps.count, "Calibration",
            "scores of shape \(scores.shape) for \(maps.count) labels")
        var result = scores
        result.withUnsafeMutableBufferPointer { scores in
            for row in 0..<(maps.isEmpty ? 0 : scores.count / maps.count) {
                for (label, map) in maps.enumerated() {
                    let place = row * maps.count + label
                    scores[place] = map.probability(of: scores[place], self.scores)
                }
            }
        }
        return result
    }
}

extension Calibration.Map {
    func probability(of score: Float, _ kind: Calibration.Scores) -> Float {
        switch self {
        case .sigmoid(let slope, let intercept): Float(logistic(-(slope * kind.logit(score) + intercept)))
        case .temperature(let temperature): Float(logistic(kind.logit(score) / temperature))
        case .isotonic(let scores, let probabilities): interpolated(score, scores, probabilities)
        }
    }
}

extension Calibration.Scores {
    /// The number that sigmoid and temperature work on.
    func logit(_ score: Float) -> Double {
        switch self {
        case .logits: Double(score)
        case .probabilities: HornetMetrics.logit(min(max(Double(score), 1e-7), 1 - 1e-7))
        }
    }
}

/// As NumPy's `interp`.
private func interpolated(_ score: Float, _ scores: [Float], _ values: [Float]) -> Float {
    guard let first = scores.first, let last = scores.last, score > first else { return values.first ?? score }
    if score >= last { return values[values.count - 1] }
    // The first point above the score.
    var (low, high) = (0, scores.count - 1)
    while high - low > 1 {
        let middle = (low + high) / 2
        if scores[middle] <= score { low = middle } else { high = middle }
    }
    let slope = (Double(values[high]) - Double(values[low])) / (Double(scores[high]) - Double(scores[low]))
    return Float(Double(values[low]) + slope * (Double(score) - Double(scores[low])))
}
