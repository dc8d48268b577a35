import HornetSupport

/// Square matrices `[…, n, n]` with the right sides that belong to them, brought to the same leading axes.
struct LinearSystem {
    let stack: MatrixStack
    /// `[…, n, n]`
    let a: Tensor
    /// `[…, n, k]`
    let b: Tensor
    /// Whether the right side was one vector `[n]`.
    let isVector: Bool

    init(_ a: Tensor, _ b: Tensor, _ operation: String) throws {
        let matrices = try MatrixStack(a, operation)
        try matrices.requireSquare()
        isVector = b.rank == 1
        guard b.rank > 0, b.shape[isVector ? 0 : b.rank - 2] == matrices.rows else {
            throw HornetError(
                .shape, at: operation, "the right side \(b.shape) does not fit the matrices \(a.shape)",
                remedy: "Give a vector [\(matrices.rows)], or matrices […, \(matrices.rows), k].")
        }
        try matrices.requireFinite(b)
        let sides = isVector ? b.reshaped([b.count, 1]) : b
        guard let batch = Tensor.broadcastShape(matrices.batch, sides.shape.dropLast(2)) else {
            throw HornetError(
                .shape, at: operation, "the leading axes of \(b.shape) do not broadcast with those of \(a.shape)",
                remedy: "Give as many right sides as matrices, or one for all.")
        }
        try matrices.requireCountable(sides.shape.last!)
        self.a = a.broadcast(to: batch + a.shape.suffix(2))
        self.b = sides.broadcast(to: batch + sides.shape.suffix(2))
        stack = try MatrixStack(self.a, operation, isChecked: false)
    }

    /// `[…, n, k]` as the caller wants it: vectors for a vector.
    func asGiven(_ x: Tensor) -> Tensor { isVector ? x.reshaped(Array(x.shape.dropLast())) : x }

    /// The reverse of ``asGiven(_:)``.
    func asMatrices(_ x: Tensor) -> Tensor { isVector ? x.reshaped(x.shape + [1]) : x }

    /// The gradients of the matrices and of the right sides as they were given, before broadcasting.
    static func summed(_ gradient: Tensor, to shape: [Int]) -> Tensor {
        shape.count == 1 ? gradient.summed(to: shape + [1]).reshaped(shape) : gradient.summed(to: shape)
    }
}

extension LinearSystem {
    /// Throws when a triangle has a 0 on its diagonal.
    func requireDiagonal() throws {
        let n = stack.rows
        let zero = a.read { a in
            (0..<stack.count * n).first { a[$0 / n * stack.size + $0 % n * (n + 1)] == 0 }
        }
        guard let zero else { return }
        throw stack.error(
            zero / n, "is singular: the element [\(zero % n), \(zero % n)] of its diagonal is 0",
            remedy: "Solve the system that it comes from by leastSquares or pseudoInverse.")
    }
}
