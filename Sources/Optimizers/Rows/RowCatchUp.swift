import CHornetKernels

/// Steps without gradient, made up for at once in some rows of a table.
struct RowCatchUp {
    let rows: UnsafeBufferPointer<Int32>
    /// The step up to which each of `rows` is current.
    let since: UnsafeBufferPointer<Int32>
    /// What weight decay multiplies each row's weights by; `nil` without decay.
    let weightFactors: UnsafePointer<Float>?
    /// `S_p` since each step (see ``IdleSeries``), in units of `scale`; shape `[now, terms]`.
    let sums: UnsafePointer<Double>
    let terms: Int
    let scale: Double
    /// For each array of the state, the powers of what a step multiplies it by.
    let powers: [[Float]]
    let now: Int

    /// Brings all rows up to date.
    func run(
        _ drift: IdleRule.Drift, _ weights: UnsafeMutablePointer<Float>,
        _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, width: Int
    ) {
        guard case .adam(let epsilon) = drift else { return runByRow(drift, weights, slots, width: width) }
        powers[0].withUnsafeBufferPointer { m in
            powers[1].withUnsafeBufferPointer { v in
                var history = hornet_adam_history(
                    sums: sums, terms: terms, scale: scale, w_factors: weightFactors, m_powers: m.baseAddress!,
                    v_powers: v.baseAddress!, now: Int32(now), epsilon: epsilon)
                hornet_adam_catch_up_rows(
                    weights, slots[0], slots[1], rows.baseAddress!, since.baseAddress!, rows.count, width, &history)
            }
        }
    }

    private func runByRow(
        _ drift: IdleRule.Drift, _ weights: UnsafeMutablePointer<Float>,
        _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, width: Int
    ) {
        for k in rows.indices {
            let (start, step) = (Int(rows[k]) * width, Int(since[k]))
            let row = weights + start
            if let weightFactors { hornet_affine(row, weightFactors[k], 0, row, width) }
            if case .along(let slot) = drift {
                hornet_axpy(-Float(scale * sums[step * terms]), slots[slot] + start, row, width)
            }
            for slot in slots.indices {
                let factor = powers[slot][now - step]
                if factor != 1 { hornet_affine(slots[slot] + start, factor, 0, slots[slot] + start, width) }
            }
        }
    }
}
