/// Doors between tensors and the C kernels: allocate the result, open the pointers, call.
extension Tensor {
    /// `y[i] = kernel(self[i])`
    func mapped(_ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void) -> Tensor {
        var result = Tensor(uninitialized: shape)
        withUnsafeBufferPointer { x in
            result.withUnsafeMutableBufferPointer { y in kernel(x.baseAddress!, y.baseAddress!, count) }
        }
        return result
    }

    /// `y[i] = kernel(self[i], other[i])`; both have the same shape.
    func mapped(
        with other: Tensor,
        _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> Tensor {
        var result = Tensor(uninitialized: shape)
        withUnsafeBufferPointer { a in
            other.withUnsafeBufferPointer { b in
                result.withUnsafeMutableBufferPointer { y in
                    kernel(a.baseAddress!, b.baseAddress!, y.baseAddress!, count)
                }
            }
        }
        return result
    }

    /// Reads through a pointer that is valid even when there are no elements.
    package func read<R>(_ body: (UnsafePointer<Float>) -> R) -> R {
        withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    /// Writes through a pointer that is valid even when there are no elements.
    package mutating func write<R>(_ body: (UnsafeMutablePointer<Float>) -> R) -> R {
        withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}

extension Indices {
    package func read<R>(_ body: (UnsafePointer<Int32>) -> R) -> R {
        withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    package mutating func write<R>(_ body: (UnsafeMutablePointer<Int32>) -> R) -> R {
        withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
