import Hornet
import HornetExport
import HornetSupport
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The parts of a tagger beside each other in a folder.
@Suite struct TaggerExportTests {
    private static let names = [
        "tagger.safetensors", "tokenizer.json", "labels.json", "model.keras", "model.h5", "saved_model/saved_model.pb",
        "model.onnx",
    ]

    private func tagger() throws -> Tagger {
        let texts = ["Stocks rise", "The team wins", "Banks fear the tax", "Coach praises the team"]
        var binarizer = MultiLabelBinarizer()
        _ = binarizer.fitTransform([["economy"], ["sports"], ["economy", "politics"], ["sports"]])
        var tokenizer = Tokenizer()
        tokenizer.fit(onTexts: texts)
        let model = Sequential(
            [Embedding(inputDim: 20, outputDim: 4, maskZero: true), LSTM(3), Dense(3, activation: .sigmoid)], seed: 1)
        try model.build(inputShape: [nil, 4])
        return Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 4)
    }

    @Test func allPartsAreWrittenBesideEachOther() throws {
        let scratch = TemporaryFolder()
        let folder = scratch.file("new/news")
        let tagger = try tagger()
        try tagger.export(to: folder, [.labels])
        #expect(Self.names.filter { access(folder + "/" + $0, F_OK) == 0 } == ["labels.json"])
        try tagger.export(to: folder)
        for name in Self.names { #expect(access(folder + "/" + name, F_OK) == 0, "\(name)") }

        // What can be read here says what it was.
        let texts = ["the stocks", "", "coach"]
        let scores = try tagger.scores(for: texts)
        #expect(try Tagger(contentsOf: folder + "/tagger.safetensors").scores(for: texts) == scores)
        let json = try MappedFile(path: folder + "/tokenizer.json").withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        let ids = padSequences(try Tokenizer(json: json).textsToSequences(texts), maxLength: 4)
        for name in ["model.keras", "model.h5"] {
            #expect(try Sequential.load(folder + "/" + name).predict(ids) == scores, "\(name)")
        }
        let labels = try JSON(
            parsing: MappedFile(path: folder + "/labels.json").withUnsafeBytes { Array($0) }, source: "labels")
        #expect(try labels.cursor(source: "labels").member("labels").strings() == tagger.labels)
    }
}
