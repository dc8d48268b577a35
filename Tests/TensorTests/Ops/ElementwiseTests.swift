import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ElementwiseTests {
    private struct Operation: Sendable {
        let onTensor: @Sendable (Tensor) -> Tensor
        let onValue: (@Sendable (Value) -> Value)?
    }

    private static let operations: [String: Operation] = [
        "exp": Operation(onTensor: { $0.exp() }, onValue: { $0.exp() }),
        "log": Operation(onTensor: { $0.log() }, onValue: { $0.log() }),
        "sqrt": Operation(onTensor: { $0.sqrt() }, onValue: { $0.sqrt() }),
        "tanh": Operation(onTensor: { $0.tanh() }, onValue: { $0.tanh() }),
        "sigmoid": Operation(onTensor: { $0.sigmoid() }, onValue: { $0.sigmoid() }),
        "softplus": Operation(onTensor: { $0.softplus() }, onValue: { $0.softplus() }),
        "relu": Operation(onTensor: { $0.relu() }, onValue: { $0.relu() }),
        "squared": Operation(onTensor: { $0.squared() }, onValue: { $0.squared() }),
        "abs": Operation(onTensor: { $0.abs() }, onValue: { $0.abs() }),
        "negated": Operation(onTensor: { -$0 }, onValue: { -$0 }),
        "clipped": Operation(onTensor: { $0.clipped(-0.5, 0.75) }, onValue: { $0.clipped(-0.5, 0.75) }),
        "thresholded": Operation(onTensor: { $0.thresholded(above: 0.25) }, onValue: nil),
    ]

    /// 1e-6 relative, over random input and over zeros, infinities, NaN and the ends of the range. Results that are
    /// denormal may be zero.
    @Test func followsNumPy() throws {
        var seen: Set<String> = []
        for testCase in try cases("unary") {
            let name = try testCase.member("op").string()
            let operation = try #require(Self.operations[name])
            let (x, y) = (try testCase.member("x").tensor(), try testCase.member("y").tensor())
            expectClose(operation.onTensor(x), y, absolute: 1.2e-38, "\(name) of \(x.shape)")
            if let onValue = operation.onValue {
                expectClose(onValue(Value(x)).tensor, y, absolute: 1.2e-38, "\(name) of a value \(x.shape)")
            }
            seen.insert(name)
        }
        #expect(seen == Set(Self.operations.keys))
    }

    @Test(arguments: [[], [0], [1], [7], [2, 3], [0, 4], [33]])
    func gradients(shape: [Int]) throws {
        // Away from the kinks of relu and abs at 0 and of clipped at −0.5 and 0.75, and from where log and sqrt end.
        let any = Tensor.spread(shape, seed: 3)
        let positive = Tensor.random(shape, in: 0.5..<2)
        for (name, operation) in Self.operations {
            guard let onValue = operation.onValue else { continue }
            let x = name == "log" || name == "sqrt" ? positive : any
            try checkGradient(of: [x], "\(name) of \(shape)") { onValue($0[0]) }
        }
    }

    /// Where a function has no slope, the gradient is TensorFlow's.
    @Test func gradientsAtKinks() {
        func slopes(_ x: [Float], _ function: (Value) -> Value) -> [Float] {
            let tape = Tape()
            let variable = tape.variable(Tensor(x))
            tape.backward(from: function(variable).sum())
            return tape.gradient(at: variable).scalars
        }
        #expect(slopes([0, -0.0]) { $0.relu() } == [0, 0])
        #expect(slopes([0, -0.0]) { $0.abs() } == [0, 0])
        #expect(slopes([-2, -1, 0, 1, 2]) { $0.clipped(-1, 1) } == [0, 1, 1, 1, 0])
        #expect(slopes([1000, -1000]) { $0.sigmoid() } == [0, 0])
        #expect(slopes([1000, -1000]) { $0.softplus() } == [1, 0])
        #expect(slopes([1000, -1000]) { $0.tanh() } == [0, 0])
    }

    @Test func tellsFiniteFromNot() {
        #expect(Tensor.random([33]).isFinite)
        #expect(Tensor.zeros([0]).isFinite)
        for bad in [Float.nan, .infinity, -.infinity] {
            for place in [0, 15, 16, 32] {
                var x = Tensor.zeros([33])
                x[place] = bad
                #expect(!x.isFinite, "\(bad) at \(place)")
            }
        }
    }
}
