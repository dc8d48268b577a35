import HornetSupport
public import HornetTensor

/// An end of a sequence: where ``padSequences(_:maxLength:padding:truncating:value:)`` adds or cuts.
public enum SequenceEnd: String, Sendable {
    /// The beginning.
    case pre
    /// The end.
    case post
}

/// Brings all sequences to one length, as Keras' `pad_sequences`: shape `[sequences.count, maxLength]`.
///
/// By default the padding stands before the ids and a sequence that is too long keeps its last `maxLength` ids,
/// so that a recurrent layer reads the text last.
///
/// - Parameters:
///   - maxLength: the length; by default that of the longest sequence.
///   - padding: the end that is filled with `value`.
///   - truncating: the end that is cut off.
///   - value: what fills; 0 is the id that no word has.
public func padSequences(
    _ sequences: [[Int32]], maxLength: Int? = nil, padding: SequenceEnd = .pre, truncating: SequenceEnd = .pre,
    value: Int32 = 0
) -> Indices {
    let length = maxLength ?? sequences.map(\.count).max() ?? 0
    require(length >= 0, "padSequences", "maxLength is \(length)")
    var result = Indices(uninitialized: [sequences.count, length])
    result.withUnsafeMutableBufferPointer { ids in
        for (row, sequence) in sequences.enumerated() {
            let line = ids.extracting(row * length..<(row + 1) * length)
            sequence.withUnsafeBufferPointer { pad($0, into: line, padding, truncating, value) }
        }
    }
    return result
}

/// Writes one sequence to a row of the result.
func pad(
    _ sequence: UnsafeBufferPointer<Int32>, into row: UnsafeMutableBufferPointer<Int32>, _ padding: SequenceEnd,
    _ truncating: SequenceEnd, _ value: Int32
) {
    let count = min(sequence.count, row.count)
    let kept = sequence.extracting(truncating == .pre ? sequence.count - count..<sequence.count : 0..<count)
    let start = padding == .pre ? row.count - count : 0
    row.extracting(..<start).initialize(repeating: value)
    _ = row.extracting(start..<start + count).initialize(fromContentsOf: kept)
    row.extracting((start + count)...).initialize(repeating: value)
}
