import CHornetKernels

/// A function inside a recurrent cell: one of the kernels, or any formula.
package struct CellActivation: Sendable {
    /// The kernel; its derivative follows from its result.
    let kernel: FusedActivation?
    private let formula: @Sendable (Value) -> Value

    package init(kernel: FusedActivation?, formula: @escaping @Sendable (Value) -> Value) {
        self.kernel = kernel
        self.formula = formula
    }

    package static let sigmoid = CellActivation(kernel: .sigmoid) { $0.sigmoid() }
    package static let tanh = CellActivation(kernel: .tanh) { $0.tanh() }

    /// x ← f(x) for the n elements of a row. A formula has x copied to `input` first, where that is wanted for the way
    /// back.
    func apply(_ x: UnsafeMutablePointer<Float>, _ n: Int, keeping input: UnsafeMutablePointer<Float>? = nil) {
        switch kernel {
        case .linear: break
        case .relu: hornet_relu(x, x, n)
        case .sigmoid: hornet_sigmoid(x, x, n)
        case .tanh: hornet_tanh(x, x, n)
        case nil:
            input?.update(from: x, count: n)
            formula(Value(row(x, n))).tensor.read { x.update(from: $0, count: n) }
        }
    }

    /// dx = dy·f′, from the result y or, for a formula, from the kept `input`. `dx` may be `y` or `dy`.
    func backward(
        _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ n: Int,
        input: UnsafePointer<Float>?
    ) {
        switch kernel {
        case .linear: dx.update(from: dy, count: n)
        case .relu: hornet_relu_backward(y, dy, dx, n)
        case .sigmoid: hornet_sigmoid_backward(y, dy, dx, n)
        case .tanh: hornet_tanh_backward(y, dy, dx, n)
        case nil:
            let tape = Tape()
            let x = tape.variable(row(input!, n))
            let result = formula(x)
            guard result.isRecorded else { return dx.update(repeating: 0, count: n) }
            tape.backward(from: (result * Value(row(dy, n))).sum())
            tape.gradient(at: x).read { dx.update(from: $0, count: n) }
        }
    }

    private func row(_ x: UnsafePointer<Float>, _ n: Int) -> Tensor {
        Tensor(UnsafeBufferPointer(start: x, count: n), shape: [1, n])
    }
}
