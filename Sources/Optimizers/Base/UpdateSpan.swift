import HornetTensor

/// What all weights share in one step.
public struct UpdateStep: Sendable {
    public let learningRate: Float
    /// The share that the weights lose, times the learning rate.
    public let weightDecay: Float
    /// Counted from 1.
    public let number: Int
}

/// Weights that lie together, with their gradients and state: what an optimizer updates at once.
public struct UpdateSpan {
    /// `[count]`
    public let weights: UnsafeMutablePointer<Float>
    /// `[count]`
    public let gradients: UnsafePointer<Float>
    /// One array `[count]` for each name of ``Optimizer/slotGroups``.
    public let slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    public let count: Int
    public let step: UpdateStep

    /// `w −= w·weightDecay·learningRate`
    func decayWeights() {
        guard step.weightDecay > 0 else { return }
        for i in 0..<count { weights[i] -= weights[i] * step.weightDecay * step.learningRate }
    }

    /// Cuts many weights into parts for all threads.
    func forEachPart(_ body: (UpdateSpan) -> Void) {
        // Whole cache lines; below two thousand the caller is faster alone.
        let line = 16
        let size = ((count + Parallel.threadCount - 1) / Parallel.threadCount + line - 1) / line * line
        guard count > 1 << 11, size < count else { return body(self) }
        Parallel.forEachRange(of: count, by: size) { range in
            withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slots.count) { starts in
                let first = range.lowerBound
                _ = starts.initialize(from: slots.lazy.map { $0 + first })
                body(
                    UpdateSpan(
                        weights: weights + first, gradients: gradients + first, slots: UnsafeBufferPointer(starts),
                        count: range.count, step: step))
            }
        }
    }
}
