import HornetTensor

/// The arrays that an optimizer keeps for one weight.
final class ParameterState {
    var slots: [Tensor]

    init(slots: [Tensor]) { self.slots = slots }

    func update(_ parameter: Parameter, _ gradient: Gradient, _ step: UpdateStep, by optimizer: Optimizer) {
        switch gradient {
        case .dense(let dense): update(parameter, dense, step, by: optimizer)
        case .rows(let rows):
            if optimizer.leavesUntouchedRows {
                updateRows(parameter, rows, step, by: optimizer)
            } else {
                update(parameter, rows.dense, step, by: optimizer)
            }
        }
    }

    private func update(_ parameter: Parameter, _ gradient: Tensor, _ step: UpdateStep, by optimizer: Optimizer) {
        parameter.update { weights in
            withSlots { slots in
                gradient.read { gradient in
                    optimizer.update(
                        UpdateSpan(
                            weights: weights.baseAddress!, gradients: gradient, slots: slots, count: weights.count,
                            step: step))
                }
            }
        }
    }

    private func updateRows(_ parameter: Parameter, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer) {
        let width = gradient.width
        parameter.update { weights in
            withSlots { slots in
                gradient.values.read { values in
                    gradient.rows.read { rows in
                        for k in 0..<gradient.rows.count {
                            let start = Int(rows[k]) * width
                            optimizer.update(
                                UpdateSpan(
                                    weights: weights.baseAddress! + start, gradients: values + k * width,
                                    slots: slots.map { $0 + start }, count: width, step: step))
                        }
                    }
                }
            }
        }
    }

    /// Opens all slots for writing.
    private func withSlots(_ body: ([UnsafeMutablePointer<Float>]) -> Void) {
        // The pointers stay valid: a slot's buffer is held by this object alone, and lives as long as it does.
        let pointers = slots.indices.map { slots[$0].write { $0 } }
        withExtendedLifetime(self) { body(pointers) }
    }
}
