import HornetSupport

extension Tensor {
    /// A tensor of three axes. Traps when parts differ in shape.
    public init(blocks: [[[Float]]]) {
        self = blocks.isEmpty ? .zeros([0, 0, 0]) : .stacked(blocks.map { Tensor($0) })
    }

    /// The same integers as floats; above 2²⁴ they are rounded.
    public init(ids indices: Indices) { self.init(indices.ids.map { Float($0) }, shape: indices.shape) }
}

extension Indices {
    /// The integral parts. Traps on what an Int32 can't hold.
    public init(_ tensor: Tensor) {
        let ids = tensor.scalars.map { number in
            let whole = number.rounded(.towardZero)
            require(whole >= -0x1p31 && whole < 0x1p31, "Indices", "\(number) is no Int32")
            return Int32(whole)
        }
        self.init(ids, shape: tensor.shape)
    }
}

extension [[Float]] {
    /// The rows of a matrix. Traps on other ranks.
    public init(_ tensor: Tensor) {
        require(tensor.rank == 2, "Array", "a matrix is needed, this has the shape \(tensor.shape)")
        let (scalars, width) = (tensor.scalars, tensor.shape[1])
        self = (0..<tensor.shape[0]).map { [Float](scalars[$0 * width..<($0 + 1) * width]) }
    }
}

extension [[[Float]]] {
    /// The matrices of a tensor of three axes. Traps on other ranks.
    public init(_ tensor: Tensor) {
        require(tensor.rank == 3, "Array", "three axes are needed, this has the shape \(tensor.shape)")
        self = (0..<tensor.shape[0]).map { [[Float]](tensor[$0, ...]) }
    }
}

extension [[Int32]] {
    /// The rows of a matrix. Traps on other ranks.
    public init(_ indices: HornetTensor.Indices) {
        require(indices.rank == 2, "Array", "a matrix is needed, this has the shape \(indices.shape)")
        let (ids, width) = (indices.ids, indices.shape[1])
        self = (0..<indices.shape[0]).map { [Int32](ids[$0 * width..<($0 + 1) * width]) }
    }
}
