#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The steps that a table has seen, summed up for each step at which a row may have been current last.
///
/// Kept up to date with a fixed amount of work a step (the window of ``IdleSeries``), so that a row catches up in one
/// go however many steps it has missed, and whatever the learning rates were.
struct IdleHistory {
    /// Beyond this many steps all rows have to catch up, and counting starts again.
    static let capacity = 1 << 15

    /// The steps so far.
    private(set) var count = 0
    private let series: IdleSeries
    private let decaysWeights: Bool
    /// `S_p` since each step, in units of what decay left of the weights by then; shape `[count, terms]`.
    private var sums: [Double] = []
    /// The logarithm of what weight decay left of the weights after each step; shape `[count + 1]` with decay.
    private var logarithms: [Double] = [0]
    /// What each array is multiplied by in a step, and the powers by number of steps.
    private let slotFactors: [Double]
    private var powers: [[Float]]

    init(_ rule: IdleRule, _ series: IdleSeries, decaysWeights: Bool) {
        self.series = series
        self.decaysWeights = decaysWeights
        slotFactors = rule.slotFactors
        powers = slotFactors.map { _ in [1] }
    }

    /// Far more decay than anybody wants must not leave the range of a Double.
    var isFull: Bool { count >= IdleHistory.capacity || logarithms.last! < -300 }

    /// Starts again: every row is current.
    mutating func removeAll() {
        count = 0
        sums.removeAll(keepingCapacity: true)
        logarithms.removeSubrange(1...)
    }

    /// Notes a step that multiplied the weights by `1 − decay` and then moved them at `scale`.
    mutating func append(scale: Double, decay: Double) {
        var scale = scale
        if decaysWeights {
            logarithms.append(logarithms.last! + log1p(-decay))
            scale /= exp(logarithms.last!)
        }
        sums.append(contentsOf: repeatElement(0, count: series.terms))
        count += 1
        for slot in powers.indices where powers[slot].count <= count {
            powers[slot].append(Float(pow(slotFactors[slot], Double(count))))
        }
        // Since step `count − j` this was step number `j`.
        let reach = min(series.window, count) * series.terms
        sums.withUnsafeMutableBufferPointer { sums in
            series.coefficients.withUnsafeBufferPointer { coefficients in
                let (sum, coefficient) = (sums.count - reach, coefficients.count - reach)
                for i in 0..<reach { sums[sum + i] += scale * coefficients[coefficient + i] }
            }
        }
    }

    /// Gives `body` what brings `rows`, each current up to the step `since`, to the present step.
    func catchUp(
        _ rows: UnsafeBufferPointer<Int32>, since: UnsafeBufferPointer<Int32>, _ body: (RowCatchUp) -> Void
    ) {
        guard !rows.isEmpty else { return }
        sums.withUnsafeBufferPointer { sums in
            withWeightFactors(since) { weightFactors in
                body(
                    RowCatchUp(
                        rows: rows, since: since, weightFactors: weightFactors, sums: sums.baseAddress!,
                        terms: series.terms, scale: decaysWeights ? exp(logarithms[count]) : 1, powers: powers,
                        now: count))
            }
        }
    }

    /// What weight decay multiplies the weights by from each of these steps to now; `nil` without decay.
    private func withWeightFactors(_ since: UnsafeBufferPointer<Int32>, _ body: (UnsafePointer<Float>?) -> Void) {
        guard decaysWeights else { return body(nil) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: since.count) { factors in
            for k in since.indices {
                factors.initializeElement(at: k, to: Float(exp(logarithms[count] - logarithms[Int(since[k])])))
            }
            body(factors.baseAddress!)
        }
    }
}
