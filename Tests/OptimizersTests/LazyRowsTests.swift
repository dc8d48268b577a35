import HornetOptimizers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Rows that catch up when somebody looks are where the update of all rows in every step would have put them.
@Suite struct LazyRowsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let formula: DoubleTwin.Formula
        var weightDecay = 0.0
        let make: @Sendable () -> Optimizer
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "adam", formula: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)) { .adam() },
        Case(name: "adam, exponential", formula: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)) {
            .adam(learningRate: .exponentialDecay(initial: 0.01, decaySteps: 200, decayRate: 0.7))
        },
        Case(name: "adam, other betas", formula: .adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-4)) {
            .adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-4)
        },
        Case(name: "adam without momentum", formula: .adam(beta1: 0, beta2: 0.999, epsilon: 1e-7)) { .adam(beta1: 0) },
        Case(name: "adam, short memory", formula: .adam(beta1: 0.9, beta2: 0.9, epsilon: 1e-7)) { .adam(beta2: 0.9) },
        Case(name: "adamW", formula: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7), weightDecay: 0.1) {
            .adamW(
                learningRate: .cosineDecay(initial: 0, decaySteps: 1500, warmupTarget: 0.01, warmupSteps: 300),
                weightDecay: 0.1)
        },
        Case(name: "sgd", formula: .sgd(momentum: 0.9, nesterov: false)) { .sgd(momentum: 0.9) },
        Case(name: "nesterov", formula: .sgd(momentum: 0.95, nesterov: true), weightDecay: 0.05) {
            .sgd(
                learningRate: .piecewiseConstant(boundaries: [300, 1000], values: [0.02, 0.05, 0.005]), momentum: 0.95,
                nesterov: true, weightDecay: 0.05)
        },
        Case(name: "sgd, decay alone", formula: .sgd(momentum: 0, nesterov: false), weightDecay: 0.05) {
            .sgd(weightDecay: 0.05)
        },
        Case(name: "rmsprop", formula: .rmsprop(rho: 0.9, momentum: 0.8, epsilon: 1e-7)) {
            .rmsprop(momentum: 0.8)
        },
        Case(name: "rmsprop without momentum", formula: .rmsprop(rho: 0.9, momentum: 0, epsilon: 1e-7)) { .rmsprop() },
    ]

    private static let (rowCount, width) = (40, 5)

    /// Two thousand random steps, most with few rows. Now and then: a dense gradient, a step that misses the table, a
    /// look at some rows or all, another learning rate, a new value for all weights.
    private func run(
        _ test: Case, steps: Int = 2000,
        _ check: (_ step: Int, _ lazy: Parameter, _ dense: Parameter, DoubleTwin) -> Void
    ) throws {
        var random = RandomSource(seed: 11)
        let start = Tensor.normal([Self.rowCount, Self.width], standardDeviation: 0.05, using: &random)
        let (lazy, dense) = (Parameter(start, role: "embeddings"), Parameter(start, role: "embeddings"))
        var twin = DoubleTwin(test.formula, weightDecay: test.weightDecay, start)
        let (lazyOptimizer, denseOptimizer) = (test.make(), test.make())
        let (otherLazy, otherDense) = (Parameter([0], role: "bias"), Parameter([0], role: "bias"))
        for step in 1...steps {
            let event = random.integer(below: 100)
            var gradient = RowSparse(
                rows: Indices([Int32]()), values: Tensor.zeros([0, Self.width]), rowCount: Self.rowCount)
            if event > 1 {
                // Frequent rows are frequent; the last never comes.
                let ids = (0..<4).map { _ in
                    Int32(random.integer(below: 1 + random.integer(below: Self.rowCount - 1)))
                }
                let rows = Set(ids).sorted()
                gradient = RowSparse(
                    rows: Indices(rows), values: .normal([rows.count, Self.width], using: &random),
                    rowCount: Self.rowCount)
            }
            let rate = lazyOptimizer.learningRate
            if event == 2 {  // not this table
                try lazyOptimizer.apply([(otherLazy, .dense([1]))])
                try denseOptimizer.apply([(otherDense, .dense([1]))])
            } else {
                let all = gradient.dense
                try lazyOptimizer.apply([(lazy, event == 3 ? .dense(all) : .rows(gradient))])
                try denseOptimizer.apply([(dense, .dense(all))])
                twin.step(all, rate: rate, number: step)
            }
            switch event {
            case 4...20: lazy.settle(rows: .random([7], below: Self.rowCount, seed: UInt64(step)))
            case 21: _ = lazy.value
            case 22:
                let factor = random.integer(below: 2) == 0 ? Float(0.7) : 1.3
                try? lazyOptimizer.setLearningRate(lazyOptimizer.learningRate * factor)
                try? denseOptimizer.setLearningRate(denseOptimizer.learningRate * factor)
            case 23 where step > steps / 2:
                // What an averaging callback might do.
                lazy.value = lazy.value * 0.5
                dense.value = dense.value * 0.5
                twin.w = twin.w.map { $0 * 0.5 }
            default: break
            }
            check(step, lazy, dense, twin)
        }
    }

    @Test(arguments: cases)
    func endsWhereAllRowsWouldEnd(_ test: Case) throws {
        var errors = (lazy: 0.0, dense: 0.0)
        try run(test) { step, lazy, dense, twin in
            guard step % 250 == 0 else { return }
            errors.lazy = max(errors.lazy, twin.error(of: lazy.value))
            errors.dense = max(errors.dense, twin.error(of: dense.value))
        }
        print("\(test.name): off by \(errors.lazy), all rows in every step by \(errors.dense)")
        #expect(errors.lazy <= 1.2 * errors.dense + 1e-7)
        #expect(errors.dense < 2e-5)
    }

    /// The comparison can fail: leaving out what one row missed shows.
    @Test func aMissedCatchUpIsNoticed() throws {
        var (error, stale) = (0.0, 0.0)
        try run(Self.cases[0], steps: 60) { step, lazy, _, twin in
            guard step == 60 else { return }
            stale = twin.error(of: lazy.storage)
            error = twin.error(of: lazy.value)
        }
        #expect(error < 1e-6 && stale > 1e-4)
    }

    /// Nothing moves until somebody looks, and then only what they look at.
    @Test func rowsWaitUntilTheyAreRead() throws {
        let table = Parameter(Tensor.ones([4, 2]), role: "embeddings")
        let adam = Optimizer.adam()
        func step(_ row: Int32) throws {
            try adam.apply([(table, .rows(RowSparse(rows: Indices([row]), values: [[1, 2]], rowCount: 4)))])
        }
        for row: Int32 in [0, 1, 2, 3, 3, 3] { try step(row) }
        let before = table.storage
        table.settle(rows: Indices([1, 1]))
        #expect(table.storage[0..<1] == before[0..<1] && table.storage[2..<4] == before[2..<4])
        #expect(table.storage[1, 0] < before[1, 0])
        let value = table.value
        #expect(value[1..<2] == table.storage[1..<2] && value[0, 0] < before[0, 0] && value[2, 0] < before[2, 0])
        #expect(table.value == value)
    }

    /// An embedding's forward pass sees current rows, as the pooled one does.
    @Test func theForwardPassSettlesWhatItReads() throws {
        let (lazy, dense) = (Parameter(Tensor.ones([6, 2]), role: "e"), Parameter(Tensor.ones([6, 2]), role: "e"))
        let (a, b) = (Optimizer.adam(), Optimizer.adam())
        for row: Int32 in [1, 2, 3, 4, 4, 4] {
            let gradient = RowSparse(rows: Indices([row]), values: [[1, -2]], rowCount: 6)
            try a.apply([(lazy, .rows(gradient))])
            try b.apply([(dense, .dense(gradient.dense))])
        }
        let ids = Indices([[1, 3]])
        expectClose(
            try Value.embedding(lazy, ids: ids, tape: nil).tensor,
            try Value.embedding(dense, ids: ids, tape: nil).tensor, relative: 2e-7, absolute: 0)
        let others = Indices([[2, 2]])
        expectClose(
            try Value.embeddingMaxPool(lazy, ids: others, tape: nil).tensor,
            try Value.embeddingMaxPool(dense, ids: others, tape: nil).tensor, relative: 2e-7, absolute: 0)
    }

    /// Two optimizers that take turns on a table do not lose each other's changes.
    @Test func optimizersMayTakeTurns() throws {
        let (lazy, dense) = (Parameter(Tensor.ones([6, 2]), role: "e"), Parameter(Tensor.ones([6, 2]), role: "e"))
        let lazyOptimizers = [Optimizer.adam(), .sgd(momentum: 0.9), .adam(amsgrad: true)]
        let denseOptimizers = [Optimizer.adam(), .sgd(momentum: 0.9), .adam(amsgrad: true)]
        for k in 0..<60 {
            let gradient = RowSparse(
                rows: Indices([Int32(k * 7 % 5)]), values: .random([1, 2], seed: UInt64(k) + 1), rowCount: 6)
            let turn = k / 4 % 3
            try lazyOptimizers[turn].apply([(lazy, .rows(gradient))])
            try denseOptimizers[turn].apply([(dense, .dense(gradient.dense))])
        }
        expectClose(lazy.value, dense.value, relative: 5e-7, absolute: 1e-7)
    }

    /// The history starts again when it is full.
    @Test func historyIsBounded() throws {
        let (lazy, dense) = (Parameter(Tensor.ones([3, 2]), role: "e"), Parameter(Tensor.ones([3, 2]), role: "e"))
        let (a, b) = (Optimizer.sgd(momentum: 0.5), Optimizer.sgd(momentum: 0.5))
        for step in 0..<33_000 {
            let gradient = RowSparse(
                rows: Indices([step % 5000 == 0 ? 0 : 1 as Int32]), values: [[step % 2 == 0 ? 1 : -1, 0.5]],
                rowCount: 3)
            try a.apply([(lazy, .rows(gradient))])
            try b.apply([(dense, .dense(gradient.dense))])
        }
        expectClose(lazy.value, dense.value, relative: 1e-6)
    }
}
