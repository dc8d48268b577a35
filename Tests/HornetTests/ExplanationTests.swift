import Hornet
import HornetModelFiles
import HornetSupport
import HornetTestSupport
import Testing

/// What words contribute: sums, the text without the word, Keras' gradients, and where words stand.
@Suite struct ExplanationTests {
    /// The word of id `k` is `wk`.
    private func tokenizer(_ count: Int) -> Tokenizer {
        var tokenizer = Tokenizer(numWords: count)
        tokenizer.fit(onWordLists: (1..<count).map { Array(repeating: "w\($0)", count: count - $0) })
        return tokenizer
    }

    private func labels(_ count: Int) throws -> MultiLabelBinarizer {
        try MultiLabelBinarizer(classes: (0..<count).map { "label\($0)" })
    }

    private func tagger(_ layers: [Layer], words: Int = 40, time: Int = 10, labels count: Int = 3) throws -> Tagger {
        let model = Sequential(layers, seed: 7)
        try model.build(inputShape: [nil, time])
        return Tagger(tokenizer: tokenizer(words), model: model, labels: try labels(count), maxLength: time)
    }

    private let wide = Initializer.uniform(-1, 1)
    private let text = "w3 W5, unknown: w39 w3 w12!"

    // MARK: Sums

    @Test func linearHeadsAreExact() throws {
        for isMean in [false, true] {
            for isMasked in [false, true] {
                let tagger = try tagger([
                    Embedding(inputDim: 40, outputDim: 8, maskZero: isMasked, embeddingsInitializer: wide),
                    SpatialDropout1D(0.5), isMean ? GlobalAveragePooling1D() : GlobalMaxPool1D(), Dropout(0.5),
                    Dense(3, activation: .sigmoid, kernelInitializer: wide, biasInitializer: wide),
                ])
                let explanation = try tagger.explain(text, label: "label1")
                #expect(explanation.method == .exact)
                #expect(explanation.gap.magnitude < 1e-5 && explanation.elsewhere == 0)
                // The sigmoid of what the contributions add up to is the score.
                let sum = explanation.pieces.reduce(explanation.base) { $0 + $1.contribution }
                #expect((Tensor([Float(sum)]).sigmoid().scalars[0] - explanation.score).magnitude < 1e-5)
                #expect(explanation.pieces.map(\.text) == ["w3", "W5", "unknown", "w39", "w3", "w12"])
                #expect(explanation.pieces[2].contribution == 0)
                #expect(explanation.pieces.contains { $0.contribution.magnitude > 0.01 })
                if !isMasked {
                    // Without words there is nothing but the base.
                    let empty = try tagger.explain("", label: "label1")
                    #expect((empty.value - explanation.base).magnitude < 1e-5 && empty.pieces.isEmpty)
                }
                // All words of the vocabulary count the same wherever they stand, under the mean.
                if isMean {
                    #expect((explanation.pieces[0].contribution - explanation.pieces[4].contribution).magnitude < 1e-9)
                }
            }
        }
    }

    /// Each channel's term belongs to the word that has its maximum: with one channel a word, all can be told by hand.
    @Test func maximaBelongToTheirWords() throws {
        let model = Sequential([
            Embedding(inputDim: 4, outputDim: 3), GlobalMaxPool1D(), Dense(1, activation: .sigmoid),
        ])
        try model.build(inputShape: [nil, 4])
        try model.setWeights([
            [[0, 0, 0], [2, 0, -1], [0, 3, 5], [0, 0, 5]], [[1], [10], [-1]], Tensor([Float(0.5)]),
        ])
        let tagger = Tagger(tokenizer: tokenizer(4), model: model, labels: try labels(1), maxLength: 4)
        let explanation = try tagger.explain("w1 w2 w3", label: "label0")
        #expect(explanation.base == 0.5 && explanation.value == 27.5)
        // The third channel's −5 is divided between the two that have the same maximum.
        #expect(explanation.pieces.map(\.contribution) == [2, 27.5, -2.5])
    }

