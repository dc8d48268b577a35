import HornetSupport

extension Tensor {
    /// All elements 0.
    public static func zeros(_ shape: [Int]) -> Tensor { full(shape, 0) }
    /// All elements 1.
    public static func ones(_ shape: [Int]) -> Tensor { full(shape, 1) }
    /// All elements `value`.
    public static func full(_ shape: [Int], _ value: Float) -> Tensor {
        Tensor(NDArray(repeating: value, shape: shape))
    }

    /// All elements 0, in the shape of `other`.
    public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }
    /// All elements 1, in the shape of `other`.
    public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }
    /// All elements `value`, in the shape of `other`.
    public static func full(like other: Tensor, _ value: Float) -> Tensor { full(other.shape, value) }

    /// The identity matrix `[size, size]`.
    public static func eye(_ size: Int) -> Tensor { eye(size, columns: size) }

    /// `[rows, columns]` with 1 on a diagonal and 0 elsewhere: on that which begins `offset` columns to the right, or
    /// `−offset` rows below. NumPy's `eye`.
    public static func eye(_ rows: Int, columns: Int, offset: Int = 0) -> Tensor {
        var result = zeros([rows, columns])
        result.array.write(NDArray(repeating: 1, shape: []), at: result.diagonalView(offset))
        return result
    }
}

extension Indices {
    /// All elements `value`.
    public static func full(_ shape: [Int], _ value: Int32) -> Indices {
        Indices(NDArray(repeating: value, shape: shape))
    }

    /// `[0, 1, …, count − 1]`.
    public static func arange(_ count: Int) -> Indices { Indices((0..<count).map { Int32($0) }) }
}
