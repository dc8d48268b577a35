import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct MatMulTests {
    /// Sums of up to 65 products, in another order than NumPy's: 1e-6 relative and 4e-6 absolute,
    /// the roundings of sums that pass through values around 10.
    @Test func followsNumPyWithAllTransposes() throws {
        for testCase in try cases("products") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let left = try testCase.member("left").bool()
            let right = try testCase.member("right").bool()
            let y = try testCase.member("y").tensor()
            leaveNaNsInThePool(y.count)
            let product = a.matmul(b, transposeLeft: left, transposeRight: right)
            expectClose(product, y, absolute: 4e-6, "\(a.shape)\(left ? "ᵀ" : "") · \(b.shape)\(right ? "ᵀ" : "")")
            if !left && !right { #expect(Value(a).matmul(Value(b)).tensor == product) }
        }
    }

    /// The next result of this size lies in memory full of NaN: whatever the product does not write shows.
    private func leaveNaNsInThePool(_ count: Int) { _ = Tensor.full([count], .nan) + 1 }

    @Test(arguments: [[1, 1], [1, 5], [4, 3], [0, 3], [17, 2], [2, 3, 4], [0, 3, 2], [2, 1, 5]])
    func gradients(shape: [Int]) throws {
        for columns in [1, 4] {
            let kernel = Tensor.random([shape.last!, columns], seed: 2)
            try checkGradient(of: [Tensor.random(shape), kernel], "\(shape) · \(kernel.shape)") { $0[0].matmul($0[1]) }
        }
    }

    @Test func gradientsOfASquareWithItself() throws {
        try checkGradient(of: [Tensor.random([3, 3])]) { $0[0].matmul($0[0]) }
    }

    @Test func trapsOnSizesThatDoNotFit() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).matmul(.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).matmul(.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = Tensor(1).matmul(.ones([1, 1])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3, 2, 3]).matmul(.ones([2, 3, 2])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 2, 3]).matmul(.ones([3, 2]), transposeLeft: true) }
    }
}

/// The dense layer as one node.
@Suite struct LinearTests {
    private static let activations: [(String, FusedActivation)] = [
        ("linear", .linear), ("relu", .relu), ("sigmoid", .sigmoid), ("tanh", .tanh),
    ]

    @Test func followsNumPy() throws {
        for testCase in try cases("linear") {
            let name = try testCase.member("activation").string()
            let activation = try #require(Self.activations.first { $0.0 == name }).1
            let x = try testCase.member("x").tensor()
            let kernel = try testCase.member("kernel").tensor()
            let bias = try testCase.member("bias").tensor()
            expectClose(
                x.linear(kernel: kernel, bias: bias, activation: activation), try testCase.member("y").tensor(),
                absolute: 2e-6, "\(name) of \(x.shape)")
            expectClose(
                x.linear(kernel: kernel, bias: nil, activation: activation), try testCase.member("unbiased").tensor(),
                absolute: 2e-6, "\(name) of \(x.shape) without bias")
        }
    }

    @Test(arguments: [[1, 1], [4, 3], [0, 3], [5, 17], [2, 3, 4]])
    func gradients(shape: [Int]) throws {
        let (inputs, units) = (shape.last!, 5)
        let kernel = Tensor.random([inputs, units], seed: 2, scale: 0.5)
        let bias = Tensor.random([units], seed: 3)
        for (name, activation) in Self.activations where name != "relu" {
            try checkGradient(of: [Tensor.random(shape), kernel, bias], "\(name) of \(shape)") {
                $0[0].linear(kernel: $0[1], bias: $0[2], activation: activation)
            }
            try checkGradient(of: [Tensor.random(shape), kernel], "\(name) of \(shape) without bias") {
                $0[0].linear(kernel: $0[1], bias: nil, activation: activation)
            }
        }
    }

    /// Outputs well away from 0 on both sides of the kink.
    @Test func gradientsOfRelu() throws {
        let x = Tensor.random([6, 3], in: 0.5..<1)
        let kernel: Tensor = [[1, -1, 2, -2], [1, -1, 1, -1], [2, -1, 1, -2]]
        let bias: Tensor = [0.5, -0.5, 0.25, -0.25]
        try checkGradient(of: [x, kernel, bias]) { $0[0].linear(kernel: $0[1], bias: $0[2], activation: .relu) }
    }

    /// One node gives what the operations it stands for give.
    @Test func equalsItsParts() {
        let (x, kernel, bias) = (Tensor.random([7, 5]), Tensor.random([5, 9], seed: 2), Tensor.random([9], seed: 3))
        let parts: [(FusedActivation, (Value) -> Value)] = [
            (.linear, { $0 }), (.relu, { $0.relu() }), (.sigmoid, { $0.sigmoid() }), (.tanh, { $0.tanh() }),
        ]
        for (activation, function) in parts {
            var results: [[Tensor]] = []
            for isFused in [true, false] {
                let tape = Tape()
                let inputs = [x, kernel, bias].map { tape.variable($0) }
                let y =
                    isFused
                    ? inputs[0].linear(kernel: inputs[1], bias: inputs[2], activation: activation)
                    : function(inputs[0].matmul(inputs[1]) + inputs[2])
                tape.backward(from: (y * Value(.random([7, 9], seed: 4))).sum())
                results.append([y.tensor] + inputs.map { tape.gradient(at: $0) })
            }
            for (fused, plain) in zip(results[0], results[1]) { expectClose(fused, plain, absolute: 1e-6) }
        }
    }
}
