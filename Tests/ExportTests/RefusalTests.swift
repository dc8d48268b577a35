import Hornet
import HornetExport
import HornetSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What can't be exported is named, and leaves nothing behind.
@Suite struct RefusalTests {
    private final class Doubled: Layer {
        override func forward(_ x: Value, _ pass: Pass) -> Value { x * 2 }
    }

    private func message(_ layers: [Layer], input: Shape = [nil, 6], _ format: ExportFormat) throws -> String {
        let model = try ExportedModel(layers, input: input).model
        let path = "/tmp/hornet-export-\(UInt64.random(in: .min ... .max))"
        let error = #expect(throws: HornetError.self) { try model.export(to: path, format: format) }
        #expect(access(path, F_OK) != 0)
        return error.map { "\($0)" } ?? ""
    }

    @Test(arguments: zip(ExportFormat.allCases, ["TensorFlow", "ONNX"]))
    func layersOfOnesOwn(format: ExportFormat, target: String) throws {
        #expect(
            try message([Dense(2), Doubled(name: "twice")], format).hasPrefix(
                "layer twice (Doubled): a layer of this kind can't be exported to \(target). Replace it"))
    }

    @Test(arguments: ExportFormat.allCases)
    func activationsOfOnesOwn(format: ExportFormat) throws {
        let cube = ActivationFunction("cube") { $0 * $0 * $0 }
        for layer in [Dense(2, activation: cube, name: "it"), Activation(cube, name: "it")] {
            let text = try message([layer], format)
            #expect(text.hasPrefix("layer it (\(layer.className)): the activation cube can't be exported"))
        }
        let inner = try message([Bidirectional(LSTM(2, recurrentActivation: cube))], input: [nil, 6, 2], format)
        #expect(inner.hasPrefix("layer bidirectional/forward_lstm (LSTM): the activation cube can't be exported"))
    }

    @Test(arguments: ExportFormat.allCases)
    func modelsWithoutWeights(format: ExportFormat) {
        let model = Sequential([Dense(1)])
        let error = #expect(throws: HornetError.self) { try model.export(to: "/tmp/nothing", format: format) }
        #expect(error?.problem == "the model has no weights yet")
    }

    @Test func modelsThatAreTooLarge() throws {
        try ExportLimit.check((1 << 31) - 2, at: "model news")
        let error = #expect(throws: HornetError.self) { try ExportLimit.check((1 << 31) - 1, at: "model news") }
        #expect(error.map { "\($0)" }?.hasPrefix("model news: the exported model would be larger than 2 GB") == true)
    }
}
