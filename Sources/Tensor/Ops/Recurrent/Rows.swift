import CHornetKernels

/// A matrix whose rows are written in place by pointer: an operation's own memory, shared by all copies of this value.
struct Rows {
    /// The elements; to be read once all is written.
    let tensor: Tensor
    let width: Int
    private let base: UnsafeMutablePointer<Float>

    /// Takes over a matrix; it is copied if somebody else holds it.
    init(_ matrix: consuming Tensor) {
        width = matrix.shape[1]
        // Nothing moves the elements while `tensor` is there.
        base = matrix.write { $0 }
        tensor = matrix
    }

    /// Arbitrary elements.
    init(count: Int, width: Int) { self.init(Tensor(uninitialized: [count, width])) }

    subscript(row: Int) -> UnsafeMutablePointer<Float> { base + row * width }

    /// The elements of the first `count` rows.
    func prefix(_ count: Int) -> Tensor { tensor[0..<count] }

    /// Writes `row`, or zeros, to `count` rows.
    func fill(_ first: Int, _ count: Int, with row: Tensor?) {
        guard let row else { return self[first].update(repeating: 0, count: count * width) }
        row.read { row in
            for target in first..<first + count { self[target].update(from: row, count: width) }
        }
    }
}
