public import HornetLayers
import HornetSupport
import HornetTextPrep

/// A tagger's file is a model's file with two more keys in its metadata: `tagger` (labels, thresholds, padding) and
/// `tokenizer` (Keras' JSON, so that Python reads it with `tokenizer_from_json`).
extension Tagger {
    /// Writes everything to one file, whole or not at all; an older file at `path` stays until then.
    public func save(_ path: String) throws {
        let description: JSON = [
            "labels": .array(labels.map(JSON.string)),
            "thresholds": .array(thresholds.map { .number(Double($0)) }),
            "max_length": .integer(padding.maxLength),
            "padding": .string(padding.padding.rawValue),
            "truncating": .string(padding.truncating.rawValue),
        ]
        try ModelArchive.write(
            try model, to: path, withOptimizer: false,
            extra: [("tagger", description.text(.compact)), ("tokenizer", tokenizer.toJSON())])
    }

    /// Reads a tagger that ``save(_:)`` wrote. Throws when the file is not whole, its parts do not fit each other, or it
    /// names a layer that `registry` does not know. Nothing in a file is ever run.
    public convenience init(contentsOf path: String, registry: LayerRegistry = LayerRegistry()) throws {
        let archive = try ModelArchive(path: path)
        let description = try archive.required("tagger")
        let labels = try description.member("labels").array().map { try $0.string() }
        let thresholds = try description.member("thresholds").array().map { Float(try $0.double()) }
        guard thresholds.count == labels.count else {
            throw description.refuse("\(thresholds.count) thresholds for \(labels.count) labels")
        }
        guard let tokenizer = try archive.text("tokenizer") else {
            throw description.refuse("the tokenizer is missing")
        }
        let model = try archive.model(registry)
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
    }

    private static func end(_ name: JSON.Cursor) throws -> SequenceEnd {
        guard let end = SequenceEnd(rawValue: try name.string()) else { throw name.refuse("it is neither pre nor post") }
        return end
    }
}
