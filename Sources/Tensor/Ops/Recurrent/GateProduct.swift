import CHornetKernels

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
    var columns: Int { kernel.shape[1] }
    var units: Int { columns / gates }

    /// Adds the product of the packed rows `rows`, whose inputs lie at `a`, to their gates at `z`. `scratch` has room for
    /// that many inputs.
    func add(
        _ a: UnsafePointer<Float>, of rows: Range<Int>, gates: Range<Int>, to z: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        // A single row goes through the kernel down and up in turn, because half of it is then still in the nearest cache.
        let isReversed = rows.count == 1 && rows.lowerBound & 1 == 1
        let (first, direction) = isReversed ? (inputs - 1, -1) : (0, 1)
        let weights = kernel.array.start + first * columns
        forEachProduct(gates) { part, gate in
            if let gate { drop(a, rows, gate, to: scratch) }
            hornet_gemm(
                (gate == nil ? a : UnsafePointer(scratch)) + first, inputs, direction, weights + part.lowerBound,
                direction * columns, z + part.lowerBound, columns, rows.count, part.count, inputs, 1)
        }
    }

    /// The way back to the input: `da += (dz · kernelᵀ) ∘ factors`.
    struct Back {
        let product: GateProduct
        /// The transposed kernel, `[gates·units, in]`.
        private let transposed: Tensor

        init(_ product: GateProduct) {
            let (inputs, columns) = (product.inputs, product.columns)
            self.product = product
            transposed = Tensor([columns, inputs]) { y in
                product.kernel.read { hornet_transpose($0, columns, y, inputs, inputs, columns) }
            }
        }

        /// Adds the gradient of the inputs of `rows` to `da`, from that of their gates at `dz`.
        func add(
            _ dz: UnsafePointer<Float>, of rows: Range<Int>, gates: Range<Int>, to da: UnsafeMutablePointer<Float>,
            scratch: UnsafeMutablePointer<Float>
        ) {
            let (inputs, weights) = (product.inputs, transposed.array.start)
            product.forEachProduct(gates) { part, gate in
                hornet_gemm(
                    dz + part.lowerBound, product.columns, 1, weights + part.lowerBound * inputs, inputs,
                    gate == nil ? da : scratch, inputs, rows.count, inputs, part.count, gate == nil ? 1 : 0)
                guard let gate else { return }
                for (place, row) in rows.enumerated() {
                    product.withFactors(gate, row) {
                        hornet_multiply_add(scratch + place * inputs, $0, da + place * inputs, inputs)
                    }
                }
            }
        }
    }

    /// The gradient of the kernel: `inputs[k]ᵀ · dz` over all packed rows, for ranges of gates that have inputs of
    /// their own.
    func kernelGradient(_ parts: [(inputs: Rows, gates: Range<Int>)], _ dz: Rows) -> Tensor {
        packing.summed(kernel.shape) { rows, gradient in
            for (a, gates) in parts {
                forEachProduct(gates) { part, gate in
                    var a = UnsafePointer(a[rows.lowerBound])
                    var dropped: Rows?
                    if let gate {
                        dropped = Rows(count: rows.count, width: inputs)
                        drop(a, rows, gate, to: dropped![0])
                        a = UnsafePointer(dropped![0])
                    }
                    hornet_gemm(
                        a, 1, inputs, dz[rows.lowerBound] + part.lowerBound, columns, gradient + part.lowerBound, columns,
                        inputs, part.count, rows.count, 1)
                    withExtendedLifetime(dropped) {}
                }
            }
        }
    }

    /// The columns of each product; with the gate, where each gate has factors of its own.
    private func forEachProduct(_ gates: Range<Int>, _ body: (_ columns: Range<Int>, _ gate: Int?) -> Void) {
        guard factors != nil else { return body(gates.lowerBound * units..<gates.upperBound * units, nil) }
        for gate in gates { body(gate * units..<(gate + 1) * units, gate) }
    }

    /// Row by row `target = a ∘ factors`.
    private func drop(
        _ a: UnsafePointer<Float>, _ rows: Range<Int>, _ gate: Int, to target: UnsafeMutablePointer<Float>
    ) {
        for (place, row) in rows.enumerated() {
            withFactors(gate, row) { hornet_multiply(a + place * inputs, $0, target + place * inputs, inputs) }
        }
    }

    private func withFactors(_ gate: Int, _ row: Int, _ body: (UnsafePointer<Float>) -> Void) {
        factors!.read { body($0 + (gate * packing.batch + packing.document(of: row)) * inputs) }
    }
}
