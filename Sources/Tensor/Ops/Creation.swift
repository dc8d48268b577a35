extension Tensor {
    /// All elements 0.
    public static func zeros(_ shape: [Int]) -> Tensor { full(shape, 0) }
    /// All elements 1.
    public static func ones(_ shape: [Int]) -> Tensor { full(shape, 1) }
    /// All elements `value`.
    public static func full(_ shape: [Int], _ value: Float) -> Tensor {
        Tensor(NDArray(repeating: value, shape: shape))
    }

    /// The identity matrix `[size, size]`.
    public static func eye(_ size: Int) -> Tensor {
        var result = zeros([size, size])
        for i in 0..<size { result[i, i] = 1 }
        return result
    }

    /// `[0, 1, …, count − 1]`.
    public static func arange(_ count: Int) -> Tensor { Tensor((0..<count).map(Float.init)) }
}
