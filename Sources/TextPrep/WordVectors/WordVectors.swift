import HornetSupport
public import HornetTensor

/// Word vectors that were trained elsewhere: files of GloVe, fastText (`.vec`) and word2vec (text or binary).
///
/// ```swift
/// let vectors = try WordVectors(contentsOf: "glove.6B.100d.txt", for: tokenizer)
/// let matrix = vectors.matrix(for: tokenizer, inputDim: 10_000)
/// Embedding(inputDim: 10_000, outputDim: vectors.dimension, embeddingsInitializer: .values(matrix))
/// ```
/// Words are compared by their UTF-8 bytes. A word that stands there twice has the vector that comes first.
public struct WordVectors: Sendable {
    /// How a file is laid out.
    public enum Format: Sendable {
        /// A line for each word: the word, then its numbers, with blanks between. A first line with the number of words
        /// and that of dimensions may stand above (word2vec, fastText) or not (GloVe).
        case text
        /// word2vec's: the same first line, then for each word its bytes, a blank, and Float32 numbers, little-endian.
        case word2vecBinary
    }

    /// The words, in the file's order.
    public let words: [String]
    /// Their vectors, shape `[words.count, dimension]`.
    public let vectors: Tensor
    private let places: [ByteKey: Int]

    /// The length of a vector.
    public var dimension: Int { vectors.shape[1] }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - format: By default binary when the name ends in `.bin`, else text.
    ///   - tokenizer: Only its words are kept, those below its `numWords`; `nil` (default) keeps all.
    ///
    /// Throws, with the line, when a line has another number of numbers than the others, or something else among them;
    /// and when the file has not as many words as its first line says.
    public init(contentsOf path: String, format: Format? = nil, for tokenizer: Tokenizer? = nil) throws {
        let file = try MappedFile(path: path)
        let ids = tokenizer.map { ($0.wordIndex, $0.idLimit) }
        let format = format ?? (path.utf8.suffix(4).elementsEqual(".bin".utf8) ? .word2vecBinary : .text)
        let reader = try file.withUnsafeBytes { bytes in
            var reader = WordVectorsReader(bytes.bindMemory(to: UInt8.self), path: path) { word in
                guard let (index, limit) = ids else { return true }
                return index[word].map { $0 < limit } ?? false
            }
            switch format {
            case .text: try reader.readText()
            case .word2vecBinary: try reader.readBinary()
            }
            return reader
        }
        if reader.repeated > 0 {
            Warning(at: path, "\(reader.repeated) words stand there more than once; the first vector counts").emit()
        }
        words = reader.words
        places = reader.places
        vectors = Tensor(reader.scalars, shape: [reader.words.count, reader.dimension])
    }

    /// The vector of `word`; `nil` when there is none.
    public subscript(word: String) -> Tensor? { places[ByteKey(word)].map { vectors[$0..<$0 + 1].reshaped([dimension]) } }

    /// The vectors of a tokenizer's words, each in the row of its id: `[inputDim, dimension]`. Rows of words without a
    /// vector, and row 0, are zero.
    public func matrix(for tokenizer: Tokenizer, inputDim: Int) -> Tensor {
        var matrix = Tensor.zeros([inputDim, dimension])
        let dimension = dimension
        matrix.withUnsafeMutableBufferPointer { matrix in
            vectors.withUnsafeBufferPointer { vectors in
                for (id, place) in known(by: tokenizer, below: inputDim) {
                    for k in 0..<dimension { matrix[id * dimension + k] = vectors[place * dimension + k] }
                }
            }
        }
        return matrix
    }

    /// The share of a tokenizer's words, those with ids below `inputDim`, that have a vector; 1 when it has no words.
    public func coverage(of tokenizer: Tokenizer, inputDim: Int) -> Double {
        let count = tokenizer.wordIndex.count { $0.number < inputDim }
        return count == 0 ? 1 : Double(known(by: tokenizer, below: inputDim).count) / Double(count)
    }

    private func known(by tokenizer: Tokenizer, below limit: Int) -> [(id: Int, place: Int)] {
        tokenizer.wordIndex.compactMap { word, id in
            guard id < limit, let place = places[ByteKey(word)] else { return nil }
            return (id, place)
        }
    }
}
