import HornetLayers
import HornetSupport

extension Model {
    /// Throws unless `x` and `y` are samples of the same number, without NaN.
    static func check(_ x: any ModelData, _ y: any ModelData, batchSize: Int, call: String) throws {
        guard batchSize > 0 else {
            throw HornetError(.configuration, at: call, "the batch size \(batchSize) is not positive")
        }
        guard x.sampleCount > 0 else {
            throw HornetError(.data, at: call, "there are no samples", remedy: "Is the table empty?")
        }
        guard x.sampleCount == y.sampleCount else {
            throw HornetError(
                .shape, at: call, "x has \(x.sampleCount) samples, y has \(y.sampleCount)",
                remedy: "Axis 0 of both counts the samples")
        }
        for (what, data) in [("x", x), ("y", y)] {
            guard let row = data.firstNonFiniteSample() else { continue }
            throw HornetError(
                .data, at: call, "\(what) holds a NaN or an infinity in sample \(row)",
                remedy: "Training on it would make every weight NaN")
        }
    }

    /// Throws unless the targets have the shape of the model's output, or are class numbers for a loss that takes them.
    func checkOutputs(_ y: any ModelData, _ loss: Loss, call: String) throws {
        guard let output = outputShape, loss.targetKind != .sparseCategorical else { return }
        let expected = Array(output.sizes.dropFirst())
        let fits = expected.count == y.sampleShape.count
            && zip(expected, y.sampleShape).allSatisfy { $0 == nil || $0 == $1 }
        guard fits else {
            throw HornetError(
                .shape, at: call, "y has the shape \(Shape([nil] + y.sampleShape)), the model gives \(output)",
                remedy: "The last layer needs one unit a label")
        }
    }

    /// The size of the last axis of the model's output; 1 while it is not known.
    var outputCount: Int { (outputShape?.last ?? nil) ?? 1 }

    /// How many of `count` samples train: the last `share` of them is kept for validation, as Keras cuts it.
    static func split(_ count: Int, _ share: Double) throws -> Int {
        guard share >= 0, share < 1 else {
            throw HornetError(.configuration, at: "fit", "validationSplit is \(share)", remedy: "It is a share, at least 0 and below 1")
        }
        if share == 0 { return count }
        let split = Int((Double(count) * (1 - share)).rounded(.down))
        guard split > 0, split < count else {
            throw HornetError(
                .configuration, at: "fit", "validationSplit \(share) of \(count) samples leaves \(split) for training",
                remedy: "Both parts need at least one sample")
        }
        return split
    }
}
