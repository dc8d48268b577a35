public import HornetLayers
package import HornetSupport
import HornetTextPrep

/// A tagger's file is a model's file with more keys in its metadata: `tagger` (labels, thresholds, padding), `tokenizer`
/// (Keras' JSON, so that Python reads it with `tokenizer_from_json`) and `self_test`. <doc:TaggerFile> describes it.
extension Tagger {
    /// The layout of the key `tagger`: 2 has a self-test and names the text normalizer.
    private static let fileVersion = 2
    /// How a text becomes words, by a name that is given to no other way: Keras' `Tokenizer` with the lower case of this
    /// version of Unicode.
    private static let normalizer = "keras-tokenizer/unicode-14.0.0"

    /// What the file has under the key `tagger`.
    package var description: JSON {
        [
            "version": .integer(Tagger.fileVersion), "normalizer": .string(Tagger.normalizer),
            "labels": .array(labels.map(JSON.string)),
            "thresholds": .array(thresholds.map { .number(Double($0)) }),
            "max_length": .integer(padding.maxLength),
            "padding": .string(padding.padding.rawValue),
            "truncating": .string(padding.truncating.rawValue),
        ]
    }

    /// Writes everything to one file, whole or not at all; an older file at `path` stays until then.
    ///
    /// Some texts go into the file with their answers, and whoever loads it finds out whether it gives the same ones.
    /// - Parameter selfTest: Texts for that, which everybody who has the file can read. By default words of the
    ///   vocabulary.
    public func save(_ path: String, selfTest: [String] = []) throws {
        let test = try TaggerSelfTest(of: self, for: selfTest)
        try ModelArchive.write(
            try model, to: path, withOptimizer: false,
            extra: [
                ("tagger", description.text(.compact)), ("tokenizer", tokenizer.toJSON()),
                ("self_test", test.description.text(.compact)),
            ], extraTensors: test.tensors)
    }

    /// Reads a tagger that ``save(_:selfTest:)`` wrote, now or in an earlier version. Weights stay in the file, mapped into
    /// memory.
    ///
    /// Throws when the file is not whole, its parts do not fit each other, its self-test fails, or it names a layer that
    /// `registry` does not know. Nothing in a file is ever run.
    public convenience init(contentsOf path: String, registry: LayerRegistry = LayerRegistry()) throws {
        let archive = try ModelArchive(MappedFile(path: path))
        let description = try archive.required("tagger")
        let version = try Tagger.version(description)
        let labels = try description.member("labels").array().map { try $0.string() }
        let thresholds = try description.member("thresholds").array().map { Float(try $0.double()) }
        guard thresholds.count == labels.count else {
            throw description.refuse("\(thresholds.count) thresholds for \(labels.count) labels")
        }
        guard let tokenizer = try archive.text("tokenizer") else {
            throw description.refuse("the tokenizer is missing")
        }
        let model = try archive.model(registry)
        try model.checkHasOneInput()
        try model.checkHasOneOutput()
        // A length that the model was not built for would only fail later; an absurd one must not take memory.
        let maxLength = try description.member("max_length").int(in: 1...1_000_000)
        if let built = model.inputShape, built.rank == 2, let length = built[1], length != maxLength {
            throw description.refuse("max_length is \(maxLength), the model was built for \(built)")
        }
        let padding = PaddingOptions(
            maxLength: maxLength, padding: try Tagger.end(description.member("padding")),
            truncating: try Tagger.end(description.member("truncating")))
        self.init(
            tokenizer: try Tokenizer(json: tokenizer), predictor: .success(Predictor(owning: model)), labels: labels,
            padding: padding, thresholds: thresholds)
        _ = try self.model
        if version > 1 { try TaggerSelfTest(archive).check(self, at: path) }
    }

    private static func version(_ description: JSON.Cursor) throws -> Int {
        let version = try description.optional("version")?.int() ?? 1
        let normalizer = try description.optional("normalizer")?.string() ?? Tagger.normalizer
        guard (1...fileVersion).contains(version), ByteKey(normalizer) == ByteKey(Tagger.normalizer) else {
            throw description.refuse(
                "its version is \(version) with the normalizer \(normalizer); Hornet \(hornetVersion) reads versions up to "
                    + "\(fileVersion) with \(Tagger.normalizer)")
        }
        return version
    }

    private static func end(_ name: JSON.Cursor) throws -> SequenceEnd {
        guard let end = SequenceEnd(rawValue: try name.string()) else { throw name.refuse("it is neither pre nor post") }
        return end
    }
}
