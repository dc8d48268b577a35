extension Tensor {
    /// Square matrices times themselves, `[…, n, n] → […, n, n]`: `exponent` of them, the identity for 0, the powers of
    /// the inverse below 0; by repeated squaring.
    ///
    /// Throws when a matrix is not square or not finite, or, with a negative exponent, singular.
    /// `numpy.linalg.matrix_power`.
    public func matrixPower(_ exponent: Int) throws -> Tensor {
        let stack = try MatrixStack(self, "matrixPower")
        try stack.requireSquare()
        var square = exponent < 0 ? try PivotedFactors(self, stack).inverse() : self
        var (rest, result) = (exponent.magnitude, Tensor?.none)
        while rest > 0 {
            if rest & 1 == 1 { result = result?.matmul(square) ?? square }
            rest >>= 1
            if rest > 0 { square = square.matmul(square) }
        }
        return result ?? Tensor.eye(stack.rows).broadcast(to: shape)
    }
}
