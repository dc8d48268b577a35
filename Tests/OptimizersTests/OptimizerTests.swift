import HornetOptimizers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct OptimizerTests {
    private func weight(_ values: Tensor = [1, 2], _ path: String = "dense/kernel") -> Parameter {
        let parameter = Parameter(values, role: "kernel")
        parameter.path = path
        return parameter
    }

    /// Three steps that Keras 3.15 printed.
    @Test func adamsFirstSteps() throws {
        let (weight, adam) = (weight(), Optimizer.adam())
        let steps: [(gradient: Tensor, weight: Tensor)] = [
            ([0.1, -0.2], [0.999, 2.0009999]), ([0.3, 0], [0.99808222, 2.00166988]),
            ([0, 0], [0.99737281, 2.00218773]),
        ]
        for step in steps {
            try adam.apply([(weight, .dense(step.gradient))])
            expectClose(weight.value, step.weight, relative: 1e-7, absolute: 0)
        }
        #expect(adam.iterations == 3)
    }

    @Test func anEmptyStepDoesNotCount() throws {
        let sgd = Optimizer.sgd()
        try sgd.apply([])
        #expect(sgd.iterations == 0)
    }

    @Test func aScheduledRateCannotBeSet() throws {
        let scheduled = Optimizer.sgd(learningRate: .exponentialDecay(initial: 0.1, decaySteps: 10, decayRate: 0.5))
        #expect(throws: HornetError.self) { try scheduled.setLearningRate(0.1) }
        let constant = Optimizer.sgd(learningRate: 0.5)
        try constant.setLearningRate(0.25)
        let weight = weight()
        try constant.apply([(weight, .dense([1, 2]))])
        #expect(weight.value == [0.75, 1.5])
    }

    @Test func aRateFromAFunctionCannotBeWritten() {
        let optimizer = Optimizer.adam(learningRate: .schedule { step in 1 / Float(step + 1) })
        #expect(optimizer.learningRate == 1)
        #expect(optimizer.config == nil)
    }

    @Test func clippingLimitsWhatItSays() throws {
        func moved(_ clipping: GradientClipping) throws -> [Tensor] {
            let (a, b) = (weight([0, 0]), weight([0], "dense/bias"))
            try Optimizer.sgd(learningRate: 1, clipping: clipping).apply([(a, .dense([3, 4])), (b, .dense([12]))])
            return [a.value, b.value]
        }
        #expect(try moved(.none) == [[-3, -4], [-12]])
        let norm = try moved(.norm(1))
        expectClose(norm[0], [-0.6, -0.8])
        expectClose(norm[1], [-1])
        let global = try moved(.globalNorm(6.5))
        expectClose(global[0], [-1.5, -2])
        expectClose(global[1], [-6])
        #expect(try moved(.globalNorm(13)) == [[-3, -4], [-12]])
        #expect(try moved(.value(3.5)) == [[-3, -3.5], [-3.5]])
    }

    @Test func trainingGoesOnFromRestoredState() throws {
        let gradients = (0..<8).map { Tensor.random([5, 3], seed: UInt64($0) + 1) }
        func rows(_ k: Int) -> Gradient {
            .rows(RowSparse(rows: Indices([Int32(k % 5)]), values: gradients[k][0..<1], rowCount: 5))
        }
        for make in [{ Optimizer.adam() }, { .rmsprop(momentum: 0.9) }, { .adamW() }, { .nadam() }] {
            let (table, whole) = (weight(Tensor.random([5, 3]), "embeddings"), make())
            for k in 0..<4 { try whole.apply([(table, rows(k))]) }
            let saved = whole.state
            let copy = weight(table.value, "embeddings")
            let resumed = make()
            try resumed.restore(iterations: whole.iterations, of: [copy]) { name in
                saved.first { $0.name == name }?.value
            }
            for k in 4..<8 {
                try whole.apply([(table, rows(k))])
                try resumed.apply([(copy, rows(k))])
            }
            expectClose(copy.value, table.value, relative: 2e-7, absolute: 1e-8, whole.name)
        }
    }

    @Test func incompleteStateIsRefused() throws {
        let adam = Optimizer.adam()
        #expect(throws: HornetError.self) {
            try adam.restore(iterations: 3, of: [weight()]) { $0 == "dense/kernel/momentum" ? [0, 0] : nil }
        }
        #expect(adam.iterations == 0 && adam.stateCount == 0)
    }

    /// Keras writes the arrays of Adam weight by weight, those of RMSprop name by name.
    @Test func stateIsInKerasOrder() {
        let weights = [weight([1], "a"), weight([1], "b")]
        let (adam, rmsprop) = (Optimizer.adam(), Optimizer.rmsprop(momentum: 0.9))
        adam.build(weights)
        rmsprop.build(weights)
        #expect(adam.state.map(\.name) == ["a/momentum", "a/velocity", "b/momentum", "b/velocity"])
        #expect(rmsprop.state.map(\.name) == ["a/velocity", "b/velocity", "a/momentum", "b/momentum"])
        #expect(adam.stateCount == 6)
    }

    @Test func unknownClassesAndBadArgumentsAreRefused() throws {
        func read(_ description: JSON) throws {
            _ = try OptimizerRegistry().optimizer(from: description.cursor(source: "test"))
        }
        let config: JSON.Object = ["learning_rate": 0.1, "momentum": 0.9, "nesterov": true]
        try read(["class_name": "SGD", "config": .object(config)])
        #expect(throws: HornetError.self) { try read(["class_name": "Muon", "config": .object(config)]) }
        let bad: [(String, JSON)] = [
            ("momentum", 1.5), ("weight_decay", -1.0), ("use_ema", true), ("loss_scale_factor", 2.0),
            ("learning_rate", ["class_name": "Unheard", "config": [:]]),
        ]
        for (key, value) in bad {
            var wrong = config
            wrong[key] = value
            #expect(throws: HornetError.self, "\(key)") { try read(["class_name": "SGD", "config": .object(wrong)]) }
        }
        var twice = config
        twice["clipnorm"] = 1.0
        twice["clipvalue"] = 1.0
        #expect(throws: HornetError.self) { try read(["class_name": "SGD", "config": .object(twice)]) }
    }

    /// Weights change in place.
    @Test(arguments: ["sgd", "rmsprop", "adam"])
    func stepsDoNotMoveTheWeights(_ name: String) throws {
        let optimizers = ["sgd": Optimizer.sgd(momentum: 0.9), "rmsprop": .rmsprop(), "adam": .adam()]
        let optimizer = try #require(optimizers[name])
        let (kernel, table) = (weight(Tensor.ones([8, 8])), weight(Tensor.ones([50, 8]), "embeddings"))
        let dense = Gradient.dense(Tensor.ones([8, 8]))
        let rows = Gradient.rows(RowSparse(rows: Indices([3, 1, 40]), values: Tensor.ones([3, 8]), rowCount: 50))
        func address() -> [UInt] { [kernel, table].map { $0.storage.read { UInt(bitPattern: $0) } } }
        try optimizer.apply([(kernel, dense), (table, rows)])
        let before = address()
        for _ in 0..<5 { try optimizer.apply([(kernel, dense), (table, rows)]) }
        #expect(address() == before)
    }
}
