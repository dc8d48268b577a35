import HornetTensor
import HornetTestSupport
import Testing

@Suite struct TapeTests {
    private let a = Parameter([1, 2, 3], role: "a")
    private let b = Parameter([4, 5, 6], role: "b")

    @Test func findsTheGradientsOfParameters() throws {
        let tape = Tape()
        tape.backward(from: (tape.value(of: a) * tape.value(of: b)).sum())
        #expect(try #require(tape.gradient(of: a)).dense == [4, 5, 6])
        #expect(try #require(tape.gradient(of: b)).dense == [1, 2, 3])
    }

    @Test func usesOfAParameterAddUp() throws {
        let tape = Tape()
        let (first, second) = (tape.value(of: a), tape.value(of: a))
        #expect(first.node == second.node)
        tape.backward(from: (first * second + first * 3).sum())
        #expect(try #require(tape.gradient(of: a)).dense == [5, 7, 9])
    }

    /// A diamond: a value with two users gets both shares before its own inputs are visited.
    @Test func sharedValuesAreVisitedOnce() throws {
        let tape = Tape()
        let x = tape.value(of: a)
        let square = x.squared()
        let result = square * 2 + square.sqrt() + x
        tape.backward(from: result.sum())
        #expect(try #require(tape.gradient(of: a)).dense == [6, 10, 14])
    }

    @Test func theLossMayBeALeaf() throws {
        let scalar = Parameter(Tensor(3), role: "scalar")
        let tape = Tape()
        tape.backward(from: tape.value(of: scalar))
        #expect(try #require(tape.gradient(of: scalar)).dense == Tensor(1))
        let one = Tape()
        let x = one.variable([[5]])
        one.backward(from: x)
        #expect(one.gradient(at: x) == [[1]])
    }

    @Test func whatTheLossDoesNotNeedHasNoGradient() throws {
        let tape = Tape()
        let unused = tape.variable([7, 8])
        _ = tape.value(of: b) * 2
        tape.backward(from: tape.value(of: a).sum())
        #expect(tape.gradient(of: b) == nil)
        #expect(tape.gradient(at: unused) == [0, 0])
        #expect(tape.gradient(of: Parameter([1], role: "never seen")) == nil)
        // Made after the loss, and so not on the way to it.
        let late = Parameter([1], role: "late")
        _ = tape.value(of: late)
        #expect(tape.gradient(of: late) == nil)
    }

    @Test func frozenParametersAreConstants() throws {
        a.isTrainable = false
        let tape = Tape()
        let x = tape.value(of: a)
        #expect(!x.isRecorded && x.tensor == a.value)
        tape.backward(from: (x * tape.value(of: b)).sum())
        #expect(tape.gradient(of: a) == nil)
        #expect(try #require(tape.gradient(of: b)).dense == [1, 2, 3])
    }

    @Test func detachedValuesPassNothing() throws {
        let tape = Tape()
        let x = tape.value(of: a)
        let cut = (x * 2).masked(by: [1, 0, 1]).detached
        #expect(!cut.isRecorded && cut.tensor == [2, 4, 6] && cut.mask == [1, 0, 1])
        tape.backward(from: (cut * x).sum())
        #expect(try #require(tape.gradient(of: a)).dense == [2, 4, 6])
    }

    @Test func constantsAreNotRecorded() {
        let result = Value([1, 2]) * Value([3, 4]) + 1
        #expect(!result.isRecorded && result.tensor == [4, 9])
    }

    @Test func theTapeServesAgainAfterAReset() throws {
        let tape = Tape()
        for step in 1...3 {
            tape.reset()
            tape.backward(from: (tape.value(of: a) * Float(step)).sum())
            #expect(try #require(tape.gradient(of: a)).dense == .full([3], Float(step)))
            #expect(tape.gradient(of: b) == nil)
        }
    }

    /// The tape keeps its parameters: another one at the same address would be taken for the first.
    @Test func parametersLiveAsLongAsTheTape() {
        let tape = Tape()
        var nodes: Set<Int> = []
        for i in 0..<100 { nodes.insert(tape.value(of: Parameter(Tensor(Float(i)), role: "temporary")).node) }
        #expect(nodes.count == 100)
    }

    @Test func aPullbackIsAskedOnlyForWhatIsWanted() {
        let tape = Tape()
        let x = tape.value(of: a)
        var wanted: [Bool] = []
        var evaluations = 0
        func gradient() -> Tensor {
            evaluations += 1
            return .ones([3])
        }
        let result = Value.recorded(x.tensor, from: [x, Value([1, 1, 1]), tape.value(of: b)]) { _, dx in
            wanted = [dx.wants(0), dx.wants(1), dx.wants(2)]
            for input in 0..<3 { dx.add(gradient(), to: input) }
        }
        tape.backward(from: result.sum())
        #expect(wanted == [true, false, true])
        #expect(evaluations == 2)
    }

    @Test func trapsOnMisuse() async {
        await #expect(processExitsWith: .failure) {  // inputs on different tapes
            _ = Tape().variable([1]) + Tape().variable([1])
        }
        await #expect(processExitsWith: .failure) {  // a loss of another tape
            Tape().backward(from: Tape().variable([1]))
        }
        await #expect(processExitsWith: .failure) {  // a loss that was not recorded
            Tape().backward(from: Value([1]))
        }
        await #expect(processExitsWith: .failure) {  // a loss with many elements
            let tape = Tape()
            tape.backward(from: tape.variable([1, 2]))
        }
        await #expect(processExitsWith: .failure) {  // a tape that is spent
            let tape = Tape()
            let loss = tape.variable([1, 2]).sum()
            tape.backward(from: loss)
            tape.backward(from: loss)
        }
        await #expect(processExitsWith: .failure) {  // a gradient before there is one
            let tape = Tape()
            let x = tape.variable([1])
            _ = tape.gradient(at: x)
        }
        await #expect(processExitsWith: .failure) {  // arithmetic on token ids
            _ = Value(Indices([1, 2])) + 1
        }
    }

    /// The exit tests above would also pass if everything failed.
    @Test func rightUseDoesNotTrap() async {
        await #expect(processExitsWith: .success) {
            let tape = Tape()
            let x = tape.variable([1, 2])
            tape.backward(from: (x * x).sum())
            _ = tape.gradient(at: x)
        }
    }
}
