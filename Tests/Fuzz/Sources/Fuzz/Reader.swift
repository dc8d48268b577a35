import Hornet

/// What reads files or texts from outside, by the name that `run.sh` gives.
enum Reader: String, CaseIterable {
    case json, tokenizer, csv, safetensors, model, tagger, npy, indices, vectors, binaryVectors

    /// Reads the bytes, which the file at `path` holds too. Whatever is in them: it returns or throws a ``HornetError``.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String) throws {
        switch self {
        case .json: _ = try JSON(parsing: bytes, source: "input").text(.compact)
        case .tokenizer:
            let tokenizer = try Tokenizer(json: String(decoding: bytes, as: UTF8.self))
            _ = tokenizer.textsToSequences(["the economy is GROWING, ÀÉ ΟΔΟΣ"])
            _ = tokenizer.toJSON()
        case .csv:
            let table = try Table(csv: path)
            _ = table.head()
            for name in table.columnNames { for cell in try table.column(name) { _ = cell.utf8.count } }
        case .safetensors:
            for (_, tensor) in try SafetensorsFile(path: path).tensors { _ = tensor.isFinite }
        case .model:
            let model = try Model.load(path)
            if let shape = model.inputShape, shape.sizes.dropFirst().allSatisfy({ ($0 ?? 1) < 100 }) {
                _ = try model.predict(Indices([Int32](repeating: 1, count: 2 * (shape.last ?? 1)), shape: [2, shape.last ?? 1]))
            }
        case .tagger: _ = try Tagger(contentsOf: path).tags(for: ["the economy", ""])
        case .npy: _ = try Tensor(npy: path).isFinite
        case .indices: _ = try Indices(npy: path).count
        case .vectors: _ = try WordVectors(contentsOf: path, format: .text).words.count
        case .binaryVectors: _ = try WordVectors(contentsOf: path, format: .word2vecBinary).words.count
        }
    }
}
