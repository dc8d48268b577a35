import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct TruncatedSVDTests {
    /// Values 1, 1/2, 1/3, …
    private func decaying(_ rows: Int, _ columns: Int, scale: Float = 1) throws -> Tensor {
        let k = min(rows, columns)
        let (u, v) = (try Tensor.random([rows, k]).qr().q, try Tensor.random([columns, k], seed: 2).qr().q)
        return (u * Tensor((1...k).map { scale / Float($0) })).matmul(v, transposeRight: true)
    }

    @Test(arguments: [[300, 200], [200, 300], [100, 100], [20, 15]], [1, 7])
    func agreesWithTheExactOne(shape: [Int], count: Int) throws {
        for scale in [Float(1), 1e25, 1e-25] {
            let a = try decaying(shape[0], shape[1], scale: scale)
            var random = RandomSource(seed: 3)
            let found = try a.truncatedSVD(count, using: &random)
            let exact = try a.svd()
            #expect(found.u.shape == [shape[0], count] && found.s.shape == [count] && found.vh.shape == [count, shape[1]])
            expectNear(found.s, exact.s[0..<count], 1e-5)
            let (u, vh) = (exact.u.sliced(0..<count, axis: 1), exact.vh[0..<count])
            expectClose(found.u.withColumnsAligned(to: u), u, absolute: 1e-3)
            expectClose(found.vh.withRowsAligned(to: vh), vh, absolute: 1e-3)
            #expect(found.u.orthogonalityError < 1e-5)
        }
    }

    @Test func moreIterationsAreCloser() throws {
        let a = Tensor.random([150, 120])
        let exact = try a.singularValues()[0..<5]
        let errors = try [0, 2, 8].map { iterations in
            var random = RandomSource(seed: 3)
            let found = try a.truncatedSVD(5, oversampling: 5, iterations: iterations, using: &random)
            return (exact - found.s).scalars.reduce(0) { $0 + $1.magnitude }
        }
        #expect(errors[0] > 2 * errors[1] && errors[1] > 2 * errors[2], "\(errors)")
    }

    @Test func dependsOnTheSeedAlone() throws {
        let a = Tensor.random([90, 80])
        let results = try [UInt64(1), 1, 2].map { seed in
            var random = RandomSource(seed: seed)
            return try a.truncatedSVD(3, iterations: 0, using: &random).s
        }
        #expect(results[0] == results[1] && results[0] != results[2])
    }

    @Test func refusals() throws {
        expectRefusals(of: "truncatedSVD", isSquare: false, takesStacks: false) {
            var random = RandomSource(seed: 1)
            return try $0.truncatedSVD(1, using: &random)
        }
        var random = RandomSource(seed: 1)
        for count in [-1, 0, 3] {
            expectError(.configuration, saying: "\(count) singular values", "[2, 5]") {
                try Tensor.ones([2, 5]).truncatedSVD(count, using: &random)
            }
        }
        expectError(.configuration, saying: "-1") { try Tensor.eye(3).truncatedSVD(1, oversampling: -1, using: &random) }
        expectError(.configuration, saying: "-2") { try Tensor.eye(3).truncatedSVD(1, iterations: -2, using: &random) }
    }
}
