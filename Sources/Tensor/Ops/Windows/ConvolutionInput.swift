import CHornetKernels
import HornetSupport

/// What a convolution reads: vectors, or tokens of which it is known what each gives to each tap of a window.
enum ConvolutionInput {
    /// `x [batch, time, inputs]` and the kernel.
    case vectors(Tensor, kernel: Tensor)
    /// `[tokens, size, filters]`, and which of the tokens each step is, `[batch, time]`.
    case projections(Tensor, tokens: Indices)

    /// Multiplies each token once, where enough of them stand in the batch several times.
    init(_ x: Tensor, _ kernel: Tensor, _ convolution: Convolution, _ tokens: DistinctTokens?) {
        // A step is then a sum of rows, which costs about a third of its products.
        guard let tokens, convolution.groups == 1, tokens.rows.count * 3 <= tokens.slots.count * 2 else {
            self = .vectors(x, kernel: kernel)
            return
        }
        let capacity = tokens.slots.count * 2 / 3
        self = .projections(
            convolution.projections(of: tokens.table.gathered(tokens.rows), kernel, capacity: capacity),
            tokens: tokens.slots)
    }

    var batch: Int {
        switch self {
        case .vectors(let x, _): x.shape[0]
        case .projections(_, let tokens): tokens.shape[0]
        }
    }

    /// The outputs of one document, `z [windows, filters]`, before bias and activation.
    func run(_ convolution: Convolution, _ document: Int, _ z: UnsafeMutablePointer<Float>) {
        let time = convolution.windows.time
        switch self {
        case .vectors(let x, let kernel):
            reading(x, kernel) { convolution.run($0 + document * time * convolution.inputs, $1, z) }
        case .projections(let projections, let tokens):
            reading(projections, tokens) { convolution.sum($0, $1 + document * time, z) }
        }
    }
}

extension Convolution {
    /// What each of the vectors `x [n, inputs]` gives to each tap: `[n, size, filters]`. Needs a single group.
    func projections(of x: Tensor, _ kernel: Tensor, capacity: Int? = nil) -> Tensor {
        let (count, size) = (x.shape[0], windows.size)
        let columns = size * filters
        // Room for as many as there may be, so that the buffer's size does not change from batch to batch.
        var projections = Tensor(uninitialized: [capacity ?? count, size, filters])
        let start = projections.write { $0 }
        reading(x, kernel) { x, kernel in
            Parallel.forEachRange(of: count, by: 64, if: count * columns * inputs > 1 << 17) { rows in
                for tap in 0..<size {
                    hornet_gemm(
                        x + rows.lowerBound * inputs, inputs, 1, kernel + tap * inputs * filters, filters,
                        start + rows.lowerBound * columns + tap * filters, columns, rows.count, filters, inputs, 0)
                }
            }
        }
        return projections
    }

    /// `z[w] = Σ over the real taps of projections[token of the step, tap]`
    func sum(_ projections: UnsafePointer<Float>, _ tokens: UnsafePointer<Int32>, _ z: UnsafeMutablePointer<Float>) {
        for window in 0..<windows.count {
            let to = z + window * filters
            let taps = windows.taps(of: window)
            func projection(_ tap: Int) -> UnsafePointer<Float> {
                projections + (Int(tokens[windows.step(of: window, tap: tap)]) * windows.size + tap) * filters
            }
            guard !taps.isEmpty else {
                to.update(repeating: 0, count: filters)
                continue
            }
            to.update(from: projection(taps.lowerBound), count: filters)
            for tap in taps.dropFirst() { hornet_add(to, projection(tap), to, filters) }
        }
    }
}

/// A convolution behind an embedding with the products of every token computed beforehand: for answers.
package struct TokenConvolution {
    private let table: Tensor
    private let bias: Tensor?
    private let activation: FusedActivation
    private let inputs: Int

    /// - Parameters:
    ///   - vectors: Those of all tokens, `[vocabulary, in]`.
    ///   - kernel: `[size, in, filters]`
    package init(vectors: Tensor, kernel: Tensor, bias: Tensor?, activation: FusedActivation) {
        (self.bias, self.activation, inputs) = (bias, activation, kernel.shape[1])
        // Of the windows only the size matters here.
        let windows = TimeWindows(time: kernel.shape[0], size: kernel.shape[0])!
        let convolution = Convolution(
            windows: windows, inputs: inputs, filters: kernel.shape[2], groups: 1)
        table = convolution.projections(of: vectors, kernel)
    }

    /// `[batch, windows, filters]`, or `[batch, filters]` with the maximum over the windows. The caller has checked that the
    /// tokens exist.
    package func callAsFunction(_ tokens: Indices, _ windows: TimeWindows, pools: Bool) -> Tensor {
        let convolution = Convolution(windows: windows, inputs: inputs, filters: table.shape[2], groups: 1)
        let input = ConvolutionInput.projections(table, tokens: tokens)
        return pools
            ? convolution.maxima(input, bias: bias, activation).maxima
            : convolution.outputs(input, bias: bias, activation)
    }
}
