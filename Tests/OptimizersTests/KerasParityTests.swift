import HornetOptimizers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Fifty steps of each optimizer from Keras' weights, on Keras' gradients. The goldens, and the optimizers as Keras
/// describes them, come from `Tests/Oracles/optimizers.py`.
@Suite struct KerasParityTests {
    static let golden = Fixture.json("optimizers.json")
    static let names = try! golden.member("cases").object().keys

    private struct Outcome {
        var halfway: [Tensor] = []
        var weights: [Tensor] = []
        var state: [(name: String, value: Tensor)] = []
    }

    /// `sparse` hands the embedding's gradient over by rows, else made dense.
    private func run(_ optimizer: Optimizer, sparse: Bool) throws -> Outcome {
        let golden = KerasParityTests.golden
        let initial = try golden.member("initial").tensors()
        let (kernel, embeddings) = (Parameter(initial[0], role: "kernel"), Parameter(initial[1], role: "embeddings"))
        let steps = try golden.member("gradients").array()
        var outcome = Outcome()
        for (number, step) in steps.enumerated() {
            let rows = RowSparse(
                rows: Indices(try step.member("rows").ints().map { Int32($0) }),
                values: try step.member("values").tensor(), rowCount: initial[1].shape[0])
            try optimizer.apply([
                (kernel, .dense(try step.member("kernel").tensor())),
                (embeddings, sparse ? .rows(rows) : .dense(rows.dense)),
            ])
            if number == steps.count / 2 - 1 { outcome.halfway = [kernel.value, embeddings.value] }
        }
        outcome.weights = [kernel.value, embeddings.value]
        outcome.state = optimizer.state
        return outcome
    }

    private func optimizer(_ name: String) throws -> Optimizer {
        try OptimizerRegistry().optimizer(from: KerasParityTests.golden.member("cases").member(name))
    }

    @Test(arguments: names, [false, true])
    func weightsAndStateFollowKeras(_ name: String, sparse: Bool) throws {
        let expected = try KerasParityTests.golden.member("cases").member(name)
        let outcome = try run(optimizer(name), sparse: sparse)
        let halfway = try expected.member("halfway").tensors()
        let weights = try expected.member("weights").tensors()
        for (index, role) in ["kernel", "embeddings"].enumerated() {
            expectClose(outcome.halfway[index], halfway[index], absolute: 2e-7, "\(name) \(role) halfway")
            expectClose(outcome.weights[index], weights[index], absolute: 2e-7, "\(name) \(role)")
        }
        let state = try expected.member("state")
        #expect(try state.object().keys == outcome.state.map { $0.name.replacing("/", with: "_") })
        for (name, value) in outcome.state {
            let golden = try state.member(name.replacing("/", with: "_")).tensor()
            expectClose(value, golden, relative: 2e-6, absolute: 1e-7, "\(name)")
        }
    }

    /// The comparison can fail: one part in ten thousand of the learning rate is noticed.
    @Test(arguments: [false, true])
    func aNudgedRateIsNoticed(sparse: Bool) throws {
        let expected = try KerasParityTests.golden.member("cases").member("adam").member("weights").tensors()
        let outcome = try run(.adam(learningRate: 0.010001), sparse: sparse)
        #expect(mismatch(outcome.weights[0], expected[0], absolute: 2e-7) != nil)
        #expect(mismatch(outcome.weights[1], expected[1], absolute: 2e-7) != nil)
    }

    /// An embedding's rows that never had a gradient stay bit for bit, and those absent for a step move.
    @Test func absentRowsMove() throws {
        let table = Parameter(Tensor.ones([3, 2]), role: "embeddings")
        let optimizer = Optimizer.adam()
        func step(_ row: Int32) throws {
            try optimizer.apply([(table, .rows(RowSparse(rows: Indices([row]), values: [[1, -1]], rowCount: 3)))])
        }
        try step(1)
        let before = table.value
        try step(0)
        let after = table.value
        #expect(after[2, 0] == 1 && after[2, 1] == 1)
        #expect(after[1, 0] < before[1, 0] && after[1, 1] > before[1, 1])
    }

    @Test(arguments: names)
    func argumentsReadAndWriteAsKerasDoes(_ name: String) throws {
        let description = try KerasParityTests.golden.member("cases").member(name)
        let optimizer = try optimizer(name)
        #expect(optimizer.name == (try description.member("class_name").string()))
        #expect(optimizer.config == (try description.member("config").object()))
    }

    @Test(arguments: try! golden.member("schedules").object().keys)
    func schedulesFollowKeras(_ name: String) throws {
        let golden = try KerasParityTests.golden.member("schedules").member(name)
        let schedule = try golden.member("description").value
        let config: JSON = ["learning_rate": schedule, "momentum": 0.0, "nesterov": false]
        let optimizer = try OptimizerRegistry().optimizer(
            from: (["class_name": "SGD", "config": config] as JSON).cursor(source: name))
        let weight = Parameter([0], role: "kernel")
        for (step, rate) in try golden.member("rates").floats().enumerated() {
            expectClose(optimizer.learningRate, rate, relative: 3e-7, absolute: 1e-9, "\(name) at \(step)")
            try optimizer.apply([(weight, .dense([0]))])
        }
        #expect(optimizer.config?["learning_rate"] == schedule)
    }
}
