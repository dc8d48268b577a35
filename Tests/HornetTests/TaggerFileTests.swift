import Hornet
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

/// A tagger's file: it tests itself when it is loaded, and files of earlier versions load for ever.
@Suite struct TaggerFileTests {
    private let path = "/tmp/hornet-tagger-file-\(UInt64.random(in: 0 ... .max))"

    private func tagger(_ layers: [Layer]? = nil) throws -> Tagger {
        let texts = ["Stocks rise", "The team wins", "Banks fear the tax", "Coach praises the team"]
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform([["economy"], ["sports"], ["economy", "politics"], ["sports"]])
        var tokenizer = Tokenizer()
        tokenizer.fit(onTexts: texts)
        let x = padSequences(tokenizer.textsToSequences(texts), maxLength: 4)
        let model = Sequential(
            layers ?? [Embedding(inputDim: 20, outputDim: 4), GlobalMaxPool1D(), Dense(3, activation: .sigmoid)], seed: 1)
        model.compile(optimizer: .adam(learningRate: 0.1), loss: .binaryCrossentropy)
        try model.fit(x, y, epochs: 10, verbose: 0)
        return Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 4)
    }

    /// Saves, lets `change` rewrite the file's tensors and metadata, and loads it.
    private func reload(
        _ change: (inout [(name: String, tensor: Tensor)], inout [(String, String)]) -> Void
    ) throws -> Tagger {
        defer { unlink(path) }
        try tagger().save(path, selfTest: ["The team wins, Stocks rise"])
        let file = try SafetensorsFile(path: path)
        var tensors = file.tensors
        var metadata = try file.metadata.map { ($0.key, try $0.value.cursor(source: path).string()) }
        change(&tensors, &metadata)
        try SafetensorsFile.write(to: path, tensors, metadata: metadata)
        return try Tagger(contentsOf: path)
    }

    private func message(_ body: () throws -> Tagger) -> String {
        do {
            _ = try body()
            return "nothing was thrown"
        } catch { return "\(error)" }
    }

    @Test func anUntouchedFileLoads() throws {
        let texts = ["the stocks", "", "coach"]
        let reloaded = try reload { _, _ in }
        #expect(try reloaded.scores(for: texts) == tagger().scores(for: texts))
    }

    @Test func aChangedWeightFailsTheSelfTest() {
        let problem = message {
            try reload { tensors, _ in
                let kernel = tensors.firstIndex { $0.name == "dense/kernel" }!
                tensors[kernel].tensor[0, 1] += 0.25
            }
        }
        #expect(problem.contains("the self-test failed at text 0: the score of politics is"))
    }

    @Test func otherWordsFailTheSelfTest() {
        let problem = message {
            try reload { _, metadata in
                let place = metadata.firstIndex { $0.0 == "tokenizer" }!
                let (before, after) = (#""lower": true"#, #""lower": false"#)
                #expect(metadata[place].1.contains(before))
                let parts = metadata[place].1.split(separator: before, omittingEmptySubsequences: false)
                metadata[place].1 = parts.joined(separator: after)
            }
        }
        #expect(problem.contains("the self-test failed at text 0: its token ids are"))
    }

    @Test func unknownVersionsAndNormalizersAreRefused() {
        for (before, after) in [(#""version":2"#, #""version":5"#), ("unicode-14", "unicode-99")] {
            let problem = message {
                try reload { _, metadata in
                    let place = metadata.firstIndex { $0.0 == "tagger" }!
                    #expect(metadata[place].1.contains(before))
                    metadata[place].1 = metadata[place].1.split(separator: before).joined(separator: after)
                }
            }
            #expect(problem.contains("reads versions up to 4 with keras-tokenizer/unicode-14.0.0"))
        }
    }

    @Test func aFileWithoutItsSelfTestIsRefused() {
        #expect(message { try reload { tensors, _ in tensors.removeLast() } }.contains("do not fit each other"))
        #expect(
            message { try reload { _, metadata in metadata.removeAll { $0.0 == "self_test" } } }
                .contains("self_test is missing"))
    }

    /// Thresholds, calibration and the promise of a tag come back; what an older version can't read has a newer number.
    @Test func decisionsComeBack() throws {
        defer { unlink(path) }
        let texts = ["the stocks", "", "coach", "banks wins"]
        let calibration = Calibration(
            [
                .sigmoid(slope: -0.5, intercept: 0.25), .isotonic(scores: [0.1, 0.6], probabilities: [0, 0.75]),
                .temperature(3),
            ], of: .probabilities)
        let plain = try tagger()
        let ways: [(Thresholds, Calibration?, Int)] = [
            ([0.25, 0.5, 0.125], nil, 2), (Thresholds([0.9, 0.9, 0.9], atLeastOne: true), nil, 3),
            ([0.25, 0.5, 0.125], calibration, 3),
        ]
        for (thresholds, calibration, version) in ways {
            let tagger = plain.with(thresholds: thresholds, calibration: calibration)
            try tagger.save(path)
            let text = try SafetensorsFile(path: path).metadata["tagger"]!.cursor(source: path).string()
            #expect(text.contains("\"version\":\(version)"))
            let loaded = try Tagger(contentsOf: path)
            #expect(loaded.thresholds == thresholds && loaded.calibration == calibration)
            let scores = try tagger.scores(for: texts)
            #expect(try loaded.scores(for: texts) == scores)
            let outputs = try plain.scores(for: texts)
            #expect(scores == calibration?.probabilities(of: outputs) ?? outputs)
            #expect(try tagger.scores(for: [texts[0]]) == scores[0..<1])
            let tags = try loaded.tags(for: texts)
            let decisions = thresholds.decisions(on: scores)
            for (row, tags) in tags.enumerated() {
                #expect(tags == (0..<3).filter { decisions[row, $0] == 1 }.map { tagger.labels[$0] })
                #expect(try loaded.tags(for: texts[row]) == tags)
                #expect(!thresholds.atLeastOne || !tags.isEmpty)
            }
        }
    }

    @Test func decisionsThatDoNotFitAreRefused() throws {
        let plain = try tagger()
        #expect { try plain.with(thresholds: [0.5]).tags(for: "text") } throws: {
            "\($0)".contains("there are 1 thresholds for 3 labels")
        }
        let calibration = Calibration([.temperature(1)], of: .logits)
        #expect { try plain.with(thresholds: plain.thresholds, calibration: calibration).tags(for: "text") } throws: {
            "\($0)".contains("the calibration has 1 maps for 3 labels")
        }
    }

    /// Texts of the vocabulary, when none are given, hold every kind of word.
    @Test func theDefaultTestCoversTheVocabulary() throws {
        defer { unlink(path) }
        try tagger().save(path)
        let texts = try JSON(parsing: SafetensorsFile(path: path).metadata["self_test"]!.cursor(source: path).string(), source: path)
            .cursor(source: path).member("texts").array().map { try $0.string() }
        #expect(texts.count == 4)
        #expect(texts[0] == "" && texts[1].hasPrefix("the team stocks") && texts[2].contains(", "))
    }

    /// Written when that was the newest version; the first had no self-test.
    @Test(arguments: ["dnn", "lstm"], [1, 2]) func filesOfAllVersionsLoad(_ name: String, _ version: Int) throws {
        let texts = [
            "Stocks rise as banks lend more", "The team wins the final game", "Banks fear the new tax bill",
            "Coach praises team after game", "Senate passes the tax bill", "Striker scores in the final",
            "Stocks fall after the senate vote", "Fans cheer the coach and team", "", "ÄÖÜ team",
        ]
        let expected = try JSON(parsing: Fixture.bytes("files/expected.json"), source: "expected.json")
            .cursor(source: "expected.json").member(name).array().map { Float(try $0.double()) }
        let tagger = try Tagger(contentsOf: Fixture.path("files/tagger_v\(version)_\(name).safetensors"))
        let scores = try tagger.scores(for: texts)
        #expect(scores.shape == [texts.count, 3])
        #expect(zip(scores.scalars, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        let model = try Sequential.load(Fixture.path("files/model_v1_\(name).safetensors"))
        let x = padSequences(tagger.tokenizer!.textsToSequences(texts), maxLength: 8)
        #expect(zip(try model.predict(x).scalars, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    /// Written when that was the newest version, from the file of version 2.
    @Test func filesOfVersion3Load() throws {
        let old = try Tagger(contentsOf: Fixture.path("files/tagger_v2_dnn.safetensors"))
        let tagger = try Tagger(contentsOf: Fixture.path("files/tagger_v3_dnn.safetensors"))
        #expect(tagger.thresholds == Thresholds([0.75, 0.5, 0.875], atLeastOne: true))
        let calibration = Calibration(
            [
                .sigmoid(slope: -0.5, intercept: 0.25), .isotonic(scores: [0.1, 0.6], probabilities: [0, 0.75]),
                .temperature(3),
            ], of: .probabilities)
        #expect(tagger.calibration == calibration)
        let texts = ["Stocks rise as banks lend more", "", "team"]
        #expect(try tagger.scores(for: texts) == calibration.probabilities(of: old.scores(for: texts)))
        #expect(try tagger.tags(for: texts).allSatisfy { !$0.isEmpty })
    }

    /// Written when that was the newest version, on two vectorizers.
    @Test func filesOfVersion4Load() throws {
        let tagger = try Tagger(contentsOf: Fixture.path("files/tagger_v4_bag.safetensors"))
        #expect(tagger.vectorizers.count == 2 && tagger.tokenizer == nil)
        #expect(tagger.thresholds == Thresholds([0.5, 0.45, 0.55]))
        let texts = ["Stocks rise as banks lend more", "", "The team wins"]
        let expected: [Float] = [
            0.83153176, 0.41025832, 0.39692578, 0.5508655, 0.58107907, 0.6175307, 0.3854226, 0.4350077, 0.8278686,
        ]
        #expect(zip(try tagger.scores(for: texts).scalars, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(try tagger.tags(for: texts) == [["economy"], ["economy", "politics", "sports"], ["sports"]])
    }

    /// Features without a weight, features that changed, and a way to read texts that is not known.
    @Test(arguments: [
        (#""rates and", "#, "", "there are 89 weights for 88 features"),
        (#""lowercase": true"#, #""lowercase": false"#, "the self-test failed at text 0"),
        ("sklearn-tfidf", "other-tfidf", "other-tfidf/unicode-14.0.0"),
    ])
    func damagedBagsAreRefused(_ before: String, _ after: String, _ problem: String) throws {
        let folder = TemporaryFolder()
        let file = try SafetensorsFile(path: Fixture.path("files/tagger_v4_bag.safetensors"))
        let source = "fixture"
        let metadata = try file.metadata.map { key, value in
            let text = try value.cursor(source: source).string()
            return (key, text.split(separator: before, omittingEmptySubsequences: false).joined(separator: after))
        }
        try SafetensorsFile.write(to: folder.file("damaged"), file.tensors, metadata: metadata)
        let error = #expect(throws: HornetError.self) { try Tagger(contentsOf: folder.file("damaged")) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
}
