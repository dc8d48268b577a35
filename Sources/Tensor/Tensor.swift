import HornetSupport

/// A dense array of Float32 in row-major order: a value, copied only when written while shared.
///
/// ```swift
/// let a: Tensor = [[1, 2], [3, 4]]
/// let b = Tensor.ones([2, 3])
/// print(a.matmul(b).shape)    // [2, 3]
/// ```
/// Shapes that do not fit inside an expression are programming errors: they stop the process with a message.
public struct Tensor: Sendable {
    package var array: NDArray<Float>

    package init(_ array: NDArray<Float>) { self.array = array }

    /// Memory to be filled by the caller: the elements are arbitrary until written.
    package init(uninitialized shape: [Int]) { array = NDArray(uninitialized: shape) }

    /// A tensor of `shape` holding `scalars` in row-major order. Traps when their counts differ.
    public init(_ scalars: some Collection<Float>, shape: [Int]) {
        array = NDArray(scalars, shape: shape)
    }

    /// A vector, shape `[scalars.count]`.
    public init(_ scalars: [Float]) { self.init(scalars, shape: [scalars.count]) }

    /// A matrix, shape `[rows.count, rows[0].count]`. Traps on rows of different length.
    public init(_ rows: [[Float]]) {
        let width = rows.first?.count ?? 0
        require(rows.allSatisfy { $0.count == width }, "Tensor", "the rows have different lengths")
        self.init(Array(rows.joined()), shape: [rows.count, width])
    }

    /// A tensor without axes.
    public init(_ scalar: Float) { self.init(CollectionOfOne(scalar), shape: []) }

    /// The size of each axis; `[]` for a scalar.
    public var shape: [Int] { array.shape }
    /// The number of axes.
    public var rank: Int { array.shape.count }
    /// The number of elements.
    public var count: Int { array.count }
    /// The elements in row-major order.
    public var scalars: [Float] { array.elements }

    /// The only element. Traps when there is not exactly one.
    public var scalar: Float {
        require(count == 1, "scalar", "the shape \(shape) has \(count) elements")
        return array[flat: 0]
    }

    /// The element at one index an axis: `matrix[2, 0]`. Negative indices count from the end.
    public subscript(position: Int...) -> Float {
        get { array[flat: array.flatIndex(position)] }
        set { array[flat: array.flatIndex(position)] = newValue }
    }

    /// Rows of axis 0, sharing memory with `self`: `x[0..<32]`. What is written broadcasts to them.
    public subscript(rows: Range<Int>) -> Tensor {
        get { Tensor(array.slice(rows)) }
        set { self[rows, ...] = newValue }
    }

    /// The rows at `indices` of axis 0, in that order.
    public func gathered(_ indices: some Collection<Int>) -> Tensor { Tensor(array.gathered(indices)) }

    /// Reads the elements in place.
    public func withUnsafeBufferPointer<R, E: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        try array.withUnsafeBufferPointer(body)
    }

    /// Writes the elements in place, copying them first when they are shared.
    public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
    ) throws(E) -> R {
        try array.withUnsafeMutableBufferPointer(body)
    }
}

extension Tensor: ExpressibleByArrayLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// `[1, 2, 3]` is a vector; nested literals stack along a new axis 0. Traps when the parts differ in shape.
    public init(arrayLiteral elements: Tensor...) {
        let shape = elements.first?.shape ?? []
        require(elements.allSatisfy { $0.shape == shape }, "Tensor", "the parts of the literal differ in shape")
        self.init(elements.flatMap(\.scalars), shape: [elements.count] + shape)
    }

    public init(floatLiteral value: Float) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(Float(value)) }
}

extension Tensor: Equatable {
    /// Same shape and equal elements (so a NaN differs from itself, as in IEEE 754).
    public static func == (a: Tensor, b: Tensor) -> Bool {
        a.shape == b.shape
            && a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in a.elementsEqual(b) } }
    }
}
