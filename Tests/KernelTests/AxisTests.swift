import CHornetKernels
import Testing

@Suite struct AxisTests {
    private static let reductions = [HORNET_SUM, HORNET_PRODUCT, HORNET_MAX, HORNET_MIN, HORNET_NONZERO]

    @Test(arguments: InstructionSet.available)
    func columns(_ set: InstructionSet) {
        for rows in [1, 2, 5, 64, 65, 200] {
            for columns in [0, 1, 7, 16, 33, 129, 250] {
                var samples = Samples(seed: UInt64(rows * 1000 + columns))
                var x = samples.floats(rows * (columns + 3), in: -1.5...1.5).map { ($0 * 4).rounded() / 4 }
                if columns > 4 { x[columns / 2] = .nan }
                for reduction in Self.reductions {
                    expectTwins(
                        set, [x, samples.floats(columns)], within: 200, orAbsolute: 4e-5, "\(reduction) \(rows)x\(columns)"
                    ) { $0.reduce_columns(reduction, $1[0], columns + 3, $1[1], rows, columns) }
                }
                for smallest: Int32 in [0, 1] {
                    expectTwins(set, [x, samples.floats(columns)], "places \(rows)x\(columns)") { kernels, arrays in
                        arrays[1].withMemoryRebound(to: Int32.self, capacity: columns) {
                            kernels.column_extremes(arrays[0], columns + 3, $0, rows, columns, smallest)
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func nothing(_ set: InstructionSet) {
        for reduction in [HORNET_SUM, HORNET_PRODUCT, HORNET_NONZERO] {
            expectTwins(set, [[], [5, 6, 7]]) { $0.reduce_columns(reduction, $1[0], 3, $1[1], 0, 3) }
        }
    }

    /// A tenth, a hundred thousand times: added up one by one in Float32, that would be off by 5e-4.
    @Test(arguments: InstructionSet.available)
    func longColumnsStayExact(_ set: InstructionSet) {
        let rows = 100_000
        let x = [Float](repeating: 0.1, count: rows * 2)
        var y: [Float] = [0, 0]
        set.kernels.reduce_columns(HORNET_SUM, x, 2, &y, rows, 2)
        #expect(y.allSatisfy { abs(Double($0) / (Double(Float(0.1)) * Double(rows)) - 1) < 1e-6 })
    }

    @Test(arguments: InstructionSet.available)
    func wholeArrays(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 3)
            let x = samples.floats(n).map { ($0 * 4).rounded() / 4 }
            expectTwins(set, [x, [0]], "nonzero \(n)") { $1[1][0] = Float($0.count_nonzero($1[0], n)) }
            expectTwins(set, [samples.floats(n, in: 0.9...1.1), [0]], within: 100, "product \(n)") {
                $1[1][0] = $0.product($1[0], n)
            }
            for reduction in [HORNET_SUM, HORNET_PRODUCT] {
                expectTwins(set, [x, x], within: 100, orAbsolute: 1e-4, "cumulative \(reduction) \(n)") {
                    $0.cumulative(reduction, $1[0], $1[1], n)
                }
            }
            guard n > 0 else { continue }
            for place in Set([0, n / 2, n - 1]) {
                for special in [Float.nan, .infinity, -.infinity, -5] {
                    var spoiled = x
                    spoiled[place] = special
                    expectTwins(set, [spoiled, [0]], "min \(n), \(special) at \(place)") { $1[1][0] = $0.min($1[0], n) }
                    expectTwins(set, [spoiled, [0]], "find \(n), \(special) at \(place)") {
                        $1[1][0] = Float($0.find($1[0], n, special))
                    }
                }
            }
            expectTwins(set, [x, [0]], "find nothing \(n)") { $1[1][0] = Float($0.find($1[0], n, 77)) }
        }
    }
}
