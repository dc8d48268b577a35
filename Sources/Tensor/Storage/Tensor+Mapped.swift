extension Tensor {
    /// Little-endian floats in a mapped file that `owner` keeps open: used in place when they are aligned, else copied.
    package init(mapped bytes: UnsafeRawBufferPointer, from owner: AnyObject, shape: [Int]) {
        if let base = bytes.baseAddress, UInt(bitPattern: base) % UInt(MemoryLayout<Float>.alignment) == 0 {
            self.init(NDArray(borrowing: bytes, from: owner, shape: shape))
        } else {
            self.init(uninitialized: shape)
            withUnsafeMutableBufferPointer { UnsafeMutableRawBufferPointer($0).copyMemory(from: bytes) }
        }
    }
}
