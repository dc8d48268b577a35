/// Where the input's part of the gates comes from, `x·kernel + bias`.
///
/// Groups are at work at the same time, each step by step; what belongs to a document belongs to one group.
protocol RecurrentInput {
    /// What there is to do before the first step of a group.
    func begin(_ group: Int)
    /// Writes the input's part of a step's gates.
    func fill(_ step: RecurrentStep, _ gates: Rows)
    /// What there is to do on the way back before the first step of a group, that is, its last one.
    func beginBackward(_ group: Int)
    /// Looks at the gates of a step, once they hold their gradients.
    func collect(_ step: RecurrentStep, _ gates: Rows)

    // At the end of the way back.
    func kernelGradient(_ gates: Rows) -> Tensor
    func biasGradient(_ gates: Rows) -> Tensor
}

extension RecurrentInput {
    func begin(_ group: Int) {}
    func beginBackward(_ group: Int) {}
    func collect(_ step: RecurrentStep, _ gates: Rows) {}
}

/// An input that is there as an array.
struct PackedInput: RecurrentInput {
    /// The real steps, `[rows, in]`.
    private let x: Rows
    private let product: GateProduct
    private let bias: Tensor?

    init(_ x: Tensor, _ product: GateProduct, bias: Tensor?) {
        self.x = product.packing.packed(x)
        (self.product, self.bias) = (product, bias)
    }

    func fill(_ step: RecurrentStep, _ gates: Rows) {
        gates.fill(step.kept, step.count, with: bias)
        product.add(
            x[step.rows.lowerBound], of: step.rows, gates: 0..<product.gates, to: gates[step.kept],
            scratch: step.scratch.product)
    }

    func kernelGradient(_ gates: Rows) -> Tensor { product.kernelGradient([(x, 0..<product.gates)], gates) }
    func biasGradient(_ gates: Rows) -> Tensor { product.packing.columnSums(gates) }

    /// `[batch, time, in]`, 0 at masked steps.
    func inputGradient(_ gates: Rows) -> Tensor {
        let (packing, back) = (product.packing, GateProduct.Back(product))
        let dx = Rows(count: packing.rowCount, width: x.width)
        packing.forEachGroup { number in
            let rows = packing.groups[number].rows
            let scratch = Rows(count: product.factors == nil ? 0 : rows.count, width: x.width)
            dx.fill(rows.lowerBound, rows.count, with: nil)
            back.add(
                gates[rows.lowerBound], of: rows, gates: 0..<product.gates, to: dx[rows.lowerBound], scratch: scratch[0])
        }
        return packing.unpacked(dx)
    }
}
