#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
public import Hornet

/// Made-up documents as ids, with the statistics of newswire: a word's frequency falls with its rank (Zipf), the median
/// document has about 87 words, and the front is padded.
public struct TokenIds: Sendable {
    public let x: Indices
    /// Rows of 0 and 1, one to three ones each.
    public let y: Tensor

    /// Ids below `vocabulary`. With a `stride` they are multiples of it: as many rows, spread over a larger table.
    public init(
        documents: Int, labels: Int = 90, vocabulary: Int = Network.vocabulary, stride: Int = 1, seed: UInt64 = 1
    ) {
        var random = RandomSource(seed: seed)
        var ids = [Int32](repeating: 0, count: documents * Network.length)
        var targets = [Float](repeating: 0, count: documents * labels)
        for document in 0..<documents {
            let length = min(Network.length, Int(20 + 135 * Float.random(in: 0..<1, using: &random)))
            for place in Network.length - length..<Network.length {
                // Uniform in the logarithm: a density of 1 / rank.
                let rank = pow(Double(vocabulary), Double.random(in: 0..<1, using: &random))
                ids[document * Network.length + place] = Int32(min(Int(rank), vocabulary - 1) * stride)
            }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                targets[document * labels + Int.random(in: 0..<labels, using: &random)] = 1
            }
        }
        x = Indices(ids, shape: [documents, Network.length])
        y = Tensor(targets, shape: [documents, labels])
    }
}
