import HornetTensor
import HornetTestSupport
import Testing

@Suite struct TimeWindowTests {
    /// What the windows say against looking at every tap of every window.
    @Test func windowsAgreeWithTheirTaps() throws {
        var seen = 0
        for padding in [TimeWindows.Padding.valid, .same, .causal] {
            for (size, stride, dilation) in [(1, 1, 1), (3, 1, 1), (2, 3, 1), (4, 2, 1), (3, 1, 2), (2, 1, 5), (3, 2, 2)] {
                for time in 1...11 {
                    let span = (size - 1) * dilation + 1
                    let windows = TimeWindows(time: time, size: size, stride: stride, dilation: dilation, padding: padding)
                    #expect((windows == nil) == (padding == .valid && span > time))
                    guard let windows else { continue }
                    seen += 1
                    func isReal(_ window: Int, _ tap: Int) -> Bool {
                        (0..<time).contains(windows.step(of: window, tap: tap))
                    }
                    let all = 0..<windows.count
                    for tap in 0..<size { #expect(Array(windows.windows(seeingAt: tap)) == all.filter { isReal($0, tap) }) }
                    for window in all { #expect(Array(windows.taps(of: window)) == (0..<size).filter { isReal(window, $0) }) }
                    #expect(windows.seeNoPadding == all.allSatisfy { w in (0..<size).allSatisfy { isReal(w, $0) } })
                }
            }
        }
        #expect(seen > 150)
        #expect(TimeWindows(time: 0, size: 1, padding: .same) == nil)
    }
}

@Suite struct ConvolutionTests {
    private struct Sizes {
        let batch, time, inputs, filters, size, stride, dilation, groups: Int
        let padding: TimeWindows.Padding

        var windows: TimeWindows {
            TimeWindows(time: time, size: size, stride: stride, dilation: dilation, padding: padding)!
        }
    }

    private static let sizes: [Sizes] = [
        Sizes(batch: 1, time: 1, inputs: 1, filters: 1, size: 1, stride: 1, dilation: 1, groups: 1, padding: .valid),
        Sizes(batch: 3, time: 9, inputs: 5, filters: 7, size: 3, stride: 1, dilation: 1, groups: 1, padding: .valid),
        Sizes(batch: 2, time: 11, inputs: 4, filters: 3, size: 4, stride: 3, dilation: 1, groups: 1, padding: .same),
        Sizes(batch: 2, time: 8, inputs: 3, filters: 17, size: 3, stride: 1, dilation: 3, groups: 1, padding: .causal),
        Sizes(batch: 2, time: 7, inputs: 6, filters: 9, size: 2, stride: 1, dilation: 2, groups: 3, padding: .same),
        Sizes(batch: 2, time: 3, inputs: 2, filters: 5, size: 7, stride: 1, dilation: 1, groups: 1, padding: .same),
        Sizes(batch: 0, time: 5, inputs: 3, filters: 2, size: 2, stride: 1, dilation: 1, groups: 1, padding: .valid),
    ]

    private static func tensors(_ s: Sizes) -> [Tensor] {
        [
            .random([s.batch, s.time, s.inputs]), .random([s.size, s.inputs / s.groups, s.filters], seed: 2, scale: 0.5),
            .random([s.filters], seed: 3),
        ]
    }

    /// The definition, in Double.
    private static func naive(_ s: Sizes, _ x: Tensor, _ kernel: Tensor, _ bias: Tensor) -> Tensor {
        let windows = s.windows
        let (inputs, filters) = (s.inputs / s.groups, s.filters / s.groups)
        var y = Tensor.zeros([s.batch, windows.count, s.filters])
        for b in 0..<s.batch {
            for w in 0..<windows.count {
                for f in 0..<s.filters {
                    var sum = Double(bias[f])
                    for tap in 0..<s.size {
                        let step = windows.step(of: w, tap: tap)
                        guard (0..<s.time).contains(step) else { continue }
                        for c in 0..<inputs {
                            sum += Double(x[b, step, f / filters * inputs + c]) * Double(kernel[tap, c, f])
                        }
                    }
                    y[b, w, f] = Float(sum)
                }
            }
        }
        return y
    }

    @Test func followsTheDefinition() {
        for s in Self.sizes {
            let t = Self.tensors(s).map { Value($0) }
            let y = t[0].convolved(kernel: t[1], bias: t[2], windows: s.windows, groups: s.groups, activation: .linear)
            expectClose(y.tensor, Self.naive(s, t[0].tensor, t[1].tensor, t[2].tensor), absolute: 2e-6, "\(s)")
        }
    }

    @Test func gradients() throws {
        for s in Self.sizes {
            for activation in [FusedActivation.linear, .sigmoid, .tanh] {
                try checkGradient(of: Self.tensors(s), "\(s) \(activation)") {
                    $0[0].convolved(
                        kernel: $0[1], bias: $0[2], windows: s.windows, groups: s.groups, activation: activation)
                }
            }
            try checkGradient(of: Array(Self.tensors(s).dropLast()), "\(s) without bias") {
                $0[0].convolved(kernel: $0[1], bias: nil, windows: s.windows, groups: s.groups, activation: .tanh)
            }
        }
    }

    /// The gradient of a convolution without its activation is noticed.
    @Test func theGradientCheckCanFail() throws {
        let s = Self.sizes[1]
        let windows = TimeWindows(time: 9, size: 3, padding: .same)!
        let problem = try GradientCheck().mismatch(of: Self.tensors(s)) { v in
            let y = v[0].convolved(kernel: v[1], bias: v[2], windows: windows, activation: .linear)
            let detached = v.map(\.detached)
            let activated = detached[0].convolved(
                kernel: detached[1], bias: detached[2], windows: windows, activation: .tanh)
            return y + (activated - y.detached)
        }
        #expect(problem != nil)
    }

    /// Steps so small that no other window wins.
    @Test func gradientsWithMaximum() throws {
        for s in Self.sizes where s.groups == 1 && s.dilation == 1 {
            for activation in [FusedActivation.linear, .tanh] {
                try checkGradient(of: Self.tensors(s), "\(s) \(activation)", check: Self.fine) {
                    $0[0].convolvedMaxPool(kernel: $0[1], bias: $0[2], windows: s.windows, activation: activation)
                }
            }
        }
    }

    private static let fine: GradientCheck = {
        var check = GradientCheck()
        check.step = 1 / 256
        check.tolerance = 2e-3
        return check
    }()

    /// Documents of a batch and rows of a kernel go to threads of their own, and every bit is the same.
    @Test func threadsChangeNoBit() async {
        await #expect(processExitsWith: .success) {
            func run(threads: Int, seed: UInt64 = 1) -> [Tensor] {
                Parallel.threadCount = threads
                let tape = Tape()
                let x = tape.variable(.random([13, 30, 20], seed: seed))
                let kernels = [5, 3].map { tape.variable(.random([$0, 20, 24], seed: 2)) }
                let windows = [5, 3].map { TimeWindows(time: 30, size: $0, padding: $0 == 5 ? .same : .valid)! }
                let all = x.convolved(kernel: kernels[0], bias: nil, windows: windows[0], activation: .relu)
                let normal = all.batchNormalized(
                    Moments(of: all.tensor, mask: nil), gamma: nil, beta: nil, epsilon: 1e-3
                ).layerNormalized(gamma: nil, beta: nil, epsilon: 1e-3)
                let pools = TimeWindows(time: 30, size: 3, stride: 2)!
                let pooled = (normal.maxPooled(pools) + normal.averagePooled(pools)).sliced(0..<20, axis: 2)
                let most = x.convolvedMaxPool(kernel: kernels[1], bias: nil, windows: windows[1], activation: .tanh)
                tape.backward(from: (pooled * pooled).sum() + (most * most).sum())
                return [pooled.tensor, most.tensor, tape.gradient(at: x)] + kernels.map(tape.gradient(at:))
            }
            let one = run(threads: 1)
            for threads in [2, 3, 5, 8] {
                guard run(threads: threads) == one else { fatalError("\(threads) threads change the result") }
            }
            guard run(threads: 2, seed: 4) != one else { fatalError("the comparison can't fail") }
        }
    }

    @Test func trapsOnShapesThatDoNotFit() async {
        await #expect(processExitsWith: .failure) {
            let windows = TimeWindows(time: 4, size: 2)!
            _ = Value(Tensor.ones([1, 4, 3])).convolved(
                kernel: Value(.ones([2, 2, 5])), bias: nil, windows: windows, activation: .linear)
        }
        await #expect(processExitsWith: .failure) {
            _ = Value(Tensor.ones([1, 5, 3])).maxPooled(TimeWindows(time: 4, size: 2)!)
        }
    }
}

