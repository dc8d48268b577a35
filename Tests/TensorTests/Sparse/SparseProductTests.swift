import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SparseProductTests {
    private static let sizes = [(1, 1, 1), (1, 9, 4), (5, 1, 3), (6, 20, 17), (0, 4, 3), (4, 7, 1)]

    private func random(_ rows: Int, _ columns: Int, _ density: Double = 0.4, seed: UInt64 = 1) -> SparseMatrix {
        var source = RandomSource(seed: seed)
        return .random(rows, columns, density: density, using: &source)
    }

    // MARK: Gradients

    @Test(arguments: sizes) func gradientsOfProducts(rows: Int, columns: Int, width: Int) throws {
        let a = random(rows, columns)
        try checkGradient(of: [Tensor.random([columns, width])], "\(a.shape)") { Value(a).matmul($0[0]) }
        try checkGradient(of: [Tensor.random([width, rows])], "\(a.shape)") { $0[0].matmul(Value(a)) }
        try checkGradient(of: [Tensor.random([2, width, rows])], "\(a.shape)") { $0[0].matmul(Value(a)) }
    }

    private static let activations: [FusedActivation] = [.linear, .relu, .sigmoid, .tanh]

    @Test(arguments: sizes) func gradientsOfTheDenseLayer(rows: Int, columns: Int, width: Int) throws {
        let a = random(rows, columns)
        for activation in Self.activations {
            // Off the kink of relu.
            let kernel = Parameter(Tensor.random([columns, width], scale: 0.1), role: "kernel")
            let bias = Parameter(Tensor.spread([width], gap: 1), role: "bias")
            try checkGradient(of: [kernel, bias], "\(a.shape) \(activation)") { tape in
                Value(a).linear(
                    kernel: kernel, bias: tape?.value(of: bias) ?? Value(bias.value), activation: activation, on: tape)
            }
            try checkGradient(of: [kernel], "\(a.shape) \(activation)") { tape in Value(a).matmul(kernel, on: tape) }
        }
    }

    /// The check of gradients fails where one is wrong: here that of the kernel, which the second use leaves out.
    @Test func aWrongGradientIsFound() throws {
        let a = random(4, 6)
        let kernel = Parameter(Tensor.random([6, 3]), role: "kernel")
        let problem = try GradientCheck().mismatch(of: [kernel]) { tape in
            Value(a).matmul(kernel, on: tape) + Value(a).matmul(kernel, on: nil)
        }
        #expect(problem?.contains("the tape says") == true)
    }

    // MARK: The gradient's form

    @Test func theGradientHasTheStoredColumnsOnceInOrderOfUse() throws {
        let a = try SparseMatrix(
            rowCount: 3, columnCount: 100, rowStarts: [0, 2, 2, 5], columns: [7, 40, 3, 7, 99], values: [1, 2, 3, 4, 5])
        let kernel = Parameter(Tensor.random([100, 5]), role: "kernel")
        let dy = Tensor.random([3, 5], seed: 3)
        for rows in [a, SparseMatrix.concatenated([a, a])[3..<6]] {
            let tape = Tape()
            let y = Value(rows).matmul(kernel, on: tape)
            tape.backward(from: (y * Value(dy)).sum())
            guard case .rows(let gradient)? = tape.gradient(of: kernel) else {
                Issue.record("the gradient must be row-sparse")
                return
            }
            #expect(gradient.rows.ids == [7, 40, 3, 99] && gradient.rowCount == 100)
            expectClose(gradient.dense, a.dense.matmul(dy, transposeLeft: true))
        }
    }

    @Test func frozenKernelsGetNoGradientButTheirBiasDoes() throws {
        let (kernel, bias) = (Parameter(Tensor.random([6, 3]), role: "kernel"), Parameter(Tensor.zeros([3]), role: "bias"))
        kernel.isTrainable = false
        let tape = Tape()
        let y = Value(random(4, 6)).linear(kernel: kernel, bias: tape.value(of: bias), activation: .linear, on: tape)
        tape.backward(from: y.sum())
        #expect(tape.gradient(of: kernel) == nil)
        #expect(tape.gradient(of: bias)?.dense == Tensor.full([3], 4))
        #expect(!Value(random(4, 6)).matmul(kernel, on: tape).isRecorded)
    }

    /// Enough work for all threads, in a process of its own because all tests share them.
    @Test func threadsChangeNoBit() async {
        await #expect(processExitsWith: .success) {
            func results(threads: Int, seed: UInt64 = 1) -> [Tensor] {
                Parallel.threadCount = threads
                var random = RandomSource(seed: seed)
                let a = SparseMatrix.random(90, 400, density: 0.1, using: &random)
                let kernel = Parameter(Tensor.random([400, 70]), role: "kernel")
                let tape = Tape()
                let y = Value(a).linear(kernel: kernel, bias: Value(Tensor.random([70])), activation: .tanh, on: tape)
                tape.backward(from: (y * y).sum())
                return [y.tensor, tape.gradient(of: kernel)!.dense, a.matmul(y.tensor, transposeLeft: true)]
            }
            let one = results(threads: 1)
            for threads in [2, 3, 8] where results(threads: threads) != one { fatalError("\(threads) threads differ") }
            if results(threads: 2, seed: 2) == one { fatalError("the comparison can't fail") }
        }
    }

    // MARK: Others

    @Test func dropoutStaysSparse() throws {
        let a = random(200, 50, 0.5)
        var source = RandomSource(seed: 4)
        let dropped = Value(a[100..<200]).dropout(rate: 0.25, using: &source)
        guard case .sparse(let rows) = dropped.content else {
            Issue.record("dropout must stay sparse")
            return
        }
        let (kept, all) = (rows.storedCount, a[100..<200].storedCount)
        #expect((Double(kept) / Double(all) - 0.75).magnitude < 0.03)
        let dense = a[100..<200].dense
        for (got, before) in zip(rows.dense.scalars, dense.scalars) where got != 0 { #expect(got == before * (1 / 0.75)) }
        #expect(rows == (try SparseMatrix(
            rowCount: 100, columnCount: 50, rowStarts: rows.rowStarts, columns: rows.columns, values: rows.values)))
        var all0 = RandomSource(seed: 4)
        #expect(Value(a).dropout(rate: 1, using: &all0).tensor == Tensor.zeros([200, 50]))
    }

    @Test func randomHasTheDensityAndTheForm() throws {
        for (rows, columns, density, count) in [(10, 20, 0.1, 20), (3, 5, 1, 15), (3, 5, 0, 0), (0, 5, 0.5, 0), (7, 1, 0.5, 4)] {
            let a = random(rows, columns, density)
            #expect(a.storedCount == count && a.shape == [rows, columns])
            #expect(a == (try SparseMatrix(
                rowCount: rows, columnCount: columns, rowStarts: a.rowStarts, columns: a.columns, values: a.values)))
            #expect(a.values.allSatisfy { (0..<1).contains($0) })
        }
        #expect(random(10, 20, seed: 1) != random(10, 20, seed: 2))
        let dense = Tensor.random([4, 6]).relu()
        #expect(SparseMatrix(dense).dense == dense && (SparseMatrix(dense) * 2).dense == dense * 2)
    }

    @Test func trapsOnSizesThatDoNotFit() async {
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(ones: [[0]], columnCount: 3).matmul(.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).matmul(SparseMatrix(ones: [[0]], columnCount: 3)) }
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(ones: [[0]], columnCount: 3)[0..<2] }
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(ones: [[0]], columnCount: 3).gathered([1]) }
        await #expect(processExitsWith: .failure) {
            _ = Value(SparseMatrix(ones: [[0]], columnCount: 3)).matmul(Parameter(.ones([2, 3]), role: "kernel"), on: nil)
        }
    }
}
