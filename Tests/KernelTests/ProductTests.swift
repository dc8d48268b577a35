import CHornetKernels
import Testing

@Suite struct ProductTests {
    private let shapes: [(m: Int, n: Int, k: Int)] =
        [(0, 5, 3), (3, 0, 3), (3, 5, 0), (1, 300, 7), (1, 90, 300), (2, 1, 1), (9, 49, 33), (20, 90, 64), (33, 17, 600)]
        + (1...17).map { ($0, 40, 5) } + lengths.filter { $0 < 140 }.map { (5, $0, 9) }

    /// The tolerance is absolute: sums cancel.
    @Test(arguments: InstructionSet.available)
    func products(_ set: InstructionSet) {
        for (m, n, k) in shapes {
            var samples = Samples(seed: UInt64(m * 7919 + n * 31 + k))
            let (a, b, c) = (samples.floats(m * k), samples.floats(k * n), samples.floats(m * n))
            for accumulate in [Int32(0), 1] {
                let what = "\(m)x\(n)x\(k), accumulate \(accumulate)"
                let absolute = 1e-5 * Float(max(k, 1)).squareRoot() * 9
                expectTwins(set, [a, b, c], within: 4, orAbsolute: absolute, what) {
                    $0.gemm($1[0], k, 1, $1[1], n, $1[2], n, m, n, k, accumulate)
                }
                expectTwins(set, [a, b, c], within: 4, orAbsolute: absolute, what + ", transposed") {
                    $0.gemm($1[0], 1, m, $1[1], n, $1[2], n, m, n, k, accumulate)
                }
            }
        }
    }

    /// Rows further apart than they are long: what lies between them is left alone.
    @Test(arguments: InstructionSet.available)
    func productsInsideLargerMatrices(_ set: InstructionSet) {
        var samples = Samples(seed: 5)
        let (a, b, c) = (samples.floats(10 * 50), samples.floats(40 * 30), samples.floats(10 * 60))
        expectTwins(set, [a, b, c], within: 4, orAbsolute: 3e-4) {
            $0.gemm($1[0] + 3, 50, 1, $1[1] + 2, 30, $1[2] + 1, 60, 9, 27, 40, 1)
        }
    }

    /// However the work is cut, the bits are the same.
    @Test(arguments: InstructionSet.available)
    func partsHaveTheBitsOfTheWhole(_ set: InstructionSet) {
        let (m, n, k) = (21, 75, 310)
        var samples = Samples(seed: 11)
        let (a, b) = (samples.floats(m * k), samples.floats(k * n))
        var (whole, parts) = ([Float](repeating: 0, count: m * n), [Float](repeating: 0, count: m * n))
        set.kernels.gemm(a, k, 1, b, n, &whole, n, m, n, k, 0)
        parts.withUnsafeMutableBufferPointer { parts in
            for (first, rows) in [(0, 1), (1, 7), (8, 13)] {
                for (column, columns) in [(0, 16), (16, 3), (19, 56)] {
                    set.kernels.gemm(
                        Array(a[(first * k)...]), k, 1, Array(b[column...]), n, parts.baseAddress! + first * n + column, n,
                        rows, columns, k, 0)
                }
            }
        }
        #expect(sameBits(parts, whole))
    }

    @Test(arguments: InstructionSet.available)
    func transposes(_ set: InstructionSet) {
        for (rows, columns) in [(0, 3), (3, 0), (1, 1), (16, 16), (17, 33), (5, 70), (64, 90)] {
            var samples = Samples(seed: UInt64(rows * 100 + columns))
            let (x, y) = (samples.floats(rows * (columns + 3)), samples.floats(columns * (rows + 2)))
            expectTwins(set, [x, y], "\(rows)x\(columns)") {
                $0.transpose($1[0], columns + 3, $1[1], rows + 2, rows, columns)
            }
        }
    }
}
