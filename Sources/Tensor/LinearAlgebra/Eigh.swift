import CHornetKernels
import COpenBLAS
import HornetSupport

/// The eigenvalues of symmetric matrices, with their vectors. `Array` is `Tensor` or ``Value``.
public struct SymmetricEigen<Array> {
    /// The eigenvalues, `[…, n]`, the smallest first.
    public let values: Array
    /// The orthonormal eigenvectors as columns, `[…, n, n]`: column i belongs to value i.
    public let vectors: Array
}

extension SymmetricEigen: Sendable where Array: Sendable {}

extension Tensor {
    /// The eigenvalues and eigenvectors of symmetric matrices `[…, n, n]`: `self = V·diag(values)·Vᵀ`, the values
    /// rising.
    ///
    /// Only the lower triangle is read, or with `upper` the upper one. Throws when a matrix is not square or not
    /// finite, or when there is no convergence. LAPACK `syevd`; `numpy.linalg.eigh`.
    public func eigh(upper: Bool = false) throws -> SymmetricEigen<Tensor> {
        let stack = try MatrixStack(self, "eigh")
        var vectors = Tensor(uninitialized: shape)
        let values = try vectors.write { try symmetricEigenvalues(stack, upper: upper, vectors: $0) }
        return SymmetricEigen(values: values, vectors: vectors)
    }

    /// The eigenvalues of symmetric matrices alone, `[…, n, n] → […, n]`. See ``eigh(upper:)``;
    /// `numpy.linalg.eigvalsh`.
    public func eigvalsh(upper: Bool = false) throws -> Tensor {
        try symmetricEigenvalues(MatrixStack(self, "eigvalsh"), upper: upper, vectors: nil)
    }

    private func symmetricEigenvalues(
        _ stack: MatrixStack, upper: Bool, vectors: UnsafeMutablePointer<Float>?
    ) throws -> Tensor {
        try stack.requireSquare()
        let (n, size) = (stack.rows, stack.size)
        try stack.requireCountable(2 * size + 6 * n + 1)
        let (job, triangle) = (CChar(letter: vectors == nil ? "N" : "V"), CChar(rowMajorUpper: upper))
        var values = Tensor(uninitialized: stack.batch + [n])
        guard !stack.isEmpty else { return values }
        var integers = Indices(uninitialized: [5 * n + 3])
        let counted = blasint(integers.count)
        var work = Workspace(askedBy: { work in
            integers.write {
                LAPACKE_ssyevd_work(LAPACK_COL_MAJOR, job, triangle, stack.n, nil, stack.n, nil, work, -1, $0, -1)
            }
        })
        var matrix = Tensor(uninitialized: [size])
        try values.write { values in
            try work.write { work, length in
                for index in 0..<stack.count {
                    let info = matrix.write { a in
                        read { a.update(from: $0 + index * size, count: size) }
                        let info = integers.write { integers in
                            blas {
                                LAPACKE_ssyevd_work(
                                    LAPACK_COL_MAJOR, job, triangle, stack.n, a, stack.n, values + index * n, work, length,
                                    integers, counted)
                            }
                        }
                        // LAPACK's columns lie as rows.
                        if let vectors { hornet_transpose(a, n, vectors + index * size, n, n, n) }
                        return info
                    }
                    require(info >= 0, "eigh", "LAPACK refused an argument: \(info)")
                    guard info == 0 else {
                        throw stack.error(
                            index, "has no eigenvalues that LAPACK could find: it gave up at \(info)",
                            remedy: "Scale its rows and columns to similar sizes.")
                    }
                }
            }
        }
        return values
    }
}

extension Value {
    /// ``Tensor/eigh(upper:)``, with its gradient, which is symmetric: `V·(diag(dvalues) + F∘(Vᵀ·dV))·Vᵀ` with
    /// `F[i, j] = 1 / (value[j] − value[i])` off the diagonal (Giles 2008, "An extended collection of matrix derivative
    /// results", section 3.1).
    ///
    /// For the vectors it exists while no two eigenvalues are equal; where they are, it is infinite or NaN. For the
    /// values alone they may be.
    public func eigh(upper: Bool = false) throws -> SymmetricEigen<Value> {
        let found = try tensor.eigh(upper: upper)
        let (values, vectors) = (found.values, found.vectors)
        let results = Value.recorded([values, vectors], from: [self]) { gradients, dx in
            let n = values.shape.last!
            var inner = gradients[0]?.diagonalMatrix() ?? .zeros(vectors.shape)
            if let dV = gradients[1] {
                let gaps = values.reshaped(values.shape.dropLast() + [1, n]) - values.reshaped(values.shape + [1])
                inner += vectors.matmul(dV, transposeLeft: true) * gaps.stackMapped { $0 == $1 ? 0 : 1 / $2 }
            }
            let gradient = vectors.matmul(inner).matmul(vectors, transposeRight: true)
            dx.add(gradient.stackSymmetrized(), to: 0)
        }
        return SymmetricEigen(values: results[0], vectors: results[1])
    }
}
