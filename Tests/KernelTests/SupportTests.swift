import CHornetKernels
import Testing

/// The comparisons of this folder are able to fail.
struct SupportTests {
    @Test func ulpDistanceCountsFloats() {
        #expect(ulpDistance(1, Float(1).nextUp) == 1)
        #expect(ulpDistance(.leastNonzeroMagnitude, -.leastNonzeroMagnitude) == 2)
        #expect(ulpDistance(0, -0.0) == 0)
        #expect(ulpDistance(.nan, .nan) == 0)
        #expect(ulpDistance(.nan, 1) == .max)
        #expect(ulpDistance(.greatestFiniteMagnitude, .infinity) == 1)
    }

    @Test func ulpErrorMeasuresAgainstTheExactValue() {
        #expect(ulpError(1, exact: 1 + 0.75 * 0x1p-23) == 0.75)
        #expect(ulpError(1, exact: 1 + 2 * 0x1p-23) == 2)
        #expect(ulpError(0, exact: 3 * 0x1p-149) == 3)
        #expect(ulpError(.infinity, exact: 1) == .infinity)
        #expect(ulpError(1, exact: .nan) == .infinity)
        #expect(ulpError(.infinity, exact: .infinity) <= 0.5)
    }

    @Test func mismatchIsFound() {
        #expect(mismatch([1, 2], [1, 2], within: 0) == nil)
        #expect(mismatch([1], [1, 2], within: 9) != nil)
        #expect(mismatch([1, Float(2).nextUp], [1, 2], within: 0) != nil)
        #expect(mismatch([1, Float(2).nextUp], [1, 2], within: 1) == nil)
        #expect(mismatch([1, .nan], [1, 2], within: 1, orAbsolute: 100) != nil)
        #expect(mismatch([0.5], [0.25], within: 1, orAbsolute: 0.25) == nil)
        #expect(!sameBits([0], [-0.0]))
    }

    @Test func fencesFall() {
        for offset in [0, 3] {
            let array = Fenced<Float>([1, 2, 3], offset: offset)
            #expect(array.fencesStand)
            array.pointer[1] = 7
            #expect(array.fencesStand)
            array.pointer[3] = 0
            #expect(!array.fencesStand)
        }
        let before = Fenced<Float>([1, 2, 3])
        before.pointer[-1] = 0
        #expect(!before.fencesStand)
    }

    @Test func everySetIsFoundAndTheNaiveOneToo() {
        #expect(InstructionSet.available.count >= 2)
        #expect(InstructionSet.available.contains { $0.name == "public" })
        #expect(InstructionSet.naive.kernels.exp != nil)
    }
}
