import HornetTensor
import HornetTestSupport
import Testing

/// Wrong pullbacks must fail the gradient check.
@Suite struct GradientCheckTests {
    private let x = Tensor.random([3, 4])
    private let check = GradientCheck()

    /// x² with a pullback of the test's choice.
    private func square(_ x: Value, pullback: @escaping (_ dy: Tensor, _ x: Tensor) -> Tensor) -> Value {
        let tensor = x.tensor
        return Value.recorded(tensor * tensor, from: [x]) { dy, dx in dx.add(pullback(dy, tensor), to: 0) }
    }

    @Test func passesARightPullback() throws {
        #expect(try check.mismatch(of: [x]) { square($0[0]) { dy, x in dy * x * 2 } } == nil)
    }

    @Test func failsWrongPullbacks() throws {
        let wrong: [(String, (Tensor, Tensor) -> Tensor)] = [
            ("no factor", { dy, x in dy * x }),
            ("wrong sign", { dy, x in dy * x * -2 }),
            ("off by a thousandth", { dy, x in dy * x * 2.002 + 0.001 }),
            ("ignores what comes in", { _, x in x * 2 }),
            ("zero", { dy, x in Tensor.zeros(x.shape) }),
            ("NaN", { dy, x in dy * Float.nan }),
            ("wrong shape", { dy, x in Tensor((dy * x * 2).scalars) }),
        ]
        for (label, pullback) in wrong {
            #expect(try check.mismatch(of: [x]) { square($0[0], pullback: pullback) } != nil, "\(label)")
        }
    }

    @Test func failsOneWrongElement() throws {
        let problem = try check.mismatch(of: [x]) { values in
            square(values[0]) { dy, x in
                var gradient = dy * x * 2
                gradient[2, 1] += 0.01
                return gradient
            }
        }
        #expect(try #require(problem).contains("input 0 at [2, 1]"))
    }

    @Test func failsAWrongSecondInput() throws {
        let y = Tensor.random([3, 4], seed: 2)
        let problem = try check.mismatch(of: [x, y]) { values in
            let (x, y) = (values[0].tensor, values[1].tensor)
            return Value.recorded(x * y, from: values) { dy, dx in
                dx.add(dy * y, to: 0)
                dx.add(dy * y, to: 1)
            }
        }
        #expect(try #require(problem).contains("input 1"))
    }

    @Test func failsAGradientThatIsMissing() throws {
        #expect(try check.mismatch(of: [x]) { $0[0].detached * 2 } == "nothing was recorded")
        let second = try check.mismatch(of: [x, x]) { $0[0] * $0[1].detached }
        #expect(try #require(second).contains("input 1 has no gradient"))
    }

    @Test func failsAKink() throws {
        // The slope of |x| at 0.01 is 1, of the chord over ±1/32 it is 0.32.
        #expect(try check.mismatch(of: [Tensor([0.01])]) { $0[0].abs() } != nil)
    }

    @Test func looksAtARandomChoiceOfLargeInputs() throws {
        var calls = 0
        var small = check
        small.elementLimit = 5
        let large = Tensor.random([100])
        let problem = try small.mismatch(of: [large]) { values in
            calls += 1
            return values[0] * 2
        }
        #expect(problem == nil)
        #expect(calls == 1 + 5 * 4)
    }

    @Test func takesEmptyInputs() throws {
        #expect(try check.mismatch(of: [Tensor.zeros([0, 3])]) { $0[0] * 2 } == nil)
    }

    @Test func leavesParametersAsTheyWere() throws {
        let parameter = Parameter(x, role: "kernel")
        let problem = try check.mismatch(of: [parameter]) { tape in
            let value = tape?.value(of: parameter) ?? Value(parameter.value)
            return value.squared()
        }
        #expect(problem == nil)
        #expect(parameter.value == x)
    }

    @Test func recordsAnIssue() {
        withKnownIssue("a wrong pullback must fail the test") {
            try checkGradient(of: [x]) { square($0[0]) { dy, x in dy * x } }
        }
    }
}
