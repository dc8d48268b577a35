public import Hornet
import HornetSupport

extension Model {
    /// Writes the model as others run it: as a TensorFlow SavedModel, or as an ONNX model where `path` ends in `.onnx`.
    ///
    /// ```swift
    /// try model.export(to: "serving/news/1")      // for TensorFlow Serving: saved_model.pb in this folder
    /// try model.export(to: "news.onnx")           // for ONNX Runtime
    /// ```
    /// Either takes any number of samples, as `inputs`: token ids `[batch, time]` as Int32 where the model begins with
    /// an `Embedding`, else floats `[batch, …]`; and gives `outputs [batch, …]`, what `predict` gives but for rounding.
    /// A model with several of them takes its inputs by their names and gives `output_0`, `output_1`, as Keras' exports do.
    /// A size that the model was built without (`[nil, nil]`) stays open. Dropout is left out, masks are not. An id
    /// outside the embedding is an error there, too, but ONNX counts negative ones from the end.
    ///
    /// The SavedModel is one file with frozen weights, for the tag `serve`, with the signature `serving_default`; the
    /// folder and those above it are made where they are missing. The ONNX model is of operator set 17. The same model
    /// gives the same bytes. Files appear whole or not at all, an older one stays until then.
    ///
    /// Throws when the model is not built, has a layer that has no counterpart there (one of your own, say), or holds
    /// more than the 2 GB that both kinds of file can; and when the disk refuses.
    ///
    /// - Parameter format: By default as the ending says.
    public func export(to path: String, format: ExportFormat? = nil) throws {
        switch format ?? ExportFormat(ending: path) {
        case .savedModel:
            let bytes = try savedModel().serialized(for: path)
            try writeAtomically(to: "saved_model.pb", inFolder: path) { try $0.write(bytes) }
        case .onnx:
            let bytes = try onnxModel().serialized(for: path)
            try writeAtomically(to: path) { try $0.write(bytes) }
        }
    }
}
