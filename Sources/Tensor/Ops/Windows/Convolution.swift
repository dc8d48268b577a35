import CHornetKernels
import HornetSupport

/// A convolution along time, on pointers: `y[w] = Σ over taps x[step of the tap] · kernel[tap]`.
///
/// No window is copied: a tap is one product over all windows that have it on a real step, with rows `stride` steps
/// apart. Where there is neither dilation nor padding, the steps under a window lie together in memory, and all taps are
/// one product. Every element is a sum in the order of taps and channels, however the work is cut.
struct Convolution {
    let windows: TimeWindows
    /// Channels of the input, `[time, inputs]`, and of the output, `[windows, filters]`.
    let inputs, filters: Int
    /// Both are cut into as many groups, each of which sees its own inputs alone.
    let groups: Int

    private var groupInputs: Int { inputs / groups }
    private var groupFilters: Int { filters / groups }
    /// Rows of the kernel, `[size·inputs/groups, filters]`.
    var kernelRows: Int { windows.size * groupInputs }
    /// Multiplications for one document.
    var work: Int { windows.count * kernelRows * filters }

    private var joinsTaps: Bool { windows.dilation == 1 && groups == 1 && windows.seeNoPadding }
    /// How many products there are, and how many rows of the kernel each takes.
    private var products: Int { joinsTaps ? 1 : windows.size }
    private var depth: Int { joinsTaps ? kernelRows : groupInputs }

    private func windows(of product: Int) -> Range<Int> {
        joinsTaps ? 0..<windows.count : windows.windows(seeingAt: product)
    }

    /// `y [windows, filters]` of the document `x`.
    func run(_ x: UnsafePointer<Float>, _ kernel: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
        y.update(repeating: 0, count: windows.count * filters)
        for product in 0..<products {
            let rows = windows(of: product)
            guard !rows.isEmpty else { continue }
            let step = windows.step(of: rows.lowerBound, tap: product)
            for group in 0..<groups {
                let columns = group * groupFilters
                hornet_gemm(
                    x + step * inputs + group * groupInputs, windows.stride * inputs, 1,
                    kernel + product * depth * filters + columns, filters, y + rows.lowerBound * filters + columns, filters,
                    rows.count, groupFilters, depth, 1)
            }
        }
    }

    /// Adds to the rows `range` of the kernel's gradient what one document gives them: `dkernel[tap] += xᵀ · dz`.
    func addKernelGradient(
        _ x: UnsafePointer<Float>, _ dz: UnsafePointer<Float>, _ dKernel: UnsafeMutablePointer<Float>,
        kernelRows range: Range<Int>
    ) {
        for product in 0..<products {
            let own = (product * depth..<(product + 1) * depth).clamped(to: range)
            let rows = windows(of: product)
            guard !own.isEmpty, !rows.isEmpty else { continue }
            let step = windows.step(of: rows.lowerBound, tap: product)
            for group in 0..<groups {
                let columns = group * groupFilters
                hornet_gemm(
                    x + step * inputs + group * groupInputs + own.lowerBound - product * depth, 1, windows.stride * inputs,
                    dz + rows.lowerBound * filters + columns, filters, dKernel + own.lowerBound * filters + columns,
                    filters, own.count, groupFilters, rows.count, 1)
            }
        }
    }

    /// The gradient of one document, `dx [time, inputs]`, from the kernel with each tap transposed,
    /// `[size, filters, inputs/groups]`. Neighbouring windows share steps, so each tap is a product of its own.
    func inputGradient(
        _ dz: UnsafePointer<Float>, _ transposed: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>
    ) {
        dx.update(repeating: 0, count: windows.time * inputs)
        for tap in 0..<windows.size {
            let rows = windows.windows(seeingAt: tap)
            guard !rows.isEmpty else { continue }
            let step = windows.step(of: rows.lowerBound, tap: tap)
            for group in 0..<groups {
                let columns = group * groupFilters
                hornet_gemm(
                    dz + rows.lowerBound * filters + columns, filters, 1,
                    transposed + (tap * filters + columns) * groupInputs, groupInputs,
                    dx + step * inputs + group * groupInputs, windows.stride * inputs, rows.count, groupInputs, groupFilters,
                    1)
            }
        }
    }

