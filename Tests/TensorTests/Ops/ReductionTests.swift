import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ReductionTests {
    /// 1e-6 relative to the size of the terms: sums may cancel.
    @Test func sumsAndMeansFollowNumPy() throws {
        for testCase in try cases("reductions") {
            let x = try testCase.member("x").tensor()
            let axes = try testCase.member("axes").ints()
            let label = "\(x.shape) over \(axes)"
            let (sum, kept) = (try testCase.member("sum").tensor(), try testCase.member("kept").tensor())
            expectClose(x.sum(axes: axes), sum, absolute: 1e-5, label)
            expectClose(x.sum(axes: axes, keepingAxes: true), kept, absolute: 1e-5, label)
            #expect(Value(x).sum(axes: axes).tensor == x.sum(axes: axes))
            if let mean = try testCase.optional("mean") {
                let mean = try mean.tensor()
                expectClose(x.mean(axes: axes), mean, absolute: 1e-6, label)
                expectClose(x.mean(axes: axes, keepingAxes: true), mean.reshaped(kept.shape), absolute: 1e-6, label)
                expectClose(Value(x).mean(axes: axes).tensor, mean, absolute: 1e-6, label)
            }
            if axes.count == x.rank {
                expectClose(x.sum(), sum.scalar, absolute: 1e-5, label)
                expectClose(Value(x).sum().tensor, sum, absolute: 1e-5, label)
                expectClose(x.sum(axes: []), x, label)
            }
        }
    }

    @Test func wholeTensors() {
        let x: Tensor = [[1, -2], [3, 6]]
        #expect(x.sum() == 8 && x.mean() == 2 && x.max() == 6 && x.sumOfSquares() == 50)
        #expect(Value(x).mean().tensor == Tensor(2))
        let empty = Tensor.zeros([0, 3])
        #expect(empty.sum() == 0 && empty.mean().isNaN && empty.sumOfSquares() == 0)
        #expect(Tensor(5).sum() == 5 && Tensor(5).max() == 5)
    }

    /// A million terms near 0.1 in plain Float32 addition would be off by 1 %.
    @Test func longSumsStayExact() {
        let count = 1 << 20
        expectClose(Tensor.full([count], 0.1).sum(), 0.1 * Float(count), relative: 1e-6)
        expectClose(Tensor.full([count, 1], 0.1).sum(axes: [0]), [0.1 * Float(count)], relative: 1e-6)
        #expect((Tensor.full([count], 0.1).sumOfSquares() / (Double(Float(0.1)) * Double(Float(0.1)) * Double(count)) - 1)
            .magnitude < 1e-11)
    }

    @Test func maximumOfAllSeesNaNAndEveryPlace() {
        for count in [1, 2, 15, 16, 17, 33, 100] {
            for place in [0, count / 2, count - 1] {
                var x = Tensor.full([count], -5)
                x[place] = -1
                #expect(x.max() == -1, "\(count) elements, maximum at \(place)")
                x[place] = .nan
                #expect(x.max().isNaN, "\(count) elements, NaN at \(place)")
                x[place] = .infinity
                #expect(x.max() == .infinity)
            }
        }
        #expect(Tensor.full([20], -Float.infinity).max() == -.infinity)
    }

    @Test func argmaxFollowsNumPyAtTiesToo() throws {
        for testCase in try cases("arg_maxima") {
            let x = try testCase.member("x").tensor()
            #expect(x.argmax() == (try testCase.member("argmax").indices()), "\(x.shape)")
        }
    }

    @Test(arguments: [[1], [7], [2, 3], [0, 3], [2, 3, 5], [3, 1, 4]])
    func gradients(shape: [Int]) throws {
        let x = Tensor.random(shape)
        try checkGradient(of: [x], "sum of \(shape)") { $0[0].sum() }
        if x.count > 0 { try checkGradient(of: [x], "mean of \(shape)") { $0[0].mean() } }
        for axis in -shape.count..<shape.count {
            try checkGradient(of: [x], "sum of \(shape) over \(axis)") { $0[0].sum(axes: [axis]) }
            try checkGradient(of: [x], "sum of \(shape) over \(axis)") { $0[0].sum(axes: [axis], keepingAxes: true) }
            guard shape[axis < 0 ? axis + shape.count : axis] > 0 else { continue }
            try checkGradient(of: [x], "mean of \(shape) over \(axis)") { $0[0].mean(axes: [axis]) }
        }
        let all = Array(shape.indices)
        try checkGradient(of: [x], "sum of \(shape) over all") { $0[0].sum(axes: all) }
        try checkGradient(of: [x], "sum of \(shape) over all but one") { $0[0].sum(axes: Array(all.dropFirst())) }
    }

    @Test func trapsOnAxesThatAreNotThere() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).sum(axes: [2]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).sum(axes: [-3]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).sum(axes: [1, -1]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0]).max() }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 0]).argmax() }
    }
}
