import HornetSupport

/// A dense array of Int32 in row-major order: token ids, class numbers. The integer sibling of ``Tensor``.
public struct Indices: Sendable {
    package var array: NDArray<Int32>

    package init(_ array: NDArray<Int32>) { self.array = array }

    /// Memory to be filled by the caller: the elements are arbitrary until written.
    package init(uninitialized shape: [Int]) { array = NDArray(uninitialized: shape) }

    /// Ids of `shape` in row-major order. Traps when their counts differ.
    public init(_ ids: some Collection<Int32>, shape: [Int]) {
        array = NDArray(ids, shape: shape)
    }

    /// A vector, shape `[ids.count]`.
    public init(_ ids: [Int32]) { self.init(ids, shape: [ids.count]) }

    /// A matrix, shape `[rows.count, rows[0].count]`. Traps on rows of different length.
    public init(_ rows: [[Int32]]) {
        let width = rows.first?.count ?? 0
        require(rows.allSatisfy { $0.count == width }, "Indices", "the rows have different lengths")
        self.init(Array(rows.joined()), shape: [rows.count, width])
    }

    /// The size of each axis.
    public var shape: [Int] { array.shape }
    /// The number of axes.
    public var rank: Int { array.shape.count }
    /// The number of elements.
    public var count: Int { array.count }
    /// The elements in row-major order.
    public var ids: [Int32] { array.elements }

    /// The element at one index an axis. Negative indices count from the end.
    public subscript(position: Int...) -> Int32 {
        get { array[flat: array.flatIndex(position)] }
        set { array[flat: array.flatIndex(position)] = newValue }
    }

    /// Rows of axis 0, sharing memory with `self`. What is written broadcasts to them.
    public subscript(rows: Range<Int>) -> Indices {
        get { Indices(array.slice(rows)) }
        set { self[rows, ...] = newValue }
    }

    /// The rows at `indices` of axis 0, in that order.
    public func gathered(_ indices: some Collection<Int>) -> Indices { Indices(array.gathered(indices)) }

    /// Reads the elements in place.
    public func withUnsafeBufferPointer<R, E: Error>(
        _ body: (UnsafeBufferPointer<Int32>) throws(E) -> R
    ) throws(E) -> R {
        try array.withUnsafeBufferPointer(body)
    }

    /// Writes the elements in place, copying them first when they are shared.
    public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
        _ body: (UnsafeMutableBufferPointer<Int32>) throws(E) -> R
    ) throws(E) -> R {
        try array.withUnsafeMutableBufferPointer(body)
    }
}

extension Indices: Equatable {
    /// Same shape and equal elements.
    public static func == (a: Indices, b: Indices) -> Bool {
        a.shape == b.shape
            && a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in a.elementsEqual(b) } }
    }
}
