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

    /// The same for a function of one element, on all threads where there are many.
    func mappedElements(_ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void) -> Tensor {
        mapped { x, y, count in
            Tensor.forEachPiece(of: count) { kernel(x + $0.lowerBound, y + $0.lowerBound, $0.count) }
        }
    }

    /// Cuts elementwise work for all threads. Below the bound, which takes one thread some 10 microseconds, the caller
    /// does it all.
    static func forEachPiece(of count: Int, _ body: (Range<Int>) -> Void) {
        Parallel.forEachRange(of: count, by: pieceSize, if: isWorthThreads(count), body)
    }

    /// Elements in a piece of elementwise work: 64 KiB of each array.
    static var pieceSize: Int { 1 << 14 }
    static func isWorthThreads(_ count: Int) -> Bool { count >= 1 << 16 }

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
