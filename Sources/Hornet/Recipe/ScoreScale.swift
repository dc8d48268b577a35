import HornetLayers
import HornetLinear
import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTextPrep

/// Makes probabilities of margins by one straight line for all labels, so that rare ones need no points of their own:
/// `1 / (1 + exp(−(factor·margin + shift)))`.
struct ScoreScale {
    let factor: Float
    let shift: Float

    /// More elements than this add nothing to two numbers.
    private static let enough = 2_000_000

    /// The scale of scores of texts that were not trained on, `[texts, labels]`.
    init(_ y: SparseMatrix, _ scores: Tensor) throws {
        let step = max(1, scores.count / ScoreScale.enough)
        let rows = Array(stride(from: 0, to: y.rowCount, by: step))
        let (target, sample) = (y.dense(rows: rows), scores.selecting(rows))
        let fit = try Calibration.sigmoid(target.reshaped([target.count, 1]), sample.reshaped([sample.count, 1]), of: .logits)
        guard case .sigmoid(let slope, let intercept) = fit.maps[0] else { trap("ScoreScale", "no sigmoid") }
        (factor, shift) = (Float(-slope), Float(-intercept))
    }

    func probabilities(of scores: Tensor) -> Tensor { (scores * factor + shift).sigmoid() }

    /// What `1 / (1 + exp(−margin))` would make of the margins with these probabilities. Those that were rounded to 1 count
    /// as the number before it.
    func unscaled(_ probabilities: Tensor) -> Tensor {
        let held = probabilities.clipped(0, Float(1).nextDown)
        return (((held / (1 - held)).log() - shift) / factor).sigmoid()
    }

    /// The same for a model whose outputs are margins.
    func calibration(of labelCount: Int) -> Calibration {
        Calibration(
            Array(repeating: .sigmoid(slope: Double(-factor), intercept: Double(-shift)), count: labelCount), of: .logits)
    }
}

extension Tagger {
    /// One model of all readings: their features beside each other, the mean of their margins made a probability.
    convenience init(
        of learned: [LearnedReading], _ scale: ScoreScale, _ labels: MultiLabelBinarizer, _ thresholds: Thresholds
    ) throws {
        let factor = scale.factor / Float(learned.count)
        let factors = Tensor.zeros([labels.classes.count]) + factor
        let kernel = SparseMatrix.concatenated(learned.map { $0.model.kernel.scaledColumns(by: factors) })
        let bias = learned.reduce(factors * 0 + scale.shift) { $0 + $1.model.bias * factor }
        let model = Sequential(
            [SparseDense(kernel: kernel, bias: bias, activation: .sigmoid)], name: "text_tagger", seed: 0)
        try model.build(inputShape: [nil, kernel.rowCount])
        self.init(vectorizers: learned.map(\.vectorizer), model: model, labels: labels, thresholds: thresholds)
    }
}
