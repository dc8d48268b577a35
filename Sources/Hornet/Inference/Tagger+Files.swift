public import HornetLayers
import HornetMetrics
package import HornetSupport
import HornetTextPrep

/// A tagger's file is a model's file with more keys in its metadata: `tagger` (labels, thresholds, calibration,
/// padding), `tokenizer` (Keras' JSON, so that Python reads it with `tokenizer_from_json`) or `vectorizers` (the JSON of each, as a
/// list), and `self_test`.
/// <doc:TaggerFile> describes it.
extension Tagger {
    /// The layout of the key `tagger`: 2 has a self-test and names the text normalizer; 3 may have `at_least_one` and
    /// `calibration`; 4 may have vectorizers.
    private static let fileVersion = 4
    /// The oldest layout that says all of this tagger, so that older versions of Hornet read what they understand.
    private var fileVersion: Int {
        if tokenizer == nil { return 4 }
        return thresholds.atLeastOne || calibration != nil ? 3 : 2
    }
    /// How a text becomes words, by a name that is given to no other way: Keras' `Tokenizer` with the lower case of
    /// this version of Unicode.
    private static let normalizer = "keras-tokenizer/unicode-14.0.0"
    /// The same for bags of words: scikit-learn's `TfidfVectorizer`.
    private static let bagNormalizer = "sklearn-tfidf/unicode-14.0.0"

    /// What the file has under the key `tagger`.
    package var description: JSON {
        var description: JSON.Object = [
            "version": .integer(fileVersion),
            "normalizer": .string(tokenizer == nil ? Tagger.bagNormalizer : Tagger.normalizer),
            "labels": .array(labels.map(JSON.string)),
            "thresholds": .array(thresholds.values.map { .number(Double($0)) }),
        ]
        if case .tokens(_, let padding) = preparation {
            description["max_length"] = .integer(padding.maxLength)
            description["padding"] = .string(padding.padding.rawValue)
            description["truncating"] = .string(padding.truncating.rawValue)
        }
        if thresholds.atLeastOne { description["at_least_one"] = true }
        if let calibration { description["calibration"] = calibration.json }
        return .object(description)
    }

    /// Writes everything to one file, whole or not at all; an older file at `path` stays until then.
    ///
    /// Some texts go into the file with their answers, and whoever loads it finds out whether it gives the same ones.
    /// - Parameter selfTest: Texts for that, which everybody who has the file can read. By default words of the
    ///   vocabulary.
    public func save(_ path: String, selfTest: [String] = []) throws {
        let test = try TaggerSelfTest(of: self, for: selfTest)
        let preparation =
            switch preparation {
            case .tokens(let tokenizer, _): (key: "tokenizer", text: tokenizer.toJSON())
            case .bag(let vectorizers):
                (key: "vectorizers", text: "[" + (try vectorizers.map { try $0.toJSON() }).joined(separator: ", ") + "]")
            }
        try ModelArchive.write(
            try model, to: path, withOptimizer: false,
            extra: [
                ("tagger", description.text(.compact)), preparation, ("self_test", test.description.text(.compact)),
            ], extraTensors: test.tensors)
    }

    /// Reads a tagger that ``save(_:selfTest:)`` wrote, now or in an earlier version. Weights stay in the file, mapped
    /// into memory.
    ///
    /// Throws when the file is not whole, its parts do not fit each other, its self-test fails, or it names a layer
    /// that `registry` does not know. Nothing in a file is ever run.
    public convenience init(contentsOf path: String, registry: LayerRegistry = LayerRegistry()) throws {
        let archive = try ModelArchive(MappedFile(path: path))
        let description = try archive.required("tagger")
        let version = try Tagger.version(description)
        let labels = try description.member("labels").array().map { try $0.string() }
        let thresholds = try description.member("thresholds").array().map { Float(try $0.double()) }
        guard thresholds.count == labels.count else {
            throw description.refuse("\(thresholds.count) thresholds for \(labels.count) labels")
        }
        let atLeastOne = try description.optional("at_least_one")?.bool() ?? false
        let calibration = try description.optional("calibration").map(Calibration.init(json:))
        let model = try archive.model(registry)
        try model.checkHasOneInput()
        try model.checkHasOneOutput()
        self.init(
            try Tagger.preparation(archive, description, of: model), predictor: .success(Predictor(owning: model)),
            labels: labels, thresholds: Thresholds(thresholds, atLeastOne: atLeastOne), calibration: calibration)
        _ = try self.model
        if version > 1 { try TaggerSelfTest(archive).check(self, at: path) }
    }

    private static func preparation(
        _ archive: ModelArchive, _ description: JSON.Cursor, of model: Model
    ) throws -> TextPreparation {
        if let vectorizers = try archive.document("vectorizers") {
            let vectorizers = try vectorizers.array().map(TFIDFVectorizer.init)
            let width = vectorizers.reduce(0) { $0 + $1.featureCount }
            guard !vectorizers.isEmpty, model.inputShape?.sizes == [nil, width] else {
                throw description.refuse(
                    "the vectorizers give \(width) features, the model takes \(model.inputShape?.description ?? "nothing")")
            }
            return .bag(vectorizers)
        }
        guard let tokenizer = try archive.text("tokenizer") else {
            throw description.refuse("there are neither tokenizer nor vectorizers")
        }
        // A length that the model was not built for would only fail later; an absurd one must not take memory.
        let maxLength = try description.member("max_length").int(in: 1...1_000_000)
        if let built = model.inputShape, built.rank == 2, let length = built[1], length != maxLength {
            throw description.refuse("max_length is \(maxLength), the model was built for \(built)")
        }
        let padding = TextPreparation.Padding(
            maxLength: maxLength, padding: try Tagger.end(description.member("padding")),
            truncating: try Tagger.end(description.member("truncating")))
        return .tokens(try Tokenizer(json: tokenizer), padding)
    }

    private static func version(_ description: JSON.Cursor) throws -> Int {
        let version = try description.optional("version")?.int() ?? 1
        let normalizer = try description.optional("normalizer")?.string() ?? Tagger.normalizer
        let known = [Tagger.normalizer, Tagger.bagNormalizer]
        guard (1...fileVersion).contains(version), known.contains(where: { ByteKey($0) == ByteKey(normalizer) }) else {
            throw description.refuse(
                "its version is \(version) with the normalizer \(normalizer); Hornet \(hornetVersion) reads versions up to "
                    + "\(fileVersion) with \(known.joined(separator: " or "))")
        }
        return version
    }

    private static func end(_ name: JSON.Cursor) throws -> SequenceEnd {
        guard let end = SequenceEnd(rawValue: try name.string()) else { throw name.refuse("it is neither pre nor post") }
        return end
    }
}
