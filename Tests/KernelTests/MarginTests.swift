import CHornetKernels
import Testing

@Suite struct MarginTests {
    private let labels = Int(HORNET_MARGIN_LABELS)
    private let rowCount = 23
    private let vocabulary = 40

    /// Documents and labels with both kinds of bounds, one label that is left alone.
    private struct Problem {
        var starts = [0]
        let ids: [Int32]
        let values: [Float]
        let squares: [Float]
        let targets: [UInt16]
        var absent: [Float]
        var present: [Float]

        init(rowCount: Int, vocabulary: Int, labels: Int, isHinge: Bool, _ samples: inout Samples) {
            for row in 0..<rowCount { starts.append(starts[row] + [4, 0, 9, 1, 6][row % 5]) }
            ids = samples.ids(starts[rowCount] + 16, below: vocabulary)
            let values = samples.floats(starts[rowCount], in: -1...1)
            self.values = values
            let starts = starts
            squares = (0..<rowCount).map { row in 1 + values[starts[row]..<starts[row + 1]].reduce(0) { $0 + $1 * $1 } }
            targets = samples.ids(rowCount, below: 1 << 16).map { UInt16(truncatingIfNeeded: $0) }
            let diagonal: Float = isHinge ? 0 : 0.5
            absent = Array(repeating: diagonal, count: labels) + Array(repeating: isHinge ? 1 : .infinity, count: labels)
            present = Array(repeating: diagonal / 3, count: labels) + Array(repeating: isHinge ? 3 : .infinity, count: labels)
            (absent[labels + 5], present[labels + 5]) = (0, 0)
        }

        func descend(
            _ kernels: hornet_kernel_table, _ order: inout [Int32], vocabulary: Int, _ w: UnsafeMutablePointer<Float>,
            _ alpha: UnsafeMutablePointer<Float>, _ last: UnsafeMutablePointer<Float>, _ extremes: UnsafeMutablePointer<Float>,
            active: Int
        ) -> Int {
            starts.withUnsafeBufferPointer { starts in
                ids.withUnsafeBufferPointer { ids in
                    values.withUnsafeBufferPointer { values in
                        squares.withUnsafeBufferPointer { squares in
                            targets.withUnsafeBufferPointer { targets in
                                absent.withUnsafeBufferPointer { absent in
                                    present.withUnsafeBufferPointer { present in
                                        var problem = hornet_margin_problem(
                                            columns: vocabulary, starts: starts.baseAddress, ids: ids.baseAddress,
                                            values: values.baseAddress, squares: squares.baseAddress,
                                            targets: targets.baseAddress, absent: absent.baseAddress,
                                            present: present.baseAddress, bias_input: 1)
                                        return kernels.descend_margins(&problem, &order, active, w, alpha, last, extremes)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func passes(_ set: InstructionSet) {
        for isHinge in [false, true] {
            var samples = Samples(seed: isHinge ? 2 : 1)
            let problem = Problem(
                rowCount: rowCount, vocabulary: vocabulary, labels: labels, isHinge: isHinge, &samples)
            let last = Array(repeating: -Float.infinity, count: labels) + Array(repeating: Float.infinity, count: labels)
            let arrays = [
                [Float](repeating: 0, count: (vocabulary + 1) * labels), [Float](repeating: 0, count: rowCount * labels), last,
                [Float](repeating: 7, count: 2 * labels),
            ]
            // Extremes are differences of like numbers.
            expectTwins(set, arrays, within: 64, orAbsolute: 2e-5, "hinge \(isHinge)") { kernels, arrays in
                var order = (0..<Int32(rowCount)).map { $0 }
                for _ in 0..<3 {
                    let left = problem.descend(
                        kernels, &order, vocabulary: vocabulary, arrays[0], arrays[1], arrays[2], arrays[3], active: rowCount)
                    #expect(left == rowCount)
                }
                let lane = 5
                #expect((0..<rowCount).allSatisfy { arrays[1][$0 * labels + lane] == 0 }, "a label with top 0 stays out")
            }
        }
    }

    /// A row is put aside when no label of it moves or might soon; the others stay in front.
    @Test(arguments: InstructionSet.available)
    func putsRowsAside(_ set: InstructionSet) {
        var samples = Samples(seed: 3)
        let problem = Problem(rowCount: rowCount, vocabulary: vocabulary, labels: labels, isHinge: true, &samples)
        var order = (0..<Int32(rowCount)).map { $0 }
        var w = [Float](repeating: 0, count: (vocabulary + 1) * labels)
        // Far on the right side of every margin in row 0 alone: every bias has its sign.
        for label in 0..<labels { w[vocabulary * labels + label] = problem.targets[1] >> UInt16(label) & 1 == 1 ? 9 : -9 }
        var alpha = [Float](repeating: 0, count: rowCount * labels)
        var last = [Float](repeating: -1, count: labels) + [Float](repeating: 1, count: labels)
        var extremes = [Float](repeating: 0, count: 2 * labels)
        // Row 1 has no stored values: its margin is the bias.
        order.swapAt(0, 1)
        let before = order
        let left = problem.descend(
            set.kernels, &order, vocabulary: vocabulary, &w, &alpha, &last, &extremes, active: 1)
        #expect(left == 0 && order == before)
        last = [Float](repeating: -1, count: labels) + [Float](repeating: 20, count: labels)
        #expect(
            problem.descend(set.kernels, &order, vocabulary: vocabulary, &w, &alpha, &last, &extremes, active: 1) == 1,
            "a slope within the last extremes keeps the row")
    }
}
