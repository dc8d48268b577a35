import CHornetKernels
import COpenBLAS
import HornetSupport

/// Complex numbers, their parts apart.
public struct ComplexTensor: Sendable, Equatable {
    public let real: Tensor
    /// Of the same shape.
    public let imaginary: Tensor
}

/// The eigenvalues of square matrices, with their vectors.
public struct GeneralEigen: Sendable {
    /// The eigenvalues, `[…, n]`, in LAPACK's order: complex ones in pairs, the one with the positive imaginary part
    /// first.
    public let values: ComplexTensor
    /// The eigenvectors as columns of length 1, `[…, n, n]`: column i belongs to value i.
    public let vectors: ComplexTensor
}

extension Tensor {
    /// The eigenvalues and right eigenvectors of square matrices `[…, n, n]`, complex in general: `self·v = value·v`.
    /// For symmetric matrices ``eigh(upper:)`` is faster, more exact, and has orthonormal vectors.
    ///
    /// Throws when a matrix is not square or not finite, or when there is no convergence. LAPACK `geev`;
    /// `numpy.linalg.eig`, which drops the imaginary part where it is 0 throughout.
    public func eig() throws -> GeneralEigen {
        let stack = try MatrixStack(self, "eig")
        var (real, imaginary) = (Tensor(uninitialized: shape), Tensor.zeros(shape))
        let values = try real.write { real in
            try imaginary.write { imaginary in
                try eigenvalues(stack, wantsVectors: true) { index, vectors, imaginaryValues in
                    stack.unpack(vectors, imaginaryValues, real + index * stack.size, imaginary + index * stack.size)
                }
            }
        }
        return GeneralEigen(values: values, vectors: ComplexTensor(real: real, imaginary: imaginary))
    }

    /// The eigenvalues of square matrices alone, `[…, n, n] → […, n]`. See ``eig()``; `numpy.linalg.eigvals`.
    public func eigvals() throws -> ComplexTensor {
        try eigenvalues(MatrixStack(self, "eigvals"), wantsVectors: false) { _, _, _ in }
    }

    /// Hands LAPACK's packed vectors and the imaginary parts of the values of each matrix to `take`.
    private func eigenvalues(
        _ stack: MatrixStack, wantsVectors: Bool,
        _ take: (Int, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
    ) throws -> ComplexTensor {
        try stack.requireSquare()
        let (n, size) = (stack.rows, stack.size)
        var real = Tensor(uninitialized: stack.batch + [n])
        var imaginary = real
        guard !stack.isEmpty else { return ComplexTensor(real: real, imaginary: imaginary) }
        let (none, right) = (CChar(letter: "N"), CChar(letter: wantsVectors ? "V" : "N"))
        var work = Workspace(askedBy: {
            LAPACKE_sgeev_work(
                LAPACK_COL_MAJOR, none, right, stack.n, nil, stack.n, nil, nil, nil, 1, nil, stack.n, $0, -1)
        })
        var (matrix, vectors) = (Tensor(uninitialized: [size]), Tensor(uninitialized: [wantsVectors ? size : 0]))
        for index in 0..<stack.count {
            let info = real.write { real in
                imaginary.write { imaginary in
                    matrix.write { a in
                        vectors.write { vectors in
                            work.write { work, length in
                                read { hornet_transpose($0 + index * size, n, a, n, n, n) }
                                let info = blas {
                                    LAPACKE_sgeev_work(
                                        LAPACK_COL_MAJOR, none, right, stack.n, a, stack.n, real + index * n,
                                        imaginary + index * n, nil, 1, vectors, stack.n, work, length)
                                }
                                if info == 0 { take(index, vectors, imaginary + index * n) }
                                return info
                            }
                        }
                    }
                }
            }
            require(info >= 0, "eig", "LAPACK refused an argument: \(info)")
            guard info == 0 else {
                throw stack.error(
                    index, "has eigenvalues that LAPACK could not find: the first \(info) did not converge",
                    remedy: "Scale its rows and columns to similar sizes.")
            }
        }
        return ComplexTensor(real: real, imaginary: imaginary)
    }
}

extension MatrixStack {
    /// LAPACK's columns: one for a real value; for a pair of conjugate ones the real and the imaginary part of the
    /// first.
    fileprivate func unpack(
        _ vectors: UnsafePointer<Float>, _ imaginaryValues: UnsafePointer<Float>, _ real: UnsafeMutablePointer<Float>,
        _ imaginary: UnsafeMutablePointer<Float>
    ) {
        let n = rows
        var column = 0
        while column < n {
            let isPair = imaginaryValues[column] != 0 && column + 1 < n
            for row in 0..<n {
                let (place, a) = (row * n + column, vectors[column * n + row])
                real[place] = a
                guard isPair else { continue }
                let b = vectors[(column + 1) * n + row]
                (real[place + 1], imaginary[place], imaginary[place + 1]) = (a, b, -b)
            }
            column += isPair ? 2 : 1
        }
    }
}
