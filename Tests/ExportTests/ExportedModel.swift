import Hornet
import HornetExport
import HornetSupport
import SwiftProtobuf

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A model, built, and what an export of it holds.
struct ExportedModel {
    let model: Model

    init(_ layers: [Layer], input: Shape = [nil, 6], name: String = "sequential") throws {
        model = Sequential(layers, name: name, seed: 3)
        try model.build(inputShape: input)
    }

    /// Layers that branch, merge, and are called twice.
    static var branches: ExportedModel {
        get throws {
            let ids = Input(shape: [6])
            let words = Embedding(inputDim: 9, outputDim: 4, maskZero: true)(ids)
            let shared = Dense(4)
            let both = Maximum()([shared(words), shared(LSTM(4, returnSequences: true)(words))])
            let output = Concatenate()([GlobalMaxPool1D()(both), GlobalAveragePooling1D()(words)])
            return ExportedModel(model: try Model(inputs: ids, outputs: output, seed: 3))
        }
    }

    private init(model: Model) { self.model = model }

    static var tags: ExportedModel {
        get throws {
            try ExportedModel([
                Embedding(inputDim: 9, outputDim: 4), GlobalMaxPool1D(), Dense(3, activation: .relu), Dropout(0.2),
                Dense(2, activation: .sigmoid),
            ])
        }
    }

    /// With every layer that can be exported, and the graphs within graphs that some need.
    static var all: [ExportedModel] {
        get throws {
            func embedding() -> Embedding { Embedding(inputDim: 9, outputDim: 4, maskZero: true) }
            return [
                try tags, try branches,
                try ExportedModel([
                    embedding(), SpatialDropout1D(0.1), LSTM(3, returnSequences: true), Dense(3),
                    GlobalAveragePooling1D(), Activation(.softmax),
                ]),
                try ExportedModel(
                    [
                        Masking(),
                        Bidirectional(GRU(3, returnSequences: true, zeroOutputForMask: true), mergeMode: .ave),
                        GRU(2, returnSequences: true, goBackwards: true, resetAfter: false), Flatten(),
                    ], input: [nil, 5, 2]),
                try ExportedModel([embedding(), SimpleRNN(3, activation: .silu, returnSequences: true), SimpleRNN(2)]),
                try ExportedModel(
                    [embedding(), Bidirectional(LSTM(3, activation: .relu)), Dense(2, name: "größer: 1")],
                    input: [nil, nil]),
                try ExportedModel([
                    embedding(), Conv1D(4, kernelSize: 2, padding: .causal, groups: 2, activation: .softmax),
                    BatchNormalization(), MaxPooling1D(padding: .same), Permute([2, 1]), LayerNormalization(),
                    AveragePooling1D(), Reshape([-1]), RepeatVector(2), Conv1D(2, kernelSize: 2), Flatten(),
                ]),
            ]
        }
    }

    func savedModel() throws -> TFMetaGraphDef {
        let folder = "/tmp/hornet-export-\(UInt64.random(in: .min ... .max))"
        defer {
            unlink(folder + "/saved_model.pb")
            rmdir(folder)
        }
        try model.export(to: folder)
        return try TFSavedModel(serializedBytes: ExportedModel.bytes(folder + "/saved_model.pb")).metaGraphs[0]
    }

    func onnx() throws -> ONNXModelProto {
        let path = "/tmp/hornet-export-\(UInt64.random(in: .min ... .max)).onnx"
        defer { unlink(path) }
        try model.export(to: path)
        return try ONNXModelProto(serializedBytes: ExportedModel.bytes(path))
    }

    static func bytes(_ path: String) throws -> [UInt8] { try MappedFile(path: path).withUnsafeBytes(Array.init) }
}

/// Little-endian floats.
func floats(_ bytes: some Collection<UInt8>) -> [Float] {
    Array(bytes).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
