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
        var y = matmul(kernel)
        let columns = kernel.shape[1]
        let rows = columns == 0 ? 0 : y.count / columns
        y.write { y in
            if let bias {
                bias.read { hornet_bias_activation(y, $0, rows, columns, activation.kernel) }
            } else if activation != .linear {
                hornet_bias_activation(y, nil, rows, columns, activation.kernel)
            }
        }
        return y
    }

    /// The sum over all axes but the last: the gradient of a bias.
    func columnSums() -> Tensor {
        let matrix = asMatrix
        var result = Tensor(uninitialized: [matrix.shape[1]])
        matrix.read { x in result.write { hornet_column_sums(x, $0, matrix.shape[0], matrix.shape[1]) } }
        return result
    }
}

extension Value {
    /// A dense layer as one node: `activation(self · kernel + bias)`.
    package func linear(kernel: Value, bias: Value?, activation: FusedActivation) -> Value {
        let (x, w) = (tensor, kernel.tensor)
        let y = x.linear(kernel: w, bias: bias?.tensor, activation: activation)
        return Value.recorded(y, from: [self, kernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let dz = activation.backward(y, dy)
            dx.add(dz.matmul(w, transposeRight: true), to: 0)
            dx.add(x.asMatrix.matmul(dz.asMatrix, transposeLeft: true), to: 1)
            if bias != nil { dx.add(dz.columnSums(), to: 2) }
        }
    }
}
