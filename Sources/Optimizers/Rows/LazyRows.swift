import CHornetKernels
import HornetTensor

/// Rows of a table whose steps without gradient are put off until somebody looks at them: a step costs the rows of
/// the batch, whatever the size of the table, and the result is that of updating all rows.
final class LazyRows: DeferredRows {
    private let slots: Slots
    private let rule: IdleRule
    private let decaysWeights: Bool
    private let width: Int
    private var history: IdleHistory
    /// The step of `history` up to which each row is current; `untouched` where the state is still zero.
    private var current: Indices
    private static let untouched: Int32 = -1
    /// The rows that have to catch up, and where each stands; reused from step to step.
    private var behind = RowsBehind()

    /// `areFresh` says that no row has had a gradient yet.
    init(
        _ slots: Slots, _ rule: IdleRule, _ series: IdleSeries, decaysWeights: Bool, shape: [Int], areFresh: Bool
    ) {
        self.slots = slots
        self.rule = rule
        self.decaysWeights = decaysWeights
        width = shape.dropFirst().reduce(1, *)
        history = IdleHistory(rule, series, decaysWeights: decaysWeights)
        // A row without state does not move, but it may decay.
        let start = areFresh && !decaysWeights ? LazyRows.untouched : 0
        current = Indices(repeatElement(start, count: shape[0]), shape: [shape[0]])
    }

    /// A step: the rows of the gradient are updated, the others are left for later.
    func update(_ weights: inout Tensor, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer) {
        if history.isFull { settle(&weights) }
        settle(&weights, rows: gradient.rows)
        weights.write { weights in
            slots.withPointers { gradient.update(weights, $0, step, by: optimizer) }
        }
        let (next, count) = (Int32(history.count + 1), gradient.rows.count)
        current.write { current in
            gradient.rows.read { rows in
                for k in 0..<count { current[Int(rows[k])] = next }
            }
        }
        history.append(
            scale: optimizer.idleScale, decay: Double(step.weightDecay) * Double(step.learningRate))
    }

    func settle(_ weights: inout Tensor, rows: Indices) {
        guard history.count > 0 else { return }
        let (count, now) = (rows.count, Int32(history.count))
        behind.removeAll()
        current.write { current in
            rows.read { rows in
                for i in 0..<count {
                    let (row, since) = (rows[i], current[Int(rows[i])])
                    if since < 0 || since == now { continue }
                    behind.append(row, since: since)
                    current[Int(row)] = now
                }
            }
        }
        catchUp(&weights)
    }

    func settle(_ weights: inout Tensor) {
        guard history.count > 0 else { return }
        let now = Int32(history.count)
        // In parts, so that the list stays short.
        let (rowCount, part) = (current.count, 1 << 14)
        for first in stride(from: 0, to: rowCount, by: part) {
            behind.removeAll()
            current.write { current in
                for row in first..<Swift.min(first + part, rowCount) where current[row] >= 0 {
                    if current[row] != now { behind.append(Int32(row), since: current[row]) }
                    current[row] = 0
                }
            }
            catchUp(&weights)
        }
        history.removeAll()
    }

    /// All rows, which were settled, have been changed by somebody else: each may have state now.
    func noteDenseChange() {
        let rowCount = current.count
        current.write { $0.update(repeating: 0, count: rowCount) }
    }

    /// Brings the rows `behind` up to date; each thread has columns of its own.
    private func catchUp(_ weights: inout Tensor) {
        guard behind.count > 0 else { return }
        weights.write { weights in
            slots.withPointers { slots in
                history.forCatchingUp(behind) { catchUp in
                    Parallel.forEachColumnBlock(of: width, rows: behind.count) { columns in
                        catchUp.run(rule.drift, weights, slots, columns: columns, stride: width)
                    }
                }
            }
        }
    }
}
