import CHornetKernels
import Testing

@Suite struct RandomTests {
    @Test(arguments: InstructionSet.available)
    func dropoutFactors(_ set: InstructionSet) {
        for n in lengths {
            for threshold: UInt64 in [0, 1 << 30, 1 << 32] {
                expectTwins(set, [[Float](repeating: 9, count: n)], "\(n), threshold \(threshold)") {
                    $0.dropout_factors(12345, 0x9E37_79B9_7F4A_7C15, threshold, 1.25, $1[0], n)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func uniformNumbers(_ set: InstructionSet) {
        for n in lengths {
            expectTwins(set, [[Float](repeating: 9, count: n)], "\(n)") {
                $0.uniform(77, 0x9E37_79B9_7F4A_7C15, -0.05, 0.1, Float(0.05).nextDown, $1[0], n)
            }
        }
    }
}