    @Test func bagsOfWordsAreExact() throws {
        let texts = ["Stocks rise as banks lend", "The team wins", "Banks fear the new tax", "The coach praises the team"]
        let vectorizers = try [
            TFIDFVectorizer(stopWords: ["the"], ngramRange: 1...3), TFIDFVectorizer(analyzer: .charWithinWords, ngramRange: 2...4),
            TFIDFVectorizer(analyzer: .char, ngramRange: 1...2),
        ].map { vectorizer in
            var vectorizer = vectorizer
            try vectorizer.fit(texts)
            return vectorizer
        }
        let width = vectorizers.reduce(0) { $0 + $1.featureCount }
        var random = RandomSource(seed: 4)
        let kernel = SparseMatrix.random(width, 2, density: 0.7, using: &random)
        let layers: [Layer] = [
            SparseDense(kernel: kernel, bias: [0.25, -1], activation: .sigmoid),
            Dense(2, activation: .sigmoid, kernelInitializer: wide, biasInitializer: wide),
        ]
        for layer in layers {
            let model = Sequential([layer], seed: 1)
            try model.build(inputShape: [nil, width])
            let tagger = Tagger(vectorizers: vectorizers, model: model, labels: try labels(2))
            for text in texts + ["A team of the banks, the banks!", "", "ÜŞ"] {
                let explanation = try tagger.explain(text, label: "label1")
                #expect(explanation.method == .exact)
                #expect(explanation.gap.magnitude < 1e-4)
                #expect((Tensor([Float(explanation.value)]).sigmoid().scalars[0] - explanation.score).magnitude < 1e-6)
                if layer is SparseDense { #expect(explanation.base == -1) }
            }
        }
    }

    /// A pair of words belongs to both in equal parts, a feature that occurs twice to both places.
    @Test func runsOfWordsAreShared() throws {
        let vectorizer = TFIDFVectorizer(
            ngramRange: 1...2, vocabulary: ["tax", "new tax", "bill"], norm: nil, useIDF: false)
        let kernel = try SparseMatrix(
            rowCount: 3, columnCount: 1, rowStarts: [0, 1, 2, 3], columns: [0, 0, 0], values: [1, 10, 100])
        let model = Sequential([SparseDense(kernel: kernel, bias: [0.5], activation: .sigmoid)])
        try model.build(inputShape: [nil, 3])
        let tagger = Tagger(vectorizers: [vectorizer], model: model, labels: try labels(1))
        let explanation = try tagger.explain("New tax, old tax; bill?", label: "label0")
        #expect(explanation.pieces.map(\.text) == ["New", "tax", "old", "tax", "bill"])
        #expect(explanation.pieces.map(\.contribution) == [5, 6, 0, 1, 100])
        #expect(explanation.base == 0.5 && explanation.value == 112.5)
    }

    @Test func hiddenLayersOnBagsAddUp() throws {
        var vectorizer = TFIDFVectorizer()
        try vectorizer.fit([text, "w1 w2 w3"])
        let model = Sequential(
            [Dense(16, activation: .relu, kernelInitializer: wide, biasInitializer: wide), Dense(2, activation: .sigmoid)], seed: 2)
        try model.build(inputShape: [nil, vectorizer.featureCount])
        let tagger = Tagger(vectorizers: [vectorizer], model: model, labels: try labels(2))
        let explanation = try tagger.explain(text, label: "label0")
        #expect(explanation.method == .pooledGradients())
        #expect(explanation.gap.magnitude < 1e-4)
        #expect(throws: HornetError.self) { try tagger.explain(text, label: "label0", method: .exact) }
    }

    // MARK: Gradients

    private func compare(_ name: String, _ layers: [Layer], nudge: Float = 0) throws -> Double {
        let file = try SafetensorsFile(path: Fixture.path("explanations_\(name).safetensors"))
        let tensors = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.tensor) })
        let model = Sequential(layers)
        try model.build(inputShape: [nil, 10])
        try model.setWeights(model.weights.indices.map { tensors["weights/\($0)"]! + ($0 == 1 ? nudge : 0) })
        let tagger = Tagger(tokenizer: tokenizer(40), model: model, labels: try labels(3), maxLength: 10)
        let (ids, rows) = (tensors["ids"]!, tensors["rows"]!)
        var worst = 0.0
        for row in 0..<ids.shape[0] {
            let words = (0..<10).map { Int(ids[row, $0]) }
            let text = words.filter { $0 > 0 }.map { "w\($0)" }.joined(separator: " ")
            for label in 0..<3 {
                let explanation = try tagger.explain(text, label: "label\(label)")
                #expect(explanation.gap.magnitude < 1e-4)
                let padding = Array(repeating: 0.0, count: words.count { $0 == 0 })
                let found = padding + explanation.pieces.map(\.contribution) + [explanation.value, explanation.base]
                for (k, number) in found.enumerated() {
                    worst = max(worst, (number - Double(rows[3 * row + label, k])).magnitude)
                }
            }
        }
        return worst
    }

    private func recurrent(masked: Bool) -> [Layer] {
        [Embedding(inputDim: 40, outputDim: 8, maskZero: masked), LSTM(6), Dense(3, activation: .sigmoid)]
    }

    @Test func gradientsAreThoseOfKeras() throws {
        let dense: [Layer] = [
            Embedding(inputDim: 40, outputDim: 8), GlobalMaxPool1D(), Dense(12, activation: .relu), Dense(3, activation: .sigmoid),
        ]
        #expect(try compare("dense", dense) < 5e-4)
        #expect(try compare("lstm", recurrent(masked: false)) < 5e-4)
        #expect(try compare("lstm_masked", recurrent(masked: true)) < 5e-4)
    }

    @Test func otherWeightsGiveOthers() throws {
        #expect(try compare("lstm", recurrent(masked: false), nudge: 0.01) > 5e-4)
        #expect(try compare("lstm_masked", recurrent(masked: false)) > 5e-4)
    }

    @Test func convolutionsAndBranchesAddUp() throws {
        let ids = Input(shape: [10])
        let words = Embedding(inputDim: 40, outputDim: 8, embeddingsInitializer: wide)(ids)
        let found = Conv1D(6, kernelSize: 3, activation: .relu, kernelInitializer: wide)(words)
        let pooled = Concatenate()([GlobalMaxPool1D()(found), GlobalAveragePooling1D()(words)])
        let model = try Model(inputs: ids, outputs: Dense(3, activation: .sigmoid)(pooled), seed: 1)
        let tagger = Tagger(tokenizer: tokenizer(40), model: model, labels: try labels(3), maxLength: 10)
        let explanation = try tagger.explain(text, label: "label2")
        #expect(explanation.method == .integratedGradients())
        #expect(explanation.gap.magnitude < 1e-3)
        #expect(throws: HornetError.self) { try tagger.explain(text, label: "label2", method: .pooledGradients()) }
    }

    /// A single step does not add up where the model bends, unless it is halved; a wrong sum is seen.
    @Test func stepsAreHalvedWhereTheyDoNotAddUp() throws {
        let tagger = try tagger([
            Embedding(inputDim: 40, outputDim: 8, embeddingsInitializer: wide), GlobalMaxPool1D(),
            Dense(20, activation: .relu, kernelInitializer: wide, biasInitializer: wide), Dense(3, activation: .sigmoid),
        ])
        let many = try tagger.explain(text, label: "label0")
        let one = try tagger.explain(text, label: "label0", method: .pooledGradients(steps: 1))
        #expect(many.method == .pooledGradients() && many.gap.magnitude < 1e-4)
        #expect(one.gap.magnitude > many.gap.magnitude)
        let exact = (0..<6).map { many.pieces[$0].contribution }
        #expect(zip(exact, one.pieces.map(\.contribution)).contains { ($0 - $1).magnitude > 1e-5 })
        #expect(throws: HornetError.self) { try tagger.explain(text, label: "label0", method: .pooledGradients(steps: 0)) }
    }

    // MARK: Without gradients

    /// Lets no gradient through.
    private final class Cut: Layer {
        override func forward(_ x: Value, _ pass: Pass) -> Value { x.detached }
        override var config: JSON.Object? { [:] }
    }

    private func cutOff() throws -> Tagger {
        var registry = LayerRegistry()
        registry.register("Cut") { _, _ in Cut() }
        let model = Sequential(
            [
                Embedding(inputDim: 40, outputDim: 8, embeddingsInitializer: wide), Cut(), GRU(5),
                Dense(3, activation: .sigmoid),
            ], seed: 7)
        try model.build(inputShape: [nil, 10])
        return Tagger(
            tokenizer: tokenizer(40), model: model, labels: try labels(3), maxLength: 10, registry: registry)
    }

    @Test func whereNoGradientFlowsWordsAreLeftOut() throws {
        let tagger = try cutOff()
        let explanation = try tagger.explain(text, label: "label1")
        #expect(explanation.method == .occlusion)
        #expect { try tagger.explain(text, label: "label1", method: .integratedGradients()) } throws: {
            "\($0)".contains("does not fit this model")
        }
    }

    /// Against the texts without each word, written out.
    @Test func occlusionIsTheDifference() throws {
        let shorter = [
            " W5, unknown: w39 w3 w12!", "w3 , unknown: w39 w3 w12!", "w3 W5, : w39 w3 w12!", "w3 W5, unknown:  w3 w12!",
            "w3 W5, unknown: w39  w12!", "w3 W5, unknown: w39 w3 !",
        ]
        let averages: [Layer] = [
            Embedding(inputDim: 40, outputDim: 8, embeddingsInitializer: wide), LSTM(4), Dense(3, activation: .sigmoid),
        ]
        for tagger in [try cutOff(), try tagger(averages)] {
            let explanation = try tagger.explain(text, label: "label2", method: .occlusion)
            #expect(explanation.method == .occlusion)
            let scores = try tagger.scores(for: [text] + shorter)
            func logit(_ row: Int) -> Double {
                let p = Tensor([scores[row, 2]])
                return Double((p.log() - (1 - p).log()).scalars[0])
            }
            let words = explanation.pieces.filter { $0.text.contains("w") || $0.text.contains("W") }
            #expect(words.count == 6)
            for (k, word) in words.enumerated() {
                #expect((word.contribution - (logit(0) - logit(k + 1))).magnitude < 1e-4)
            }
            #expect(words.contains { $0.contribution.magnitude > 1e-3 })
            #expect((explanation.value - logit(0)).magnitude < 1e-4)
        }
    }

    @Test func functionsOfTheUsersAreLeftOut() throws {
        var vectorizer = TFIDFVectorizer(tokenPattern: .custom { $0.split(separator: " ").map(String.init) })
        try vectorizer.fit([text])
        let model = Sequential([Dense(1, activation: .sigmoid)], seed: 1)
        try model.build(inputShape: [nil, vectorizer.featureCount])
        let tagger = Tagger(vectorizers: [vectorizer], model: model, labels: try labels(1))
        let explanation = try tagger.explain(text, label: "label0")
        #expect(explanation.method == .occlusion && explanation.pieces.map(\.text) == ["w3", "W5,", "unknown:", "w39", "w3", "w12!"])
    }

    // MARK: Places and shows

    @Test func rangesAreThoseOfTheText() throws {
        let text = "\u{130}W3 w5\u{301} ΣΟΦΟΣ w3—w4 👩‍👩‍👧 w7\r\nw8"
        var tokenizer = Tokenizer(numWords: 40)
        tokenizer.fit(onTexts: [text])
        let model = Sequential(
            [Embedding(inputDim: 40, outputDim: 4), GlobalAveragePooling1D(), Dense(1, activation: .sigmoid)], seed: 1)
        try model.build(inputShape: [nil, 12])
        let tagger = Tagger(tokenizer: tokenizer, model: model, labels: try labels(1), maxLength: 12)
        let explanation = try tagger.explain(text, label: "label0")
        #expect(explanation.pieces.map(\.text) == ["\u{130}W3", "w5\u{301}", "ΣΟΦΟΣ", "w3—w4", "👩‍👩‍👧", "w7\r", "w8"])
        for piece in explanation.pieces {
            #expect(Array(text[explanation.range(of: piece)].utf8) == Array(text.utf8)[piece.bytes].map { $0 })
            #expect(piece.contribution != 0)
        }
        #expect(explanation.gap.magnitude < 1e-6)
    }

    @Test func charactersMakeWords() throws {
        var tokenizer = Tokenizer(charLevel: true)
        tokenizer.fit(onTexts: ["ab cd"])
        let model = Sequential(
            [Embedding(inputDim: 9, outputDim: 4), GlobalAveragePooling1D(), Dense(1, activation: .sigmoid)], seed: 1)
        try model.build(inputShape: [nil, 12])
        let tagger = Tagger(tokenizer: tokenizer, model: model, labels: try labels(1), maxLength: 12)
        let explanation = try tagger.explain("ab cd", label: "label0")
        #expect(explanation.pieces.map(\.text) == ["ab", "cd"])
        #expect(explanation.elsewhere != 0 && explanation.gap.magnitude < 1e-6)
    }

    @Test func wordsAreShownWithBars() {
        let explanation = Explanation(
            text: "a <b> & a", label: "\"x\"", score: 0.75, threshold: 0.5, value: 1.5, base: 0.5,
            pieces: [(0..<1, "a", 0.5), (3..<4, "b", -0.5), (8..<9, "a", 1)].map {
                Explanation.Piece(bytes: $0.0, text: $0.1, contribution: $0.2)
            }, elsewhere: 0, method: .exact)
        #expect(
            explanation.description == """
                "x": score 0.750 > threshold 0.500
                1.500 = base 0.500 + words 1.000 (exact)
                  a ×2   +1.500  ████████████████████
                  b      -0.500  ▒▒▒▒▒▒▒
                """)
        let html = explanation.html
        #expect(html.contains("<b>&quot;x&quot;: score"))
        #expect(html.contains("</span> &lt;<span style=\"background:rgba(218,54,51,0.50)\" title=\"-0.5000\">b</span>&gt; &amp; <span"))
        #expect(!html.contains("<script") && html.hasPrefix("<div") && html.hasSuffix("</div>"))
    }

    @Test func unknownLabelsAreRefused() throws {
        let tagger = try cutOff()
        #expect { try tagger.explain(text, label: "label9") } throws: { "\($0)".contains("no label \"label9\"") }
    }
}
