import HornetLayers
import HornetTensor

/// The mean gradient of a function on the straight way from one point to another: what integrated gradients are made of.
struct PathIntegral {
    /// Of each element of the point.
    private(set) var meanGradient: [Double]
    /// The function at both ends.
    private(set) var ends: (start: Double, end: Double)

    /// A piece of the way, `begin ..< end` of 0 ..< 1, and the function at its ends.
    private struct Interval {
        var begin, end: Double
        var first, last: Double
        var middle: Double { (begin + end) / 2 }
    }

    /// From `start` to `end`, both `[1, …]`; `nil` where no gradient flows. See ``ExplanationMethod/pooledGradients(steps:)``.
    init?(from start: Tensor, to end: Tensor, steps: Int, of function: LabelValue) throws {
        let path = Path(start: start, end: end, function: function)
        let marks = (0...steps).map { Double($0) / Double(steps) }
        guard let values = try path.evaluate(at: marks, wantsGradients: false)?.values else { return nil }
        ends = (values[0], values[steps])
        meanGradient = Array(repeating: 0, count: start.count)
        var intervals = (0..<steps).map {
            Interval(begin: marks[$0], end: marks[$0 + 1], first: values[$0], last: values[$0 + 1])
        }
        var budget = 16 * steps
        let tolerance = 2e-5 * max(1, (ends.end - ends.start).magnitude)
        while !intervals.isEmpty {
            budget -= intervals.count
            guard let found = try path.evaluate(at: intervals.map(\.middle), wantsGradients: true) else { return nil }
            var next: [Interval] = []
            for (k, interval) in intervals.enumerated() {
                let (gradient, size) = (found.gradients[k], interval.end - interval.begin)
                let error = interval.last - interval.first - size * path.change(along: gradient)
                // Differences of float32 values are no better than that.
                let rounding = 1e-6 * max(1, interval.first.magnitude)
                if budget > 0, error.magnitude > max(tolerance * size, rounding) {
                    let (middle, value) = (interval.middle, found.values[k])
                    next.append(Interval(begin: interval.begin, end: middle, first: interval.first, last: value))
                    next.append(Interval(begin: middle, end: interval.end, first: value, last: interval.last))
                } else {
                    for d in meanGradient.indices { meanGradient[d] += size * Double(gradient[d]) }
                }
            }
            intervals = next
        }
        // Weights behind a place that lets no gradient through keep the tape busy.
        if meanGradient.allSatisfy({ $0 == 0 }), (ends.end - ends.start).magnitude > tolerance { return nil }
    }
}

/// The way, and the function on it.
private struct Path {
    let start: Tensor
    let end: Tensor
    let function: LabelValue

    /// Values, and gradients if wanted, at some points of 0…1; `nil` where no gradient flows.
    func evaluate(at marks: [Double], wantsGradients: Bool) throws -> (values: [Double], gradients: [[Float]])? {
        var values: [Double] = []
        var gradients: [[Float]] = []
        let most = max(1, min(32, (1 << 21) / max(start.count, 1)))
        for first in stride(from: 0, to: marks.count, by: most) {
            let points = points(at: marks[first..<min(first + most, marks.count)])
            if wantsGradients {
                let tape = Tape()
                let x = tape.variable(points)
                let y = try function(x, Pass(tape: tape, isTraining: false, random: RandomSource(seed: 0)))
                guard y.isRecorded else { return nil }
                values += y.tensor.scalars.map(Double.init)
                tape.backward(from: y.sum())
                let gradient = tape.gradient(at: x).scalars
                for k in 0..<points.shape[0] { gradients.append(Array(gradient[k * start.count..<(k + 1) * start.count])) }
            } else {
                values += try function(Value(points), .inference()).tensor.scalars.map(Double.init)
            }
        }
        return (values, gradients)
    }

    private func points(at marks: ArraySlice<Double>) -> Tensor {
        let (a, b) = (start.scalars, end.scalars)
        let scalars = marks.flatMap { mark in
            zip(a, b).map { mark == 1 ? $1 : $0 + Float(mark) * ($1 - $0) }
        }
        return Tensor(scalars, shape: [marks.count] + start.shape.dropFirst())
    }

    /// What the function would change on the whole way with this gradient.
    func change(along gradient: [Float]) -> Double {
        start.withUnsafeBufferPointer { a in
            end.withUnsafeBufferPointer { b in
                gradient.indices.reduce(0) { sum, d in
                    sum + Double(gradient[d]) * (Double(b[d]) - Double(a[d]))
                }
            }
        }
    }
}
