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

    /// A tensor whose elements `fill` writes, all of them.
    package init(_ shape: [Int], fill: (UnsafeMutablePointer<Float>) -> Void) {
        self.init(uninitialized: shape)
        write(fill)
    }

    /// Reads through a pointer that is valid even when there are no elements.
    package func read<R>(_ body: (UnsafePointer<Float>) -> R) -> R {
        withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    /// Writes through a pointer that is valid even when there are no elements.
    package mutating func write<R>(_ body: (UnsafeMutablePointer<Float>) throws -> R) rethrows -> R {
        try withUnsafeMutableBufferPointer { try body($0.baseAddress!) }
    }
}

/// What a kernel can read from.
package protocol KernelInput {
    associatedtype Element: BitwiseCopyable & Sendable
    var array: NDArray<Element> { get }
}

extension NDArray: KernelInput {
    package var array: NDArray { self }
}
extension Tensor: KernelInput {}
extension Indices: KernelInput {}

/// Reads several arrays at once, through pointers that are valid even when there are no elements.
@inline(__always)
package func reading<each Input: KernelInput, R>(
    _ inputs: repeat each Input, body: (repeat UnsafePointer<(each Input).Element>) -> R
) -> R {
    withExtendedLifetime((repeat each inputs)) { body(repeat (each inputs).array.start) }
}

extension Indices {
    package func read<R>(_ body: (UnsafePointer<Int32>) -> R) -> R {
        withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    package mutating func write<R>(_ body: (UnsafeMutablePointer<Int32>) throws -> R) rethrows -> R {
        try withUnsafeMutableBufferPointer { try body($0.baseAddress!) }
    }
}