@Suite struct WindowPoolingTests {
    @Test func gradients() throws {
        for shape in [[1, 1, 1], [2, 7, 5], [3, 10, 17], [0, 4, 2]] {
            for (size, stride, padding) in [(1, 1, TimeWindows.Padding.valid), (3, 1, .same), (2, 2, .same), (4, 3, .same)] {
                let windows = TimeWindows(time: shape[1], size: size, stride: stride, padding: padding)!
                let x = Tensor.spread(shape)
                try checkGradient(of: [x], "maximum of \(windows)") { $0[0].maxPooled(windows) }
                try checkGradient(of: [x], "mean of \(windows)") { $0[0].averagePooled(windows) }
            }
        }
    }

    @Test func theFirstOfEqualMaximaGetsTheGradient() {
        let tape = Tape()
        let x = tape.variable([[[1], [1], [0], [2]]])
        tape.backward(from: x.maxPooled(TimeWindows(time: 4, size: 2, stride: 1)!).sum())
        #expect(tape.gradient(at: x) == [[[1], [1], [0], [1]]])
    }

    @Test func paddingHasNoSay() {
        let windows = TimeWindows(time: 3, size: 2, stride: 2, padding: .same)!
        let x = Value([[[-1], [-3], [-5]]])
        #expect(x.maxPooled(windows).tensor == [[[-1], [-5]]])
        #expect(x.averagePooled(windows).tensor == [[[-2], [-5]]])
    }
}
