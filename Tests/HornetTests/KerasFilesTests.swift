import Hornet
import HornetSupport
import HornetTestSupport
import Testing

/// Models that Keras saved (`Tests/Oracles/keras_files.py`): they predict what they predicted there, and their training
/// goes on as it would have.
@Suite struct KerasFilesTests {
    private static let expectations = Fixture.json("keras/models.json")
    private static let keras2 = Fixture.json("keras/keras2.json")

    private struct Expected {
        let x: any ModelData
        let y: Tensor
        let predictions: Tensor
        let layers: [String]
        let iterations: Int
        let losses: [Double]?

        init(_ name: String) throws {
            let entries = try [expectations, keras2].compactMap { try $0.member("models").optional(name) }
            let entry = entries[0]
            let isInteger = try entry.member("x").member("data").array().allSatisfy { (try? $0.int()) != nil }
            x = isInteger ? try entry.member("x").indices() : try entry.member("x").tensor()
            y = try entry.member("y").tensor()
            predictions = try entry.member("predictions").tensor()
            layers = try entry.member("layers").strings()
            iterations = try entry.member("iterations").int()
            losses = try entry.optional("losses")?.doubles()
        }
    }

    /// All models in all forms that there are fixtures of.
    static let whole = [
        "every_layer.keras", "every_layer.h5", "adam.keras", "adam.h5", "functional.keras", "functional.h5",
        "features.keras", "features.h5", "sgd.keras", "amsgrad.keras", "adamw.keras", "adagrad.keras", "adadelta.keras",
        "adamax.keras", "lion.keras", "keras2_recurrent.h5", "keras2_recurrent.keras", "keras2_adam.h5", "keras2_adam.keras",
        "keras2_functional.h5", "keras2_functional.keras", "keras2_old_adam.h5", "keras2_old_rmsprop.h5",
        "keras2_old_sgd.h5", "keras2_nadam.h5", "keras2_adamax.h5", "keras2_adadelta.h5", "keras2_adagrad.h5",
    ]

    private func expected(_ file: String) throws -> Expected {
        try Expected(String(file.prefix { $0 != "." }))
    }

    private func predictions(_ model: Sequential, _ x: any ModelData) throws -> Tensor {
        if let ids = x as? Indices { return try model.predict(ids) }
        return try model.predict(x as! Tensor)
    }

    private func losses(_ model: Sequential, _ expected: Expected) throws -> [Double] {
        func fit(_ x: some ModelData) throws -> History {
            try model.fit(x, expected.y, epochs: 3, batchSize: 4, shuffle: false, verbose: 0)
        }
        let history = if let ids = expected.x as? Indices { try fit(ids) } else { try fit(expected.x as! Tensor) }
        return history["loss"]
    }

    @Test(arguments: whole) func kerasModelsPredictAndTrainOn(_ file: String) throws {
        let expected = try expected(file)
        let (model, warnings) = try Warning.collected { try Sequential.load(Fixture.path("keras/" + file)) }
        #expect(warnings.isEmpty)
        #expect(model.layers.map(\.name) == expected.layers)
        expectClose(try predictions(model, expected.x), expected.predictions, relative: 1e-6, absolute: 1e-7, file)
        #expect(model.optimizer?.iterations == expected.iterations)
        guard let kerasLosses = expected.losses else { return }
        let losses = try losses(model, expected)
        expectClose(
            Tensor(losses.map { Float($0) }), Tensor(kerasLosses.map { Float($0) }), relative: 1e-5, absolute: 0, file)
    }
}
