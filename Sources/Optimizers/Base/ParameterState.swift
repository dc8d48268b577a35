import HornetTensor

/// What an optimizer keeps for one weight, and the ways to update it.
final class ParameterState {
    private let slots: Slots
    /// No element has had a gradient yet.
    private var isFresh = true
    /// How row-sparse gradients are applied; chosen when the first one comes.
    private var rowUpdates: RowUpdates?

    private enum RowUpdates {
        /// The other rows stay as they are.
        case touchedOnly
        /// The other rows catch up when somebody looks at them.
        case lazy(LazyRows)
        /// There is no short way: the gradient is made dense.
        case dense
    }

    init(slots: [Tensor]) { self.slots = Slots(slots) }

    /// The arrays after all steps so far.
    func values(settling parameter: Parameter) -> [Tensor] {
        parameter.settle()
        return slots.tensors
    }

    func replace(_ values: [Tensor], of parameter: Parameter) {
        parameter.settle()
        slots.tensors = values
        noteDenseChange()
    }

    func update(_ parameter: Parameter, _ gradient: Gradient, _ step: UpdateStep, by optimizer: Optimizer) {
        switch gradient {
        case .dense(let dense): update(parameter, dense, step, by: optimizer)
        case .rows(let rows):
            let way = rowUpdates ?? chooseRowUpdates(parameter, optimizer)
            rowUpdates = way
            switch way {
            case .touchedOnly: updateRows(parameter, rows, step, by: optimizer)
            case .lazy(let lazyRows):
                parameter.deferRows(to: lazyRows)
                lazyRows.update(&parameter.storage, rows, step, by: optimizer)
            case .dense: update(parameter, rows.dense, step, by: optimizer)
            }
        }
    }

    private func chooseRowUpdates(_ parameter: Parameter, _ optimizer: Optimizer) -> RowUpdates {
        guard let rule = optimizer.idleRule else { return .dense }
        let decaysWeights = optimizer.weightDecay > 0
        if rule.isStill && !decaysWeights { return .touchedOnly }
        guard let series = IdleSeries(rule) else { return .dense }
        return .lazy(
            LazyRows(slots, rule, series, decaysWeights: decaysWeights, shape: parameter.shape, areFresh: isFresh))
    }

    private func update(_ parameter: Parameter, _ gradient: Tensor, _ step: UpdateStep, by optimizer: Optimizer) {
        parameter.update { weights in
            slots.withPointers { slots in
                gradient.read { gradient in
                    let whole = UpdateSpan(
                        weights: weights.baseAddress!, gradients: gradient, slots: slots, count: weights.count,
                        step: step)
                    whole.forEachPart { span in
                        span.decayWeights()
                        optimizer.update(span)
                    }
                }
            }
        }
        noteDenseChange()
    }

    private func noteDenseChange() {
        isFresh = false
        if case .lazy(let rows) = rowUpdates { rows.noteDenseChange() }
    }

    private func updateRows(
        _ parameter: Parameter, _ gradient: RowSparse, _ step: UpdateStep, by optimizer: Optimizer
    ) {
        parameter.update { weights in
            slots.withPointers { gradient.update(weights.baseAddress!, $0, step, by: optimizer) }
        }
    }
}
