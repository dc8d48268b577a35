import CHornetKernels
import COpenBLAS
import HornetSupport

extension Value {
    /// A long short-term memory over whole sequences, as one node.
    ///
    /// `[i f ĉ o] = x·kernel + h·recurrentKernel + bias`, `c ← σ(f)·c + σ(i)·tanh(ĉ)`, `h ← σ(o)·tanh(c)`, from h = c = 0.
    /// A step whose `mask` is 0 leaves h and c as they are. `x` is `[batch, time, in]`, `kernel [in, 4·units]`,
    /// `recurrentKernel [units, 4·units]`, `bias [4·units]`. Gives the h after each step `[batch, time, units]`, in the order of
    /// the steps, or only the last one `[batch, units]`.
    package static func lstm(
        _ x: Value, kernel: Value, recurrentKernel: Value, bias: Value?, mask: Tensor?, goBackwards: Bool,
        returnSequences: Bool
    ) -> Value {
        let run = LSTMRun(
            x: x.tensor, kernel: kernel.tensor, recurrentKernel: recurrentKernel.tensor, bias: bias?.tensor, mask: mask,
            goBackwards: goBackwards)
        let y = returnSequences ? run.sequence : run.last
        return recorded(y, from: [x, kernel, recurrentKernel] + (bias.map { [$0] } ?? [])) { dy, dx in
            let dz = run.backward(dy, ofSequence: returnSequences)
            dx.add(run.inputGradient(dz), to: 0)
            dx.add(run.x.matmul(dz, transposeLeft: true), to: 1)
            dx.add(run.earlierStates.matmul(dz, transposeLeft: true), to: 2)
            if bias != nil { dx.add(dz.columnSums(), to: 3) }
        }
    }
}

/// One walk through the steps, and what the way back needs of it. Everything lies step after step, so that a step's rows
/// are one matrix: row `step·batch + b`.
private struct LSTMRun {
    let batch: Int
    let time: Int
    let units: Int
    private let kernel: Tensor
    private let recurrentKernel: Tensor
    private let goBackwards: Bool
    /// `[time·batch, in]`, in the order of the steps.
    let x: Tensor
    /// The gates i, f, ĉ, o after their functions, `[time·batch, 4·units]`.
    private var gates: Tensor
    /// h before the first step and after each, `[(time + 1)·batch, units]`; c likewise; tanh(c) after each.
    private var h: Tensor
    private var c: Tensor
    private var tanhC: Tensor
    /// Row by row, whether the step is real.
    private let isReal: [Bool]?

    init(
        x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor?, mask: Tensor?, goBackwards: Bool
    ) {
        require(
            x.rank == 3 && kernel.shape[0] == x.shape[2] && recurrentKernel.shape[0] * 4 == kernel.shape[1]
                && recurrentKernel.shape[1] == kernel.shape[1], "lstm",
            "x \(x.shape), kernel \(kernel.shape) and recurrent kernel \(recurrentKernel.shape) do not fit")
        require(
            mask == nil || mask!.shape == Array(x.shape[..<2]), "lstm",
            "the mask \(mask?.shape ?? []) does not fit the input \(x.shape)")
        (batch, time, units) = (x.shape[0], x.shape[1], recurrentKernel.shape[0])
        (self.kernel, self.recurrentKernel, self.goBackwards) = (kernel, recurrentKernel, goBackwards)
        self.x = x.stepMajor(reversed: goBackwards)
        isReal = mask.map { mask in
            mask.reshaped(mask.shape + [1]).stepMajor(reversed: goBackwards).scalars.map { $0 != 0 }
        }
        gates = self.x.linear(kernel: kernel, bias: bias, activation: .linear)
        h = Tensor(uninitialized: [(time + 1) * batch, units])
        c = Tensor(uninitialized: [(time + 1) * batch, units])
        tanhC = Tensor(uninitialized: [time * batch, units])
        forward()
    }

