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

    var hasChanges: Bool { history.count > 0 }

    /// A step: the rows of the gradient are updated, the others are left for later.
    func update(_ weights: inout Tensor, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer) {
        if history.isFull { settle(&weights) }
        let next = Int32(history.count + 1)
        weights.write { weights in
            slots.withPointers { slots in
                current.write { current in
                    gradient.update(weights, slots, step, by: optimizer) { rows in
                        catchUp(rows, current, weights, slots)
                    } after: { rows in
                        for row in rows { current[Int(row)] = next }
                    }
                }
            }
        }
        history.append(
            scale: optimizer.idleScale, decay: Double(step.weightDecay) * Double(step.learningRate))
    }

    func open(_ weights: inout Tensor, _ body: (OpenRows) -> Void) {
        weights.write { weights in
            slots.withPointers { slots in
                current.write { current in
                    withoutActuallyEscaping(
                        { (rows: UnsafePointer<Int32>, count: Int) in
                            self.catchUp(UnsafeBufferPointer(start: rows, count: count), current, weights, slots)
                        }
                    ) { settle in
                        body(OpenRows(weights: weights, settle: settle))
                    }
                }
            }
        }
    }

    func settle(_ weights: inout Tensor) {
        guard history.count > 0 else { return }
        let rowCount = current.count
        open(&weights) { open in
            // In granules, so that the lists of rows stay short.
            Parallel.forEachRange(of: rowCount, by: 1 << 10) { range in
                Indices(range.map(Int32.init)).read { open.settle($0, range.count) }
            }
        }
        current.write { current in
            for row in 0..<rowCount where current[row] >= 0 { current[row] = 0 }
        }
        history.removeAll()
    }

    /// Brings those of `rows` up to date that missed steps. Several threads may do so, for rows of their own.
    private func catchUp(
        _ rows: UnsafeBufferPointer<Int32>, _ current: UnsafeMutablePointer<Int32>,
        _ weights: UnsafeMutablePointer<Float>, _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    ) {
        let now = Int32(history.count)
        guard now > 0, !rows.isEmpty else { return }
        var (behind, since) = (Indices(uninitialized: [rows.count]), Indices(uninitialized: [rows.count]))
        var count = 0
        behind.write { behind in
            since.write { since in
                for row in rows { hornet_prefetch_line(current + Int(row)) }
                for row in rows {
                    let step = current[Int(row)]
                    if step < 0 || step == now { continue }
                    (behind[count], since[count]) = (row, step)
                    current[Int(row)] = now
                    count += 1
                }
            }
        }
        reading(behind, since) { behind, since in
            history.catchUp(
                UnsafeBufferPointer(start: behind, count: count), since: UnsafeBufferPointer(start: since, count: count)
            ) { $0.run(rule.drift, weights, slots, width: width) }
        }
    }

    /// All rows, which were settled, have been changed by somebody else: each may have state now.
    func noteDenseChange() {
        let rowCount = current.count
        current.write { $0.update(repeating: 0, count: rowCount) }
    }
}
