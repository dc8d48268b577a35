import HornetTensor

/// The arrays that an optimizer keeps for one weight; each has the weight's shape. They live as long as this object.
final class Slots {
    var tensors: [Tensor]

    init(_ tensors: [Tensor]) { self.tensors = tensors }

    /// Opens all arrays for writing.
    func withPointers<R>(_ body: (UnsafeBufferPointer<UnsafeMutablePointer<Float>>) -> R) -> R {
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: tensors.count) { pointers in
            // They stay valid: each buffer is held by this object alone once it was opened for writing.
            for i in tensors.indices { pointers.initializeElement(at: i, to: tensors[i].write { $0 }) }
            return withExtendedLifetime(self) { body(UnsafeBufferPointer(pointers)) }
        }
    }
}
