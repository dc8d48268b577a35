import CHornetKernels
import HornetSupport

/// An activation that is computed in the same pass as the product it follows.
package enum FusedActivation: Sendable {
    case linear, relu, sigmoid, tanh

    private var kernel: hornet_activation {
        switch self {
        case .linear: HORNET_LINEAR
        case .relu: HORNET_RELU
        case .sigmoid: HORNET_SIGMOID
        case .tanh: HORNET_TANH
        }
    }

    /// The gradient before the activation, from its result `y` and the gradient after it.
    func backward(_ y: Tensor, _ dy: Tensor) -> Tensor {
        switch self {
        case .linear: dy
        case .relu: y.mapped(with: dy, hornet_relu_backward)
        case .sigmoid: y.mapped(with: dy, hornet_sigmoid_backward)
        case .tanh: y.mapped(with: dy, hornet_tanh_backward)
        }
    }

    /// Adds the bias to the rows of `z [rows, columns]` and applies the activation, in place.
    func apply(_ bias: Tensor?, _ z: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
        if let bias {
            bias.read { hornet_bias_activation(z, $0, rows, columns, kernel) }
        } else if self != .linear {
            hornet_bias_activation(z, nil, rows, columns, kernel)
        }
    }
}

extension Tensor {
    /// `activation(self · kernel + bias)`; `[…, in] · [in, out] → […, out]`.
    package func linear(kernel: Tensor, bias: Tensor?, activation: FusedActivation) -> Tensor {
        require(
            rank >= 2 && kernel.rank == 2 && shape.last == kernel.shape[0], "linear",
            "\(shape) · \(kernel.shape) is no matrix product")
        let (inputs, columns) = (kernel.shape[0], kernel.shape[1])
        let rows = shape.dropLast().reduce(1, *)
        let product = Product(m: rows, n: columns, k: inputs)
        return Tensor(shape.dropLast() + [columns]) { y in
            reading(self, kernel) { product.run($0, $1, y) }
            activation.apply(bias, y, rows: rows, columns: columns)
        }
    }

    /// The sum over all axes but the last: the gradient of a bias.
    func columnSums() -> Tensor {
        let matrix = asMatrix
        return Tensor([matrix.shape[1]]) { y in
            matrix.read { hornet_column_sums($0, y, matrix.shape[0], matrix.shape[1]) }
        }
    }
}

extension Value {
    /// A dense layer as one node: `activation(self · kernel + bias)`.
    package func linear(kernel: Value, bias: Value?, activation: FusedActivation) -> Value {
        let (x, w) = (tensor, kernel.tensor)
        let y = x.linear(kernel: w, bias: bias?.tensor, activation: activation)
        guard isRecorded || kernel.isRecorded || bias?.isRecorded == true else { return Value(y) }
        return Value.recorded(y, from: [self, kernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let dz = activation.backward(y, dy)
            let gradients = LinearGradients(x: x, kernel: w, dz: dz, wantsInput: dx.wants(0), wantsKernel: dx.wants(1))
            if let input = gradients.input { dx.add(input, to: 0) }
            if let kernel = gradients.kernel { dx.add(kernel, to: 1) }
            if bias != nil { dx.add(dz.columnSums(), to: 2) }
        }
    }
}

/// `dx = dz · kernelᵀ` and `dkernel = xᵀ · dz`, from the gradient dz after the product.
///
/// Both are cut by inputs: a thread needs only its rows of the kernel, which it also updates.
private struct LinearGradients {
    private(set) var input: Tensor?
    private(set) var kernel: Tensor?

    init(x: Tensor, kernel: Tensor, dz: Tensor, wantsInput: Bool, wantsKernel: Bool) {
        let (inputs, outputs) = (kernel.shape[0], kernel.shape[1])
        let rows = x.shape.dropLast().reduce(1, *)
        // Cut like rows of the kernel's gradient.
        let product = Product(m: inputs, n: outputs, k: rows, transposesLeft: true)
        guard product.fitsCaches else {
            if wantsInput { input = dz.matmul(kernel, transposeRight: true) }
            if wantsKernel { self.kernel = x.asMatrix.matmul(dz.asMatrix, transposeLeft: true) }
            return
        }
        var dx = wantsInput ? Tensor(uninitialized: x.shape) : nil
        var dKernel = wantsKernel ? Tensor(uninitialized: kernel.shape) : nil
        var transposed = Tensor(uninitialized: [wantsInput ? kernel.count : 0])
        let dxStart = dx?.write { $0 }
        let dKernelStart = dKernel?.write { $0 }
        transposed.write { transposed in
            reading(x, kernel, dz) { x, kernel, dz in
                product.forEachRange { range in
                    if let dKernelStart { product.run(x, dz, dKernelStart, rows: range) }
                    guard let dxStart else { return }
                    let own = transposed + range.lowerBound * outputs
                    hornet_transpose(
                        kernel + range.lowerBound * outputs, outputs, own, range.count, range.count, outputs)
                    hornet_gemm(
                        dz, outputs, 1, own, range.count, dxStart + range.lowerBound, inputs, rows, range.count, outputs, 0)
                }
            }
        }
        (input, self.kernel) = (dx, dKernel)
    }
}
