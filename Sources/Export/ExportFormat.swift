/// What ``Hornet/Model/export(to:format:)`` writes.
public enum ExportFormat: Sendable, CaseIterable {
    /// A folder for TensorFlow and TensorFlow Serving.
    case savedModel
    /// A file for ONNX Runtime and everything else that reads ONNX.
    case onnx

    /// `.onnx` for names that end so, `.savedModel` for all others.
    init(ending path: String) { self = path.utf8.suffix(5).elementsEqual(".onnx".utf8) ? .onnx : .savedModel }
}
