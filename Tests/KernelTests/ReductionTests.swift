import CHornetKernels
import Testing

@Suite struct ReductionTests {
    @Test(arguments: InstructionSet.available)
    func sums(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 1)
            let arrays = [samples.floats(n), samples.floats(n), [0]]
            let tolerance = 1e-6 * Float(n)
            expectTwins(set, arrays, within: 1, orAbsolute: tolerance, "sum \(n)") { $1[2][0] = $0.sum($1[0], n) }
            expectTwins(set, arrays, within: 1, orAbsolute: tolerance, "dot \(n)") {
                $1[2][0] = $0.dot($1[0], $1[1], n)
            }
            expectTwins(set, arrays, within: 1, "sum_of_squares \(n)") {
                $1[2][0] = Float($0.sum_of_squares($1[0], n))
            }
        }
    }

    /// Every set adds in the same order.
    @Test(arguments: InstructionSet.available)
    func sumsAgreeToTheBit(_ set: InstructionSet) {
        let public_ = InstructionSet(name: "public").kernels
        for n in lengths + [12_345] {
            var samples = Samples(seed: UInt64(n) + 2)
            let x = samples.floats(n)
            #expect(set.kernels.sum(x, n).bitPattern == public_.sum(x, n).bitPattern, "\(n)")
        }
    }

    @Test(arguments: InstructionSet.available)
    func sumOfSquaresIsInDouble(_ set: InstructionSet) {
        let x = [Float](repeating: 1e25, count: 33)
        #expect(abs(set.kernels.sum_of_squares(x, 33) / (33 * Double(Float(1e25)) * Double(Float(1e25))) - 1) < 1e-14)
    }

    @Test(arguments: InstructionSet.available)
    func maxima(_ set: InstructionSet) {
        for n in lengths where n > 0 {
            var samples = Samples(seed: UInt64(n) + 3)
            let x = samples.floats(n, in: -3 ... -1)
            expectTwins(set, [x, [0]], "max \(n)") { $1[1][0] = $0.max($1[0], n) }
            for place in Set([0, n / 2, n - 1]) {
                for special in [Float.nan, .infinity, -.infinity, 5] {
                    var spoiled = x
                    spoiled[place] = special
                    expectTwins(set, [spoiled, [0]], "max \(n), \(special) at \(place)") {
                        $1[1][0] = $0.max($1[0], n)
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func finiteness(_ set: InstructionSet) {
        for n in lengths + [9000] {
            var samples = Samples(seed: UInt64(n) + 4)
            var x = samples.floats(n)
            if n > 2 { x[1] = .greatestFiniteMagnitude }
            let array = Fenced(x, offset: 1)  // a NaN follows
            #expect(set.kernels.all_finite(array.pointer, n) == 1, "\(n)")
            for place in Set([0, n / 2, n - 1]) where n > 0 {
                for wrong in [Float.nan, .infinity, -.infinity] {
                    array.pointer[place] = wrong
                    #expect(set.kernels.all_finite(array.pointer, n) == 0, "\(n), \(wrong) at \(place)")
                    array.pointer[place] = 0
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func columnSums(_ set: InstructionSet) {
        for rows in [0, 1, 2, 5, 40] {
            for columns in lengths {
                var samples = Samples(seed: UInt64(rows * 5000 + columns))
                let x = samples.floats(rows * columns)
                let y = samples.floats(columns)
                expectTwins(set, [x, y], within: 1, orAbsolute: 4e-5, "\(rows)x\(columns)") {
                    $0.column_sums($1[0], $1[1], rows, columns)
                }
            }
        }
    }
}
