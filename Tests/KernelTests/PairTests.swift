import CHornetKernels
import Testing

@Suite struct PairTests {
    /// The operations, and the floats that each may be from its twin's: those that are not exact.
    private static let operations: [(hornet_operation, ulps: Int)] = [
        (HORNET_ADD, 0), (HORNET_SUBTRACT, 0), (HORNET_MULTIPLY, 0), (HORNET_DIVIDE, 0), (HORNET_MAXIMUM, 0),
        (HORNET_MINIMUM, 0), (HORNET_POWER, 2), (HORNET_REMAINDER, 0), (HORNET_FLOOR_DIVIDE, 0), (HORNET_ATAN2, 2),
        (HORNET_HYPOT, 0), (HORNET_EQUAL, 0), (HORNET_NOT_EQUAL, 0), (HORNET_LESS, 0), (HORNET_LESS_EQUAL, 0),
        (HORNET_AND, 0), (HORNET_OR, 0), (HORNET_XOR, 0),
    ]

    /// Every way in which broadcasting pairs rows: whole ones, one number a row, one row for all.
    private static let layouts: [(aRow: Int, aStep: Int32, bRow: Int, bStep: Int32)] = [
        (1, 1, 1, 1), (1, 1, 0, 1), (0, 1, 1, 1), (1, 1, 1, 0), (1, 0, 1, 1), (1, 1, 0, 0), (0, 0, 1, 1), (1, 0, 0, 1),
    ]

    private func strides(_ layout: (aRow: Int, aStep: Int32, bRow: Int, bStep: Int32), _ columns: Int) -> hornet_strides {
        hornet_strides(
            a_row: layout.aRow * (layout.aStep == 1 ? columns : 1), b_row: layout.bRow * (layout.bStep == 1 ? columns : 1),
            c_row: columns, a_step: layout.aStep, b_step: layout.bStep, c_step: 1)
    }

    @Test(arguments: InstructionSet.available)
    func operations(_ set: InstructionSet) {
        let rows = 3
        for (operation, ulps) in Self.operations {
            for columns in [0, 1, 7, 16, 33, 65] {
                var samples = Samples(seed: UInt64(columns) + 1)
                let arrays = (0..<3).map { _ in samples.floats(rows * columns).map { ($0 * 8).rounded() / 8 } }
                for layout in Self.layouts {
                    var s = strides(layout, columns)
                    expectTwins(set, arrays, within: ulps, "\(operation) \(columns) \(layout)") {
                        $0.combine(operation, $1[0], $1[1], $1[2], rows, columns, &s)
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func specialFloatsMeetEachOther(_ set: InstructionSet) {
        let pairs = specialFloats.flatMap { a in specialFloats.map { b in (a, b) } }
        let (a, b, n) = (pairs.map(\.0), pairs.map(\.1), pairs.count)
        var s = strides((1, 1, 1, 1), n)
        for (operation, ulps) in Self.operations {
            expectTwins(set, [a, b], within: ulps, "\(operation)") { $0.combine(operation, $1[0], $1[1], $1[0], 1, n, &s) }
        }
        expectTwins(set, [a, b]) { $0.clip($1[0], -0.5, 80, $1[1], n) }
        expectTwins(set, [a, b]) { $0.clip($1[0], 1, -1, $1[1], n) }
        expectTwins(set, [a, b]) { $0.is_finite($1[0], $1[1], n) }
        expectTwins(set, [a, b]) { $0.is_infinite($1[0], $1[1], n) }
    }

    @Test(arguments: InstructionSet.available)
    func choices(_ set: InstructionSet) {
        let rows = 3
        for columns in [1, 7, 16, 33] {
            var samples = Samples(seed: UInt64(columns) + 9)
            let condition = samples.floats(rows * columns).map { $0 > 0 ? $0 : 0 }
            let arrays = [condition] + (0..<3).map { _ in samples.floats(rows * columns) }
            for layout in Self.layouts + [(1, 0, 1, 0)] {
                for step: Int32 in [0, 1] {
                    var s = strides(layout, columns)
                    s.c_step = step
                    expectTwins(set, arrays, "\(columns) \(layout) \(step)") {
                        $0.select($1[0], $1[1], $1[2], $1[3], rows, columns, &s)
                    }
                }
            }
        }
    }
}
