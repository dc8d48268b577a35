import HornetSupport

extension Tensor {
    /// The `count` largest singular values of one matrix `[m, n]` with their vectors: u `[m, count]`, s `[count]`,
    /// vh `[count, n]`.
    ///
    /// By subspace iteration from random vectors (Halko, Martinsson and Tropp 2011, "Finding structure with
    /// randomness", algorithms 4.4 and 5.1): `iterations` times the matrix and its transpose are applied to
    /// `count + oversampling` vectors, which QR keeps apart. The error of a value falls with (the first value left out
    /// / it) to the power 2·`iterations` + 1. Where that is no less work, the exact decomposition is cut; then nothing
    /// is drawn.
    ///
    /// Throws when there are more than two axes, an element is not finite, or `count` is not within 1 ... min(m, n).
    public func truncatedSVD(
        _ count: Int, oversampling: Int = 10, iterations: Int = 5, using random: inout RandomSource
    ) throws -> SVDFactors<Tensor> {
        let stack = try MatrixStack(self, "truncatedSVD")
        try stack.requireSingle()
        guard count >= 1, count <= stack.rank, oversampling >= 0, iterations >= 0 else {
            throw HornetError(
                .configuration, at: "truncatedSVD",
                "\(count) singular values of a matrix \(shape), \(oversampling) vectors more, \(iterations) iterations",
                remedy: "Ask for 1 to min(m, n) values, and for nothing negative.")
        }
        let width = count + oversampling
        guard width * 3 < stack.rank else {
            let factors = try svd()
            return SVDFactors(
                u: factors.u.sliced(0..<count, axis: 1), s: factors.s[0..<count], vh: factors.vh[0..<count])
        }
        // Products of very large or small elements would leave the range of Float32.
        let largest = read { x in (0..<self.count).reduce(Float(0)) { Swift.max($0, x[$1].magnitude) } }
        let isExtreme = largest > 0 && !(1e-10...1e10).contains(largest)
        let matrix = isExtreme ? self / largest : self
        var basis = try matrix.matmul(.normal([stack.columns, width], using: &random)).qr().q
        for _ in 0..<iterations {
            let other = try matrix.matmul(basis, transposeLeft: true).qr().q
            basis = try matrix.matmul(other).qr().q
        }
        let small = try basis.matmul(matrix, transposeLeft: true).svd()
        return SVDFactors(
            u: basis.matmul(small.u.sliced(0..<count, axis: 1)), s: small.s[0..<count] * (isExtreme ? largest : 1),
            vh: small.vh[0..<count])
    }
}
