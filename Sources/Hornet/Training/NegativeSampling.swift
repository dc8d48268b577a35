import HornetSupport
import HornetTensor

/// Keeps all positives of a batch and a random share of its negatives, those weighted by the inverse of the share: the
/// loss has the same expectation.
struct NegativeSampling {
    let share: Double

    init(share: Double) throws {
        guard share > 0, share <= 1 else {
            throw HornetError(
                .configuration, at: "fit", "negativeShare is \(share), not a share of the negatives above 0, up to 1")
        }
        self.share = share
    }

    /// `weights` (1 by default, `[batch]` or the targets' shape) with the drawn factor of each label of each sample:
    /// 1 where the target `y` is not 0, else `1/share` or 0.
    func drawn(_ weights: Tensor?, _ y: Value, for loss: Loss, random: RandomSource) throws -> Tensor? {
        guard share < 1 else { return weights }
        guard loss.targetKind != .sparseCategorical, loss.targetKind != .categorical else {
            throw HornetError(
                .configuration, at: "fit", "the loss \(loss.name) has no negatives that could be left out",
                remedy: "Leave negativeShare out, or use a loss such as binaryCrossentropy")
        }
        let target = y.tensor
        var random = random
        var factors = Tensor.uniform(target.shape, using: &random)
        let (share, inverse) = (Float(share), Float(1 / share))
        target.withUnsafeBufferPointer { y in
            factors.withUnsafeMutableBufferPointer { factors in
                for i in factors.indices { factors[i] = y[i] != 0 ? 1 : factors[i] < share ? inverse : 0 }
            }
        }
        guard let weights else { return factors }
        let perSample = weights.rank == 1 && target.rank > 1
        return factors
            * (perSample ? weights.reshaped(weights.shape + target.shape.dropFirst().map { _ in 1 }) : weights)
    }
}
