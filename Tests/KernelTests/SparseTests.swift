import CHornetKernels
import Testing

@Suite struct SparseTests {
    private let vocabulary = 30

    /// Rows of 0 to 25 stored values, which may begin anywhere in the arrays.
    private struct Rows {
        let starts: [Int]
        let columns: [Int32]
        let values: [Float]

        init(_ count: Int, first: Int, below vocabulary: Int, _ samples: inout Samples) {
            var starts = [first]
            for row in 0..<count { starts.append(starts[row] + [3, 0, 25, 1, 8][row % 5]) }
            self.starts = starts
            columns = samples.ids(starts[count], below: vocabulary)
            values = samples.floats(starts[count])
        }
    }

    @Test(arguments: InstructionSet.available)
    func products(_ set: InstructionSet) {
        for width in lengths where width < 600 {
            for (count, first) in [(0, 0), (1, 2), (7, 0)] {
                var samples = Samples(seed: UInt64(width * 10 + count))
                let rows = Rows(count, first: first, below: vocabulary, &samples)
                let arrays = [samples.floats(vocabulary * width), samples.floats(count * width)]
                expectTwins(set, arrays, within: 4, orAbsolute: 1e-5, "\(count) rows x \(width)") {
                    $0.sparse_matmul(rows.starts, rows.columns, rows.values, $1[0], $1[1], count, width)
                }
            }
        }
    }

    /// However the rows are cut, the bits are the same.
    @Test(arguments: InstructionSet.available)
    func partsHaveTheBitsOfTheWhole(_ set: InstructionSet) {
        let (count, width) = (9, 300)
        var samples = Samples(seed: 3)
        let rows = Rows(count, first: 0, below: vocabulary, &samples)
        let b = samples.floats(vocabulary * width)
        var (whole, parts) = ([Float](repeating: 1, count: count * width), [Float](repeating: 2, count: count * width))
        set.kernels.sparse_matmul(rows.starts, rows.columns, rows.values, b, &whole, count, width)
        parts.withUnsafeMutableBufferPointer { parts in
            for (first, some) in [(0, 1), (1, 3), (4, 5)] {
                set.kernels.sparse_matmul(
                    Array(rows.starts[first...]), rows.columns, rows.values, b, parts.baseAddress! + first * width, some,
                    width)
            }
        }
        #expect(sameBits(parts, whole))
    }
}
