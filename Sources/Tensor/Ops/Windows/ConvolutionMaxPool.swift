import CHornetKernels
import HornetSupport

extension Value {
    /// A convolution and the maximum over its windows as one node, `[batch, time, in] → [batch, filters]`: what
    /// ``convolved(kernel:bias:windows:groups:activation:tokens:)`` and ``maxPooledOverTime()`` give one after the other.
    ///
    /// The activations never fall, so the maximum is taken before them. A filter's gradient goes to the one window that
    /// won: the way back costs a window for each filter and document instead of all windows. Needs neither dilation nor
    /// groups.
    package func convolvedMaxPool(
        kernel: Value, bias: Value?, windows: TimeWindows, activation: FusedActivation, tokens: DistinctTokens? = nil
    ) -> Value {
        let (x, w) = (tensor, kernel.tensor)
        let convolution = Convolution(x, w, windows, groups: 1)
        require(windows.dilation == 1, "convolvedMaxPool", "the taps of a window must be neighbours")
        let (y, winner) = convolution.maxima(
            ConvolutionInput(x, w, convolution, tokens), bias: bias?.tensor, activation)
        guard isRecorded || kernel.isRecorded || bias?.isRecorded == true else { return Value(y) }
        return Value.recorded(y, from: [self, kernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let way = WinningWindows(convolution: convolution, winner: winner, dz: activation.backward(y, dy))
            dx.add(way.inputGradient(w), to: 0)
            dx.add(way.kernelGradient(x), to: 1)
            if bias != nil { dx.add(way.dz.columnSums(), to: 2) }
        }
    }
}

extension Convolution {
    /// The maxima over the windows, `[batch, filters]`, and which window reached each first.
    func maxima(
        _ input: ConvolutionInput, bias: Tensor?, _ activation: FusedActivation
    ) -> (maxima: Tensor, winner: Indices) {
        let batch = input.batch
        var y = Tensor(uninitialized: [batch, filters])
        var winner = Indices(uninitialized: [batch, filters])
        // Each thread writes its documents' windows to the same place, which stays in its cache.
        let share = (batch + Parallel.threadCount - 1) / Parallel.threadCount
        let size = Swift.max(isWorthThreads(batch) ? share : batch, 1)
        var scratch = Tensor(uninitialized: [(batch + size - 1) / size, windows.count, filters])
        let (maxima, winners, outputs) = (y.write { $0 }, winner.write { $0 }, scratch.write { $0 })
        Parallel.forEachRange(of: batch, by: size) { documents in
            let z = outputs + documents.lowerBound / size * windows.count * filters
            for b in documents {
                input.run(self, b, z)
                hornet_max_pool(z, maxima + b * filters, winners + b * filters, 1, windows.count, filters)
            }
        }
        withExtendedLifetime(scratch) {}
        y.write { activation.apply(bias, $0, rows: batch, columns: filters) }
        return (y, winner)
    }
}

/// The way back from the maxima: `dz [batch, filters]` belongs to the windows `winner`.
private struct WinningWindows {
    let convolution: Convolution
    let winner: Indices
    let dz: Tensor

    private var batch: Int { dz.shape[0] }
    private var inputs: Int { convolution.inputs }
    private var filters: Int { convolution.filters }
    private var isWorthThreads: Bool { batch * filters * convolution.kernelRows > 1 << 16 }

    /// Of a winner: where its real steps begin in a document, where their taps begin in a filter, and how many numbers
    /// they have.
    private func overlap(_ window: Int) -> (step: Int, tap: Int, count: Int) {
        let taps = convolution.windows.taps(of: window)
        let step = convolution.windows.step(of: window, tap: taps.lowerBound)
        return (step * inputs, taps.lowerBound * inputs, taps.count * inputs)
    }

    /// `dx[b, window] += dz[b, f] · kernel[:, f]`; a thread has documents of its own.
    func inputGradient(_ kernel: Tensor) -> Tensor {
        let (rows, size) = (convolution.kernelRows, convolution.windows.time * inputs)
        let transposed = kernel.reshaped([rows, filters]).transposedByKernel()
        return Tensor([batch, convolution.windows.time, inputs]) { dx in
            reading(transposed, winner, dz) { transposed, winner, dz in
                Parallel.forEachRange(of: batch, by: 1, if: isWorthThreads) { documents in
                    let b = documents.lowerBound
                    let own = dx + b * size
                    own.update(repeating: 0, count: size)
                    for f in 0..<filters where dz[b * filters + f] != 0 {
                        let at = overlap(Int(winner[b * filters + f]))
                        hornet_axpy(dz[b * filters + f], transposed + f * rows + at.tap, own + at.step, at.count)
                    }
                }
            }
        }
    }

    /// `dkernel[:, f] += dz[b, f] · x[b, window]` in the order of documents; a thread has filters of its own.
    func kernelGradient(_ x: Tensor) -> Tensor {
        let (rows, size) = (convolution.kernelRows, convolution.windows.time * inputs)
        let transposed = Tensor([filters, rows]) { gradient in
            reading(x, winner, dz) { x, winner, dz in
                Parallel.forEachRange(of: filters, by: 16, if: isWorthThreads) { range in
                    (gradient + range.lowerBound * rows).update(repeating: 0, count: range.count * rows)
                    for b in 0..<batch {
                        for f in range where dz[b * filters + f] != 0 {
                            let at = overlap(Int(winner[b * filters + f]))
                            hornet_axpy(
                                dz[b * filters + f], x + b * size + at.step, gradient + f * rows + at.tap, at.count)
                        }
                    }
                }
            }
        }
        return transposed.transposedByKernel().reshaped([convolution.windows.size, inputs, filters])
    }
}

extension Tensor {
    fileprivate func transposedByKernel() -> Tensor {
        let (rows, columns) = (shape[0], shape[1])
        return Tensor([columns, rows]) { y in read { hornet_transpose($0, columns, y, rows, rows, columns) } }
    }
}
