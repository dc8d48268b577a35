import CHornetKernels
import HornetSupport

/// An activation that is computed in the same pass as the product it follows.
package enum FusedActivation: Sendable {
    case linear, relu, sigmoid, tanh

    fileprivate var kernel: hornet_activation {
        switch self {
        case .linear: HORNET_LINEAR
        case .relu: HORNET_RELU
        case .sigmoid: HORNET_SIGMOID
        case .tanh: HORNET_TANH
        }
    }

    /// The gradient before the activation, from its result `y` and the gradient after it.
    fileprivate func backward(_ y: Tensor, _ dy: Tensor) -> Tensor {
        switch self {
        case .linear: dy
        case .relu: y.mapped(with: dy, hornet_relu_backward)
        case .sigmoid: y.mapped(with: dy, hornet_sigmoid_backward)
        case .tanh: y.mapped(with: dy, hornet_tanh_backward)
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
            if let bias {
                bias.read { hornet_bias_activation(y, $0, rows, columns, activation.kernel) }
            } else if activation != .linear {
                hornet_bias_activation(y, nil, rows, columns, activation.kernel)
            }
        }
    }

    /// `self · kernelᵀ`: the gradient of a linear layer's input, from that of its output.
    func linearInputGradient(kernel: Tensor) -> Tensor {
        let (inputs, columns) = (kernel.shape[0], kernel.shape[1])
        let product = Product(m: shape.dropLast().reduce(1, *), n: inputs, k: columns)
        let transposed = Tensor([columns, inputs]) { y in
            kernel.read { hornet_transpose($0, columns, y, inputs, inputs, columns) }
        }
        return Tensor(shape.dropLast() + [inputs]) { y in reading(self, transposed) { product.run($0, $1, y) } }
    }

    /// `selfᵀ · dz`, both seen as matrices: the gradient of a linear layer's kernel.
    func linearKernelGradient(_ dz: Tensor) -> Tensor {
        let (inputs, columns) = (shape.last!, dz.shape.last!)
        let product = Product(m: inputs, n: columns, k: shape.dropLast().reduce(1, *), transposesLeft: true)
        return Tensor([inputs, columns]) { y in reading(self, dz) { product.run($0, $1, y) } }
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
        return Value.recorded(y, from: [self, kernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let dz = activation.backward(y, dy)
            dx.add(dz.linearInputGradient(kernel: w), to: 0)
            dx.add(x.linearKernelGradient(dz), to: 1)
            if bias != nil { dx.add(dz.columnSums(), to: 2) }
        }
    }
}
