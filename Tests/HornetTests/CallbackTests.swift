import Hornet
import HornetTestSupport
import Testing

/// EarlyStopping and ReduceLROnPlateau against Keras on random figures (`Tests/Oracles/callbacks.py`).
@Suite struct CallbackTests {
    private static let golden = try! JSON(parsing: Fixture.bytes("callbacks.json"), source: "callbacks.json")
        .cursor(source: "callbacks.json")

    /// One weight, so that a test can tell which epoch's weights are there.
    private func model() throws -> Sequential {
        let model = Sequential([Dense(1, useBias: false)])
        try model.build(inputShape: [nil, 1])
        model.compile(optimizer: .sgd(learningRate: 0.5), loss: .meanSquaredError)
        return model
    }

    private func mode(_ options: JSON.Cursor) throws -> MonitorMode {
        switch try options.member("mode").string() {
        case "min": .min
        case "max": .max
        default: .auto
        }
    }

    @Test func earlyStoppingDoesAsKerasDoes() throws {
        let cases = try Self.golden.member("early_stopping").array()
        #expect(cases.count >= 400)
        var stops = 0
        for golden in cases {
            let options = try golden.member("options")
            let callback = EarlyStopping(
                monitor: "loss", minDelta: try options.member("min_delta").double(),
                patience: try options.member("patience").int(), mode: try mode(options),
                baseline: try options.optional("baseline")?.double(),
                restoreBestWeights: try options.member("restore_best_weights").bool(),
                startFromEpoch: try options.member("start_from_epoch").int())
            let model = try model()
            callback.model = model
            try callback.onTrainBegin()
            var last = -1
            for (epoch, value) in try golden.member("values").array().enumerated() {
                try model.setWeights([Tensor([[Float(epoch + 1)]])])
                var logs = Logs([("loss", try value.double())])
                callback.onEpochEnd(epoch, &logs)
                last = epoch
                if model.stopTraining { break }
            }
            try callback.onTrainEnd()
            #expect(try last == golden.member("last_epoch").int(), "\(golden.value)")
            #expect(try (callback.stoppedEpoch ?? 0) == golden.member("stopped_epoch").int(), "\(golden.value)")
            #expect(try Double(model.weights[0].value.scalar) == golden.member("weight").double(), "\(golden.value)")
            stops += callback.stoppedEpoch == nil ? 0 : 1
        }
        // Both outcomes are among the cases.
        #expect(stops > 50 && stops < cases.count - 50)
    }

    @Test func reduceLROnPlateauDoesAsKerasDoes() throws {
        for golden in try Self.golden.member("plateau").array() {
            let options = try golden.member("options")
            let callback = ReduceLROnPlateau(
                monitor: "loss", factor: try options.member("factor").double(),
                patience: try options.member("patience").int(), mode: try mode(options),
                minDelta: try options.member("min_delta").double(), cooldown: try options.member("cooldown").int(),
                minLR: try options.member("min_lr").double())
            let model = try model()
            callback.model = model
            try callback.onTrainBegin()
            let rates = try golden.member("rates").array().map { try $0.double() }
            for (epoch, value) in try golden.member("values").array().enumerated() {
                var logs = Logs([("loss", try value.double())])
                try callback.onEpochEnd(epoch, &logs)
                #expect((Double(model.learningRate) - rates[epoch]).magnitude < 1e-6 * rates[epoch], "\(golden.value)")
            }
        }
    }

    @Test func monitoringNothingKnownNeedsAMode() throws {
        let callback = EarlyStopping(monitor: "no_such_figure")
        let model = try model()
        callback.model = model
        #expect(throws: HornetError.self) { try callback.onTrainBegin() }
    }

    @Test func scheduleAndClosuresRunAtTheirMoments() throws {
        let model = try model()
        var moments: [String] = []
        var rates: [Float] = []
        let x: Tensor = [[1], [2], [3]]
        let history = try model.fit(
            x, x, epochs: 2, batchSize: 2, verbose: 0,
            callbacks: [
                .learningRateScheduler { epoch, rate in epoch == 0 ? 0.1 : rate / 2 },
                .closures(
                    onEpochBegin: { moments.append("begin \($0)") }, onEpochEnd: { epoch, _ in moments.append("end \(epoch)") },
                    onTrainBatchEnd: { batch, _ in
                        moments.append("batch \(batch)")
                        rates.append(model.learningRate)
                    }, onTrainBegin: { moments.append("train") }, onTrainEnd: { moments.append("done") }),
            ])
        #expect(moments == ["train", "begin 0", "batch 0", "batch 1", "end 0", "begin 1", "batch 0", "batch 1", "end 1", "done"])
        #expect(rates == [0.1, 0.1, 0.05, 0.05])
        #expect(history["learning_rate"] == [Double(Float(0.1)), Double(Float(0.05))])
    }

    @Test func terminateOnNaNStopsAtTheBatch() throws {
        let model = try model()
        model.compile(optimizer: .sgd(learningRate: 1e30), loss: .meanSquaredError)
        let x = Tensor.full([64, 1], 1e10)
        let history = try model.fit(x, x, epochs: 5, batchSize: 8, verbose: 0, callbacks: [.terminateOnNaN])
        #expect(history["loss"].count == 1)
    }

    @Test func aScheduledRateCannotBeSet() throws {
        let model = try model()
        model.compile(
            optimizer: .sgd(learningRate: .exponentialDecay(initial: 0.1, decaySteps: 10, decayRate: 0.5)),
            loss: .meanSquaredError)
        #expect(throws: HornetError.self) { try model.setLearningRate(0.2) }
    }

    @Test func checkpointPathsAreFilled() throws {
        let logs = Logs([("loss", 0.12345), ("val_loss", 2)])
        #expect(try ModelCheckpoint.fill("m-{epoch:03d}-{val_loss:.2f}.safetensors", epoch: 7, logs) == "m-007-2.00.safetensors")
        #expect(throws: HornetError.self) { try ModelCheckpoint.fill("{f1:.2f}", epoch: 1, logs) }
        #expect(throws: HornetError.self) { try ModelCheckpoint.fill("{loss:x}", epoch: 1, logs) }
    }
}