    /// The kernel with each tap transposed.
    func transposed(_ kernel: Tensor) -> Tensor {
        Tensor([windows.size, filters, groupInputs]) { y in
            kernel.read { kernel in
                for tap in 0..<windows.size {
                    let start = tap * groupInputs * filters
                    hornet_transpose(kernel + start, filters, y + start, groupInputs, groupInputs, filters)
                }
            }
        }
    }
}

extension Value {
    /// A layer of convolution along time as one node: `activation(self ∗ kernel + bias)`,
    /// `[batch, time, in] ∗ [size, in/groups, filters] → [batch, windows, filters]`.
    ///
    /// - Parameter tokens: What `self` was looked up from, if it was: then each token is multiplied once.
    package func convolved(
        kernel: Value, bias: Value?, windows: TimeWindows, groups: Int = 1, activation: FusedActivation,
        tokens: DistinctTokens? = nil
    ) -> Value {
        let (x, w) = (tensor, kernel.tensor)
        let convolution = Convolution(x, w, windows, groups: groups)
        let (batch, filters) = (x.shape[0], convolution.filters)
        let y = convolution.outputs(ConvolutionInput(x, w, convolution, tokens), bias: bias?.tensor, activation)
        guard isRecorded || kernel.isRecorded || bias?.isRecorded == true else { return Value(y) }
        return Value.recorded(y, from: [self, kernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let dz = activation.backward(y, dy)
            dx.add(
                Tensor(x.shape) { gradient in
                    reading(dz, convolution.transposed(w)) { dz, transposed in
                        let (outputSize, inputSize) = (windows.count * filters, windows.time * convolution.inputs)
                        Parallel.forEachRange(of: batch, by: 1, if: convolution.isWorthThreads(batch)) { documents in
                            let b = documents.lowerBound
                            convolution.inputGradient(dz + b * outputSize, transposed, gradient + b * inputSize)
                        }
                    }
                }, to: 0)
            dx.add(x.kernelGradient(dz, w.shape, convolution), to: 1)
            if bias != nil { dx.add(dz.columnSums(), to: 2) }
        }
    }
}

extension Convolution {
    /// Traps unless input and kernel fit.
    init(_ x: Tensor, _ kernel: Tensor, _ windows: TimeWindows, groups: Int) {
        require(
            x.rank == 3 && kernel.rank == 3 && x.shape[1] == windows.time && kernel.shape[0] == windows.size
                && x.shape[2] == kernel.shape[1] * groups && kernel.shape[2] % groups == 0,
            "convolved", "\(x.shape) can't be convolved with \(kernel.shape) in \(groups) groups")
        self.init(windows: windows, inputs: x.shape[2], filters: kernel.shape[2], groups: groups)
    }

    /// Above some 2 microseconds of work.
    func isWorthThreads(_ batch: Int) -> Bool { batch * work > 1 << 17 }
}

extension Convolution {
    /// `activation(… + bias)`, `[batch, windows, filters]`.
    func outputs(_ input: ConvolutionInput, bias: Tensor?, _ activation: FusedActivation) -> Tensor {
        Tensor([input.batch, windows.count, filters]) { y in
            Parallel.forEachRange(of: input.batch, by: 1, if: isWorthThreads(input.batch)) { documents in
                let z = y + documents.lowerBound * windows.count * filters
                input.run(self, documents.lowerBound, z)
                activation.apply(bias, z, rows: windows.count, columns: filters)
            }
        }
    }
}

extension Tensor {
    /// `dkernel = xᵀ · dz` over all documents in their order; a thread has rows of the kernel of its own.
    fileprivate func kernelGradient(_ dz: Tensor, _ kernelShape: [Int], _ convolution: Convolution) -> Tensor {
        let (windows, filters) = (convolution.windows, convolution.filters)
        let (batch, inputSize) = (shape[0], windows.time * convolution.inputs)
        // Whole tiles of the product.
        let (tile, threads) = (8, Parallel.threadCount)
        let size = ((convolution.kernelRows + threads - 1) / threads + tile - 1) / tile * tile
        return Tensor(kernelShape) { gradient in
            reading(self, dz) { x, dz in
                Parallel.forEachRange(of: convolution.kernelRows, by: size, if: convolution.isWorthThreads(batch)) { rows in
                    (gradient + rows.lowerBound * filters).update(repeating: 0, count: rows.count * filters)
                    for b in 0..<batch {
                        convolution.addKernelGradient(
                            x + b * inputSize, dz + b * windows.count * filters, gradient, kernelRows: rows)
                    }
                }
            }
        }
    }
}
