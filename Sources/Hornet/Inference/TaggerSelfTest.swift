import HornetSupport
import HornetTensor
import HornetTextPrep

/// What a tagger said of a few texts when it was saved, so that the program that loads it knows that it will say the same:
/// a file that was damaged, a tokenizer that splits otherwise, or a processor that computes otherwise is found at once.
///
/// In the file: the key `self_test` (`texts`, `ids`, `tolerance`) and the tensor `self_test/scores`.
struct TaggerSelfTest {
    static let prefix = "self_test/"
    private static let scoresName = prefix + "scores"
    /// Scores are computed in single precision, in an order that is the processor's: they agree to about 1e-6.
    private static let usualTolerance = 1e-4

    private let texts: [String]
    private let ids: [[Int]]
    private let scores: Tensor
    private let tolerance: Double

    /// The answers of `tagger` for `texts`, or for texts made of its own words when there are none.
    init(of tagger: Tagger, for texts: [String]) throws {
        self.texts = texts.isEmpty ? TaggerSelfTest.texts(for: tagger.preparation) : texts
        let found = try tagger.preparation.rows(for: self.texts)
        ids = found.numbers
        scores = try found.predicted(by: tagger.predictor.get())
        tolerance = TaggerSelfTest.usualTolerance
    }

    /// What `archive` holds.
    init(_ archive: ModelArchive) throws {
        let description = try archive.required("self_test")
        texts = try description.member("texts").array().map { try $0.string() }
        ids = try description.member("ids").array().map { try $0.array().map { try $0.int(in: 0...Int(Int32.max)) } }
        tolerance = try description.member("tolerance").double()
        guard let scores = archive.tensor(TaggerSelfTest.scoresName), scores.shape.first == texts.count,
            ids.count == texts.count, tolerance >= 0
        else { throw description.refuse("texts, ids and \(TaggerSelfTest.scoresName) do not fit each other") }
        self.scores = scores
    }

    var description: JSON {
        [
            "texts": .array(texts.map(JSON.string)),
            "ids": .array(ids.map { .array($0.map(JSON.integer)) }),
            "tolerance": .number(tolerance),
        ]
    }
    var tensors: [(name: String, tensor: Tensor)] { [(TaggerSelfTest.scoresName, scores)] }

    /// Throws unless `tagger` gives the same ids and scores.
    func check(_ tagger: Tagger, at path: String) throws {
        func refuse(_ text: Int, _ problem: String) -> HornetError {
            HornetError(
                .file, at: path, "the self-test failed at text \(text): \(problem)",
                remedy: "Was the file changed, or made by a version of Hornet with other rules?")
        }
        let found = try tagger.preparation.rows(for: texts)
        for (text, (expected, ids)) in zip(ids, found.numbers).enumerated() where expected != ids {
            throw refuse(text, "its token ids are \(ids), they were \(expected)")
        }
        let answers = try found.predicted(by: tagger.predictor.get())
        guard answers.shape == scores.shape else {
            throw refuse(0, "the scores have the shape \(answers.shape), they had \(scores.shape)")
        }
        let labels = tagger.labels
        for (place, (score, expected)) in zip(answers.scalars, scores.scalars).enumerated() {
            if abs(Double(score) - Double(expected)) <= tolerance || score.isNaN && expected.isNaN { continue }
            throw refuse(
                place / labels.count, "the score of \(labels[place % labels.count]) is \(score), it was \(expected)")
        }
    }

    /// No word; the most frequent ones; more than fit, from all over the vocabulary, in capitals between commas; rare ones
    /// among words that it can't know.
    private static func texts(for preparation: TextPreparation) -> [String] {
        let (words, length) = (preparation.vocabulary, preparation.usualLength)
        let spread = stride(from: 0, to: words.count, by: max(1, words.count / (length + 3))).map { words[$0] }
        return [
            "", words.prefix(12).joined(separator: " "),
            spread.prefix(length + 3).map { $0.uppercased() }.joined(separator: ", "),
            "Ünbekannt ΟΔΟΣ " + words.suffix(5).joined(separator: "\n") + " 你好 qwrtzx",
        ]
    }
}
