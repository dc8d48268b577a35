import Hornet
import HornetModelFiles
import HornetSupport
import HornetTestSupport
import Testing

/// Functional models that Keras saved (`Tests/Oracles/keras_graphs.py`): several inputs and outputs, masks that merge, models
/// within models. They predict what they predicted there, and their training goes on as it would have, in Hornet's files too.
@Suite struct KerasGraphsTests {
    static let names = ["ends", "passing", "masks", "nested", "unused", "stacked", "chained", "keyed"] + ofKeras2
    /// What Keras 2 saved (`Tests/Oracles/keras2_files.py`).
    static let ofKeras2 = ["keras2_ends", "keras2_nested", "keras2_merging"]
    private static let expectations = ["keras/graphs.json", "keras/keras2_graphs.json"].map(Fixture.json)

    private struct Expected {
        let x: [any ModelData]
        let y: [any ModelData]
        let predictions: [Tensor]
        let layers: [String]
        let history: [(name: String, values: [Double])]

        init(_ name: String) throws {
            let entry = try expectations[name.hasPrefix("keras2_") ? 1 : 0].member(name)
            x = try entry.member("x").array().map { x in
                let isInteger = try x.member("data").array().allSatisfy { (try? $0.int()) != nil }
                return isInteger ? try x.indices() : try x.tensor()
            }
            y = try entry.member("y").array().map { try $0.tensor() }
            predictions = try entry.member("predictions").array().map { try $0.tensor() }
            layers = try entry.member("layers").strings()
            let history = try entry.optional("history")
            self.history = try history?.object().map { ($0.key, try history!.member($0.key).doubles()) } ?? []
        }
    }

    private func expectPredictions(_ model: Model, _ expected: Expected, _ file: String) throws {
        let found = try model.predict(expected.x)
        #expect(found.count == expected.predictions.count)
        for (found, wanted) in zip(found, expected.predictions) {
            expectClose(found, wanted, relative: 1e-6, absolute: 1e-7, file)
        }
    }

    private func expectTraining(_ model: Model, _ expected: Expected, _ file: String) throws {
        guard !expected.history.isEmpty else { return }
        let history = try model.fit(expected.x, expected.y, epochs: 3, batchSize: 4, shuffle: false, verbose: 0)
        #expect(history.names == expected.history.map(\.name), "\(file)")
        for (name, values) in expected.history {
            expectClose(
                Tensor(history[name].map { Float($0) }), Tensor(values.map { Float($0) }), relative: 1e-5, absolute: 0,
                "\(file): \(name)")
        }
    }

    @Test(arguments: names, [".keras", ".h5"]) func kerasModelsPredictAndTrainOn(_ name: String, _ ending: String) throws {
        let (expected, file) = (try Expected(name), name + ending)
        let (model, warnings) = try Warning.collected { try Model.load(Fixture.path("keras/graph_" + file)) }
        #expect(warnings.isEmpty, "\(warnings)")
        // Keras 2's list has the layers of models within under the model's name.
        #expect(model.layers.map(\.name).filter { !name.hasPrefix("keras2_") || !$0.contains("/") } == expected.layers)
        try expectPredictions(model, expected, file)
        #expect((model.optimizer != nil) == !expected.history.isEmpty)
        try expectTraining(model, expected, file)
    }