    private mutating func forward() {
        let (batch, time, units, isReal) = (batch, time, units, isReal)
        recurrentKernel.read { u in
            gates.write { gates in
                h.write { h in
                    c.write { c in
                        tanhC.write { tanhC in
                            h.update(repeating: 0, count: batch * units)
                            c.update(repeating: 0, count: batch * units)
                            for step in 0..<time {
                                let first = step * batch
                                addProduct(h + first * units, u, to: gates + first * 4 * units, batch, units)
                                for row in first..<(first + batch) {
                                    let (before, after) = (row * units, (row + batch) * units)
                                    if let isReal, !isReal[row] {
                                        (h + after).update(from: h + before, count: units)
                                        (c + after).update(from: c + before, count: units)
                                        continue
                                    }
                                    let gate = gates + row * 4 * units
                                    let (i, f, g, o) = (gate, gate + units, gate + 2 * units, gate + 3 * units)
                                    hornet_sigmoid(i, i, 2 * units)
                                    hornet_tanh(g, g, units)
                                    hornet_sigmoid(o, o, units)
                                    hornet_multiply(f, c + before, c + after, units)
                                    hornet_multiply_add(i, g, c + after, units)
                                    hornet_tanh(c + after, tanhC + before, units)
                                    hornet_multiply(o, tanhC + before, h + after, units)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// h before each step, `[time·batch, units]`.
    var earlierStates: Tensor { h[0..<time * batch] }
    /// h after the last step, `[batch, units]`.
    var last: Tensor { h[time * batch..<(time + 1) * batch] }
    /// h after each step, `[batch, time, units]`.
    var sequence: Tensor { h[batch..<(time + 1) * batch].batchMajor(batch, time, reversed: false) }

    /// The gradient before the gates' functions, `[time·batch, 4·units]`, from that of ``last`` or of ``sequence``.
    func backward(_ dy: Tensor, ofSequence: Bool) -> Tensor {
        var dz = gates
        let (batch, time, units) = (batch, time, units)
        let dySteps = ofSequence ? dy.stepMajor(reversed: false) : dy
        var dh = ofSequence ? Tensor.zeros([batch, units]) : dy
        var dc = Tensor.zeros([batch, units])
        for step in stride(from: time - 1, through: 0, by: -1) {
            let first = step * batch
            if ofSequence { dh += dySteps[first..<first + batch] }
            dh.read { dh in
                dz.write { dz in
                    dc.write { dc in
                        for row in first..<(first + batch) {
                            let b = (row - first) * units
                            rowBackward(row, dh + b, dc + b, dz + row * 4 * units)
                        }
                    }
                }
            }
            var earlier = dz[first..<first + batch].matmul(recurrentKernel, transposeRight: true)
            if let isReal {
                // A step that was skipped handed h on as it was.
                earlier.write { earlier in
                    dh.read { dh in
                        for b in 0..<batch where !isReal[first + b] {
                            (earlier + b * units).update(from: dh + b * units, count: units)
                        }
                    }
                }
            }
            dh = earlier
        }
        return dz
    }

    /// Turns one row of gates into its gradient, and the gradient of c after the step into that of c before it.
    private func rowBackward(
        _ row: Int, _ dh: UnsafePointer<Float>, _ dc: UnsafeMutablePointer<Float>, _ gate: UnsafeMutablePointer<Float>
    ) {
        if let isReal, !isReal[row] {
            gate.update(repeating: 0, count: 4 * units)
            return
        }
        tanhC.read { tanhC in
            c.read { c in
                for u in 0..<units {
                    let (i, f, g, o) = (gate[u], gate[units + u], gate[2 * units + u], gate[3 * units + u])
                    let t = tanhC[row * units + u]
                    let dcHere = dc[u] + dh[u] * o * (1 - t * t)
                    gate[u] = dcHere * g * i * (1 - i)
                    gate[units + u] = dcHere * c[row * units + u] * f * (1 - f)
                    gate[2 * units + u] = dcHere * i * (1 - g * g)
                    gate[3 * units + u] = dh[u] * t * o * (1 - o)
                    dc[u] = dcHere * f
                }
            }
        }
    }

    /// The gradient of the input, `[batch, time, in]`.
    func inputGradient(_ dz: Tensor) -> Tensor {
        dz.matmul(kernel, transposeRight: true).batchMajor(batch, time, reversed: goBackwards)
    }
}

/// gates += h · recurrentKernel, `[rows, units] · [units, 4·units]`
private func addProduct(
    _ h: UnsafePointer<Float>, _ recurrentKernel: UnsafePointer<Float>, to gates: UnsafeMutablePointer<Float>, _ rows: Int,
    _ units: Int
) {
    guard rows > 0 else { return }
    let (m, k, n) = (blasint(rows), blasint(units), blasint(4 * units))
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, h, k, recurrentKernel, n, 1, gates, n)
}

extension Tensor {
    /// `[batch, time, width] → [time·batch, width]`, the last step first if `reversed`.
    fileprivate func stepMajor(reversed: Bool) -> Tensor {
        let (batch, time, width) = (shape[0], shape[1], shape[2])
        var result = Tensor(uninitialized: [time * batch, width])
        copyRows(to: &result, batch, time, width, reversed) { b, t, step in (from: b * time + t, to: step * batch + b) }
        return result
    }

    /// `[time·batch, width] → [batch, time, width]`: the inverse of ``stepMajor(reversed:)``.
    fileprivate func batchMajor(_ batch: Int, _ time: Int, reversed: Bool) -> Tensor {
        let width = shape[1]
        var result = Tensor(uninitialized: [batch, time, width])
        copyRows(to: &result, batch, time, width, reversed) { b, t, step in (from: step * batch + b, to: b * time + t) }
        return result
    }

    private func copyRows(
        to result: inout Tensor, _ batch: Int, _ time: Int, _ width: Int, _ reversed: Bool,
        _ rows: (_ b: Int, _ t: Int, _ step: Int) -> (from: Int, to: Int)
    ) {
        read { source in
            result.write { target in
                for t in 0..<time {
                    for b in 0..<batch {
                        let (from, to) = rows(b, t, reversed ? time - 1 - t : t)
                        (target + to * width).update(from: source + from * width, count: width)
                    }
                }
            }
        }
    }
}
