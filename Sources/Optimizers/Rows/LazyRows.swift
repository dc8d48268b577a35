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
    private var current: Indices
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
        let start = areFresh && !decaysWeights ? LazyRows.untouched : 0
        current = Indices(repeatElement(start, count: shape[0]), shape: [shape[0]])
    }

    /// A step: the rows of the gradient are updated, the others are left for later.
    func update(_ weights: inout Tensor, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer) {
        if history.isFull { settle(&weights) }
        let next = Int32(history.count + 1)
        withOpenRows(&weights) { rows in
            gradient.forEachSpan(rows.weights, rows.slots, step) { row, span in
                rows.catchUp(row)
                span.decayWeights()
                optimizer.update(span)
                rows.current[row] = next
            }
        }
        history.append(
            scale: optimizer.idleScale, decay: Double(step.weightDecay) * Double(step.learningRate))
    }

    func settle(_ weights: inout Tensor, rows: Indices) {
        guard history.count > 0 else { return }
        let (count, now) = (rows.count, Int32(history.count))
        withOpenRows(&weights) { open in
            rows.read { rows in
                for i in 0..<count {
                    let (row, later) = (Int(rows[i]), Int(rows[min(i + rowLookahead, count - 1)]))
                    if open.isBehind(later) { prefetchRow(later, open.width, open.weights, open.slots) }
                    if open.isBehind(row) {
                        open.catchUp(row)
                        open.current[row] = now
                    }
                }
            }
        }
    }

    func settle(_ weights: inout Tensor) {
        guard history.count > 0 else { return }
        let rowCount = current.count
        withOpenRows(&weights) { open in
            for row in 0..<rowCount where open.current[row] >= 0 {
                open.catchUp(row)
                open.current[row] = 0
            }
        }
        history.removeAll()
    }

    /// All rows, which were settled, have been changed by somebody else: each may have state now.
    func noteDenseChange() {
        let rowCount = current.count
        current.write { $0.update(repeating: 0, count: rowCount) }
    }

    private func withOpenRows(_ weights: inout Tensor, _ body: (OpenRows) -> Void) {
        weights.write { weights in
            slots.withPointers { slots in
                current.write { current in
                    withUnsafeTemporaryAllocation(of: Float.self, capacity: terms) { sums in
                        body(
                            OpenRows(
                                weights: weights, slots: slots, current: current, sums: sums, width: width,
                                drift: rule.drift, decaysWeights: decaysWeights, history: history))
                    }
                }
            }
        }
    }
}

/// A table and its state, opened for writing.
private struct OpenRows {
    let weights: UnsafeMutablePointer<Float>
    let slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    let current: UnsafeMutablePointer<Int32>
    /// Room for the sums of one row.
    let sums: UnsafeMutableBufferPointer<Float>
    let width: Int
    let drift: IdleRule.Drift
    let decaysWeights: Bool
    let history: IdleHistory

    func isBehind(_ row: Int) -> Bool { current[row] >= 0 && Int(current[row]) < history.count }

    /// Brings one row up to date; the caller notes that it did.
    func catchUp(_ row: Int) {
        guard isBehind(row) else { return }
        let since = Int(current[row])
        let start = row * width
        let weights = weights + start
        let weightFactor = Float(history.weightFactor(since: since))
        history.sums(since: since, to: sums)
        switch drift {
        case .adam(let epsilon):
            hornet_adam_catch_up(
                weights, slots[0] + start, slots[1] + start, sums.baseAddress!, sums.count, weightFactor,
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
