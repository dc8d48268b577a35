import Hornet
import Workload

extension PeerRunner {
    /// Writes to the existing `folder`: `train.csv`, `test.csv`, 100 MB of the same texts as `large.csv`, the ids and
    /// labels as NumPy files, and the tokenizer as Keras' JSON.
    static func prepare(_ folder: String, _ corpus: Corpus) throws {
        let data = TrainingData(corpus)
        try table(corpus.train).write(csv: folder + "/train.csv")
        try table(corpus.test).write(csv: folder + "/test.csv")
        try table(repeated(corpus.train, bytes: 100_000_000)).write(csv: folder + "/large.csv")
        try writeNumPy(data.x, to: folder + "/train_ids.npy")
        try writeNumPy(data.y, to: folder + "/train_labels.npy")
        try writeNumPy(data.testX, to: folder + "/test_ids.npy")
        try write(data.tokenizer.toJSON(), to: folder + "/tokenizer.json")
    }

    private static func table(_ part: Corpus.Part) -> Table {
        Table(columns: ["text": part.texts, "tags": part.tags.map { $0.joined(separator: "|") }])
    }

    /// The texts again and again until they have so many bytes.
    private static func repeated(_ part: Corpus.Part, bytes: Int) -> Corpus.Part {
        var large = Corpus.Part(texts: [], tags: [])
        var size = 0
        while size < bytes {
            for (text, tags) in zip(part.texts, part.tags) where size < bytes {
                large.texts.append(text)
                large.tags.append(tags)
                size += text.utf8.count
            }
        }
        return large
    }

    private static func writeNumPy(_ indices: Indices, to path: String) throws {
        try indices.withUnsafeBufferPointer {
            try writeNumPy("<i4", indices.shape, UnsafeRawBufferPointer($0), to: path)
        }
    }

    private static func writeNumPy(_ tensor: Tensor, to path: String) throws {
        try tensor.withUnsafeBufferPointer {
            try writeNumPy("<f4", tensor.shape, UnsafeRawBufferPointer($0), to: path)
        }
    }

    /// Version 1.0 of the format: magic, the header's length in 16 bits, the header, the numbers.
    private static func writeNumPy(
        _ type: String, _ shape: [Int], _ bytes: UnsafeRawBufferPointer, to path: String
    ) throws {
        let sizes = shape.map { "\($0)," }.joined()
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
        header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
        try writeFile(path, magic + Array(header.utf8), bytes)
    }

    private static func write(_ text: String, to path: String) throws {
        try writeFile(path, Array(text.utf8), UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
