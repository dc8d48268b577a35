import CHornetKernels
import HornetTensor

/// Rows of a table whose steps without gradient are put off until somebody looks at them: a step costs the rows of
/// the batch, whatever the size of the table, and the result is that of updating all rows.
final class LazyRows: DeferredRows {
    private let slots: Slots
    private let rule: IdleRule
    private let terms: Int
    private let decaysWeights: Bool
    private let width: Int
    private var history: IdleHistory
    /// The step of `history` up to which each row is current; `untouched` where the state is still zero.
    private var current: [Int32]
    private static let untouched: Int32 = -1

    /// `areFresh` says that no row has had a gradient yet.
    init(
        _ slots: Slots, _ rule: IdleRule, _ series: IdleSeries, decaysWeights: Bool, shape: [Int], areFresh: Bool
    ) {
        self.slots = slots
        self.rule = rule
        self.decaysWeights = decaysWeights
        terms = series.terms
        width = shape.dropFirst().reduce(1, *)
        history = IdleHistory(rule, series, decaysWeights: decaysWeights)
        // A row without state does not move, but it may decay.
        current = Array(repeating: areFresh && !decaysWeights ? LazyRows.untouched : 0, count: shape[0])
    }

    /// A step: the rows of the gradient are updated, the others are left for later.
    func update(_ weights: inout Tensor, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer) {
        if history.isFull { settle(&weights) }
        let next = Int32(history.count + 1)
        withCatchUp(&weights) { weights, slots, catchUp in
            gradient.forEachSpan(weights, slots, step) { row, span in
                catchUp(row)
                span.decayWeights()
                optimizer.update(span)
                current[row] = next
            }
        }
        history.append(
            scale: optimizer.idleScale, decay: Double(step.weightDecay) * Double(step.learningRate))
    }

    func settle(_ weights: inout Tensor, rows: Indices) {
        guard history.count > 0 else { return }
        let now = Int32(history.count)
        withCatchUp(&weights) { _, _, catchUp in
            rows.read { ids in
                for i in 0..<rows.count {
                    let row = Int(ids[i])
                    if current[row] >= 0 && current[row] < now {
                        catchUp(row)
                        current[row] = now
                    }
                }
            }
        }
    }

    func settle(_ weights: inout Tensor) {
        guard history.count > 0 else { return }
        withCatchUp(&weights) { _, _, catchUp in
            for row in current.indices where current[row] >= 0 {
                catchUp(row)
                current[row] = 0
            }
        }
        history.removeAll()
    }

    /// All rows, which were settled, have been changed by somebody else: each may have state now.
    func noteDenseChange() {
        for row in current.indices { current[row] = 0 }
    }

    /// Opens weights and state. `catchUp` brings one row up to date; the caller notes that it did.
    private func withCatchUp(
        _ weights: inout Tensor,
        _ body: (
            UnsafeMutablePointer<Float>, UnsafeBufferPointer<UnsafeMutablePointer<Float>>, _ catchUp: (Int) -> Void
        ) -> Void
    ) {
        weights.write { weights in
            slots.withPointers { slots in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: terms) { sums in
                    body(weights, slots) { row in self.catchUp(row, weights, slots, sums) }
                }
            }
        }
    }

    private func catchUp(
        _ row: Int, _ weights: UnsafeMutablePointer<Float>,
        _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, _ sums: UnsafeMutableBufferPointer<Float>
    ) {
        let since = Int(current[row])
        guard since >= 0 && since < history.count else { return }
        let start = row * width
        let weights = weights + start
        let weightFactor = Float(history.weightFactor(since: since))
        history.sums(since: since, to: sums)
        switch rule.drift {
        case .adam(let epsilon):
            hornet_adam_catch_up(
                weights, slots[0] + start, slots[1] + start, sums.baseAddress!, terms, weightFactor,
                history.slotFactor(0, since: since), history.slotFactor(1, since: since), epsilon, width)
            return
        case .along(let slot):
            if decaysWeights { hornet_affine(weights, weightFactor, 0, weights, width) }
            hornet_axpy(-sums[0], slots[slot] + start, weights, width)
        case .none:
            if decaysWeights { hornet_affine(weights, weightFactor, 0, weights, width) }
        }
        for slot in slots.indices {
            let factor = history.slotFactor(slot, since: since)
            if factor != 1 { hornet_affine(slots[slot] + start, factor, 0, slots[slot] + start, width) }
        }
    }
}
