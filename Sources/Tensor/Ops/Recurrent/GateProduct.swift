import CHornetKernels
import COpenBLAS

/// `z[:, k] += (a ∘ factors[k]) · kernel[:, k]` for the gates k: one product, or one for each gate where dropout has
/// other factors for each.
struct GateProduct {
    /// `[in, gates·units]`
    let kernel: Tensor
    let gates: Int
    /// What the input is multiplied with, `[gates, batch, in]`, the same at all steps of a document; `nil` for 1.
    let factors: Tensor?
    let packing: SequencePacking

    var inputs: Int { kernel.shape[0] }
    var units: Int { kernel.shape[1] / gates }

    /// Adds the product of the packed rows `rows`, whose inputs lie at `a`, to `z`. `scratch` has room for that many
    /// inputs.
    func add(
        _ a: UnsafePointer<Float>, of rows: Range<Int>, gates: Range<Int>, to z: Rows,
        scratch: UnsafeMutablePointer<Float>
    ) {
        forEachProduct(gates) { columns, gate in
            var a = a
            if let gate {
                drop(a, rows, gate) { scratch + $0 * inputs }
                a = UnsafePointer(scratch)
            }
            kernel.read { kernel in
                multiplyAdd(
                    rows.count, columns.count, inputs, a, inputs, kernel + columns.lowerBound, kernelWidth,
                    adding: true, to: z[rows.lowerBound] + columns.lowerBound, z.width)
            }
        }
    }

    /// Adds the gradient of those inputs to `da`, from that of the products.
    func addInputGradient(
        _ dz: Rows, of rows: Range<Int>, gates: Range<Int>, to da: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        forEachProduct(gates) { columns, gate in
            kernel.read { kernel in
                multiplyAdd(
                    rows.count, inputs, columns.count, dz[rows.lowerBound] + columns.lowerBound, dz.width,
                    kernel + columns.lowerBound, kernelWidth, transposeRight: true, adding: gate == nil,
                    to: gate == nil ? da : scratch, inputs)
            }
            if let gate {
                for (place, row) in rows.enumerated() {
                    withFactors(gate, row) {
                        hornet_multiply_add(scratch + place * inputs, $0, da + place * inputs, inputs)
                    }
                }
            }
        }
    }

    /// The gradient of the kernel from all packed inputs: of all gates, or of some, the others as `gradient` has them.
    func kernelGradient(
        _ a: Rows, _ dz: Rows, gates: Range<Int>? = nil, into gradient: consuming Tensor? = nil
    ) -> Tensor {
        let rows = 0..<packing.rowCount
        var result = gradient ?? Tensor(uninitialized: kernel.shape)
        forEachProduct(gates ?? 0..<self.gates) { columns, gate in
            var a = a
            if let gate {
                let dropped = Rows(count: rows.count, width: inputs)
                drop(a[0], rows, gate) { dropped[$0] }
                a = dropped
            }
            result.write { result in
                multiplyAdd(
                    inputs, columns.count, rows.count, a[0], inputs, transposeLeft: true, dz[0] + columns.lowerBound,
                    dz.width, adding: false, to: result + columns.lowerBound, kernelWidth)
            }
        }
        return result
    }

    /// `a · kernel + bias` for all packed rows.
    func projected(_ a: Rows, bias: Tensor?) -> Rows {
        guard factors != nil else {
            return Rows(a.tensor.linear(kernel: kernel, bias: bias, activation: .linear))
        }
        let z = Rows(.zeros([packing.rowCount, kernelWidth]))
        let scratch = Rows(count: packing.rowCount, width: inputs)
        add(a[0], of: 0..<packing.rowCount, gates: 0..<gates, to: z, scratch: scratch[0])
        guard let bias else { return z }
        bias.read { hornet_bias_activation(z[0], $0, packing.rowCount, kernelWidth, HORNET_LINEAR) }
        return z
    }

    /// The gradient of all packed inputs.
    func inputGradient(_ dz: Rows) -> Tensor {
        guard factors != nil else { return dz.tensor.matmul(kernel, transposeRight: true) }
        let da = Rows(.zeros([packing.rowCount, inputs]))
        let scratch = Rows(count: packing.rowCount, width: inputs)
        addInputGradient(dz, of: 0..<packing.rowCount, gates: 0..<gates, to: da[0], scratch: scratch[0])
        return da.tensor
    }

    private var kernelWidth: Int { kernel.shape[1] }

    /// The columns of each product; with the gate, where each gate has factors of its own.
    private func forEachProduct(_ gates: Range<Int>, _ body: (_ columns: Range<Int>, _ gate: Int?) -> Void) {
        guard factors != nil else { return body(gates.lowerBound * units..<gates.upperBound * units, nil) }
        for gate in gates { body(gate * units..<(gate + 1) * units, gate) }
    }

    /// Row by row `target = a ∘ factors`.
    private func drop(
        _ a: UnsafePointer<Float>, _ rows: Range<Int>, _ gate: Int, _ target: (Int) -> UnsafeMutablePointer<Float>
    ) {
        for (place, row) in rows.enumerated() {
            withFactors(gate, row) { hornet_multiply(a + place * inputs, $0, target(place), inputs) }
        }
    }

    private func withFactors(_ gate: Int, _ row: Int, _ body: (UnsafePointer<Float>) -> Void) {
        factors!.read { body($0 + (gate * packing.batch + packing.document(of: row)) * inputs) }
    }
}

/// `c = op(a)·op(b)`, or `c +=` if `adding`: c is `[m, n]`, k lies in between. Each matrix comes with its distance from
/// row to row.
private func multiplyAdd(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ aStride: Int, transposeLeft: Bool = false,
    _ b: UnsafePointer<Float>, _ bStride: Int, transposeRight: Bool = false, adding: Bool,
    to c: UnsafeMutablePointer<Float>, _ cStride: Int
) {
    guard m > 0, n > 0 else { return }
    cblas_sgemm(
        CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans, transposeRight ? CblasTrans : CblasNoTrans,
        blasint(m), blasint(n), blasint(k), 1, a, blasint(max(aStride, 1)), b, blasint(max(bStride, 1)), adding ? 1 : 0, c,
        blasint(max(cStride, 1)))
}
