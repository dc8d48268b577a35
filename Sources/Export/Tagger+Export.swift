public import Hornet
import HornetSupport

extension Tagger {
    /// A form in which other programs take a tagger, or a part of it.
    public enum Part: Sendable, CaseIterable {
        /// `tagger.safetensors`: all of it, for `Tagger(contentsOf:)` and for whatever reads safetensors.
        case bundle
        /// `tokenizer.json`, for Keras' `tokenizer_from_json`; of a tagger that takes bags of words `vectorizer_0.json` and so
        /// on, for `TFIDFVectorizer(json:)`.
        case tokenizer
        /// `labels.json`: the labels, their thresholds, and how texts are padded; the document `tagger` of the bundle.
        case labels
        /// `model.keras`, for `keras.models.load_model`.
        case keras
        /// `model.h5`: the same in Keras' older form.
        case h5
        /// The folder `saved_model`, for TensorFlow.
        case savedModel
        /// `model.onnx`, for ONNX Runtime.
        case onnx
    }

    /// Writes parts beside each other into a folder, which is made where it is missing.
    ///
    /// ```swift
    /// try tagger.export(to: "news", [.tokenizer, .labels, .savedModel])
    /// ```
    /// Each file appears whole or not at all. Throws as ``Hornet/Model/export(to:format:)`` and `save(_:)` do; the parts
    /// before the one that failed are there then.
    public func export(to folder: String, _ parts: Set<Part> = Set(Part.allCases)) throws {
        func write(_ text: String, to name: String) throws {
            try writeAtomically(to: name, inFolder: folder) { try $0.write(text) }
        }
        // In a fixed order, whatever the set's.
        for part in Part.allCases where parts.contains(part) {
            switch part {
            case .bundle:
                try makeFolder(folder)
                try save(folder + "/tagger.safetensors")
            case .tokenizer:
                if let tokenizer { try write(tokenizer.toJSON(), to: "tokenizer.json") }
                for (number, vectorizer) in vectorizers.enumerated() {
                    try write(vectorizer.toJSON(), to: "vectorizer_\(number).json")
                }
            case .labels: try write(description.text(.compact), to: "labels.json")
            case .keras, .h5:
                try makeFolder(folder)
                try model.save(folder + (part == .keras ? "/model.keras" : "/model.h5"))
            case .savedModel: try model.export(to: folder + "/saved_model")
            case .onnx:
                try makeFolder(folder)
                try model.export(to: folder + "/model.onnx")
            }
        }
    }
}