    /// Layers that take masked steps as Keras 2 did come back from Hornet's form; Keras 3 has none like them.
    @Test(arguments: [".keras", ".h5"]) func layersThatKeras3DoesNotHave(_ ending: String) throws {
        let folder = TemporaryFolder()
        let expected = try Expected("keras2_choosing")
        let model = try Model.load(Fixture.path("keras/graph_keras2_choosing" + ending))
        try expectPredictions(model, expected, ending)
        try model.save(folder.file("model.safetensors"))
        try expectPredictions(try Model.load(folder.file("model.safetensors")), expected, "safetensors")
        #expect { try model.save(folder.file("model" + ending)) } throws: {
            "\($0)".contains("it takes masked steps as Keras 2 did")
        }
        try expectTraining(model, expected, ending)
    }

    /// The same in Hornet's forms: written, read, and trained on.
    @Test(arguments: names, [".keras", ".h5", ".safetensors"])
    func theyComeBackFromOurFiles(_ name: String, _ ending: String) throws {
        let folder = TemporaryFolder()
        let expected = try Expected(name)
        let model = try Model.load(Fixture.path("keras/graph_\(name).keras"))
        let path = folder.file("model" + ending)
        try model.save(path)
        let loaded = try Model.load(path)
        try expectPredictions(loaded, expected, name + ending)
        #expect(loaded.inputNames == model.inputNames && loaded.outputNames == model.outputNames)
        guard ending != ".safetensors" else { return #expect(loaded.layers.map(\.name) == model.layers.map(\.name)) }
        try expectTraining(loaded, expected, name + ending)
    }

    /// Keras opens our files, predicts the same, and trains on to the same losses.
    @Test(.enabled(if: Oracle.isThere)) func kerasOpensOurFiles() throws {
        let folder = TemporaryFolder()
        func array(_ tensor: Tensor) -> JSON {
            ["shape": .array(tensor.shape.map(JSON.integer)), "data": .array(tensor.scalars.map { .number(Double($0)) })]
        }
        var list: [JSON] = []
        for name in KerasGraphsTests.names {
            let expected = try Expected(name)
            let model = try Model.load(Fixture.path("keras/graph_\(name).keras"))
            for (ending, weights) in [(".keras", ".weights.h5"), (".h5", "_weights.h5")] {
                try model.save(folder.file(name + ending))
                try model.saveWeights(folder.file(name + weights))
                let isAlone = expected.x.count == 1 && expected.predictions.count == 1
                let x = expected.x.map { x in
                    (x as? Indices).map { Tensor($0.ids.map(Float.init), shape: $0.shape) } ?? x as! Tensor
                }
                let kinds = expected.x.map { $0 is Indices ? "int32" : "float32" as JSON }
                func value(_ parts: [JSON]) -> JSON { isAlone ? parts[0] : .array(parts) }
                let history = expected.history.first { $0.name == "loss" }
                list.append([
                    "name": .string(model.name), "file": .string(name + ending), "weights": .string(name + weights),
                    "dtype": value(kinds), "x": value(x.map(array)),
                    "y": expected.y.isEmpty ? [] : value(expected.y.map { array($0 as! Tensor) }),
                    "predictions": value(expected.predictions.map(array)),
                    "compiled": .bool(history != nil), "iterations": .integer(model.optimizer?.iterations ?? 0),
                    "figures": .array(expected.history.map { .string($0.name) }),
                    "losses": .array((history?.values ?? []).map(JSON.number)),
                ])
            }
        }
        try writeAtomically(to: folder.file("cases.json")) { try $0.write(JSON.array(list).text()) }
        #expect(Oracle.run("check_keras_files.py", folder.path))
    }

    /// Weights alone, from Keras' files and from our own.
    @Test(arguments: names) func weightsAreTaken(_ name: String) throws {
        let folder = TemporaryFolder()
        let expected = try Expected(name)
        let model = try Model.load(Fixture.path("keras/graph_\(name).keras"))
        for ending in [".weights.h5", "_weights.h5", ".h5"] { try model.saveWeights(folder.file("own" + ending)) }
        let files = [".weights.h5", ".h5", ".keras"].map { Fixture.path("keras/graph_\(name)\($0)") }
            + [".weights.h5", "_weights.h5"].map { folder.file("own" + $0) }
        for file in files {
            try model.setWeights(model.weights.map { $0.value + 1 })
            try Warning.handled(by: { _ in }) { try model.loadWeights(file) }
            try expectPredictions(model, expected, file)
        }
    }

    /// The comparison sees outputs that change places, and a mask that is left out.
    @Test func wrongModelsAreSeen() throws {
        let ends = try Expected("ends")
        let swapped = try Model.load(Fixture.path("keras/graph_ends.keras")).predict([ends.x[0], ends.x[1], ends.x[2]])
        #expect(swapped[0].shape != swapped[1].shape && swapped[0] == swapped[2])
        let masks = try Expected("masks")
        let model = try Model.load(Fixture.path("keras/graph_masks.keras"))
        let answers = try model.predict([masks.x[1], masks.x[0]])[0]
        #expect(zip(answers.scalars, masks.predictions[0].scalars).contains { abs($0 - $1) > 1e-4 })
    }

    /// What a file asks for that layers here do not do.
    @Test(arguments: [
        ("masks", #""class_name": "LogicalOr""#, #""class_name": "LogicalXor""#, "the operation logical_or"),
        ("masks", #""class_name": "LogicalOr""#, #""class_name": "LogicalAnd""#, "is called with a mask that is not its input's"),
        ("masks", #""axis": -1, "keepdims": false"#, #""axis": 0, "keepdims": false"#, "the operation any"),
        // What is padding for the mask is none for the layer.
        ("masks", #""keras_history": ["a", 0, 0]}}, 0]"#, #""keras_history": ["a", 0, 0]}}, 7]"#, "is called with a mask that is not its input's"),
        ("ends", #""keras_history": ["titel", 0, 0]"#, #""keras_history": ["schlagworte", 0, 0]"#, "its own output"),
        ("ends", #""keras_history": ["titel", 0, 0]"#, #""keras_history": ["titel", 1, 0]"#, "what no layer gives before"),
        ("ends", #""output_layers": [["#, #""output_layers": [["nirgends", 0, 0], ["#, "the model's output is what no layer gives"),
        ("ends", #""input_layers": [["#, #""input_layers": [["nirgends", 0, 0], ["#, "the shape of the input is not known"),
        ("nested", #""class_name": "Sequential""#, #""class_name": "Subclassed""#, "layer leser (Subclassed)"),
        ("nested", #""class_name": "BatchNormalization""#, #""class_name": "Spectral""#, "layer kopf/batch_normalization_1 (Spectral)"),
        ("nested", #""keras_history": ["kopf", 1, 0]"#, #""keras_history": ["kopf", 1, 7]"#, "several outputs"),
        ("nested", #""keras_history": ["q", 0, 0]"#, #""keras_history": ["kern", 0, 0]"#, "the model kopf/: "),
    ])
    func whatCanNotBeReadIsNamed(_ name: String, _ before: String, _ after: String, _ reason: String) throws {
        let folder = TemporaryFolder()
        let archive = try ZipArchive(MappedFile(path: Fixture.path("keras/graph_\(name).keras")))
        let config = String(decoding: try archive.bytes(of: "config.json")!, as: UTF8.self)
        let parts = config.split(separator: before, omittingEmptySubsequences: false)
        #expect(parts.count > 1)
        let changed = parts[0] + after + parts.dropFirst().joined(separator: before)
        let bytes = StoredZip.archive([
            ("config.json", Array(changed.utf8)), ("model.weights.h5", try archive.bytes(of: "model.weights.h5")!),
        ])
        try writeAtomically(to: folder.file("changed.keras")) { try $0.write(bytes) }
        #expect { try Model.load(folder.file("changed.keras")) } throws: { error in
            if !"\(error)".contains(reason) { print("\(reason) / \(error)") }
            return "\(error)".contains(reason)
        }
    }

    /// Models within models that ask for more calls than a file could have.
    @Test func modelsThatGrowWithoutEndAreRefused() throws {
        // Each calls the one within twice.
        func model(_ depth: Int) -> String {
            let input = #"{"class_name": "InputLayer", "config": {"batch_shape": [null, 2], "name": "x"}, "inbound_nodes": []}"#
            func call(_ on: String, _ number: Int) -> String { #"{"args": [["\#(on)", \#(number), 0]], "kwargs": {}}"# }
            let inner = depth == 0
                ? #"{"class_name": "Dense", "config": {"name": "m", "units": 2, "activation": "linear", "trainable": true}, "#
                : model(depth - 1).dropLast() + ", "
            return #"{"class_name": "Functional", "config": {"name": "m", "trainable": true, "layers": [\#(input), \#(inner)"name": "m", "#
                + #""inbound_nodes": [\#(call("x", 0)), \#(call("m", 0))]}], "input_layers": ["x", 0, 0], "output_layers": ["m", 1, 0]}}"#
        }
        let folder = TemporaryFolder()
        for (depth, reason) in [(2, "the weight m/m/m/kernel is missing"), (20, "the model calls layers more than")] {
            let weights = try ZipArchive(MappedFile(path: Fixture.path("keras/graph_ends.keras"))).bytes(of: "model.weights.h5")!
            let bytes = StoredZip.archive([("config.json", Array(model(depth).utf8)), ("model.weights.h5", weights)])
            try writeAtomically(to: folder.file("m.keras")) { try $0.write(bytes) }
            #expect { try Model.load(folder.file("m.keras")) } throws: { error in
                if !"\(error)".contains(reason) { print("\(reason) / \(error)") }
                return "\(error)".contains(reason)
            }
        }
    }
}
