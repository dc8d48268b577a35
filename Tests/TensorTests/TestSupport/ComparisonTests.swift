import HornetTensor
import HornetTestSupport
import Testing

/// The checks that all other tests lean on: they pass what is right and, above all, fail what is wrong.
@Suite struct ComparisonTests {
    private let expected: Tensor = [[1, 2, 3], [4, 5, 6]]

    @Test func passesWhatIsEqualOrNear() {
        #expect(mismatch(expected, expected) == nil)
        #expect(mismatch(expected * 1.0000005, expected) == nil)
        #expect(mismatch(Tensor.zeros([0, 3]), Tensor.ones([0, 3])) == nil)
        #expect(mismatch([0], [1e-8]) == nil)
    }

    @Test func showsTheWorstElement() throws {
        var actual = expected
        actual[0, 1] = 2.1
        actual[1, 2] = 7
        let problem = try #require(mismatch(actual, expected))
        #expect(problem.contains("2 of 6 elements are off"))
        #expect(problem.contains("worst at [1, 2]: got 7.0, expected 6.0"))
    }

    @Test func failsAnotherShape() throws {
        let problem = try #require(mismatch(expected.reshaped([3, 2]), expected))
        #expect(problem.contains("[3, 2], expected [2, 3]"))
        #expect(mismatch(Tensor.zeros([0, 3]), Tensor.zeros([0, 2])) != nil)
        #expect(mismatch(Tensor(1), [1]) != nil)
    }

    @Test func keepsTheTolerances() {
        #expect(mismatch([1.00001], [1], relative: 1e-6, absolute: 0) != nil)
        #expect(mismatch([1.00001], [1], relative: 1e-4, absolute: 0) == nil)
        #expect(mismatch([1e-3], [0], relative: 1, absolute: 1e-4) != nil)
        #expect(mismatch([1e-5], [0], relative: 0, absolute: 1e-4) == nil)
    }

    @Test func takesNaNAndInfinityStrictly() {
        let (nan, infinity) = (Float.nan, Float.infinity)
        let special: [Float] = [nan, infinity, -infinity]
        #expect(mismatch(Tensor(special), Tensor(special)) == nil)
        for (wrong, right) in [(nan, 1), (1, nan), (infinity, 1), (1, infinity), (infinity, -infinity), (nan, infinity)] {
            #expect(mismatch(Tensor(wrong), Tensor(right), relative: 1e30, absolute: 1e30) != nil, "\(wrong) against \(right)")
        }
    }

    @Test func recordsAnIssue() {
        withKnownIssue("a wrong value must fail the test") { expectClose(expected + 1, expected) }
        withKnownIssue("a wrong number must fail the test") { expectClose(Float(1), Float(2)) }
    }
}
