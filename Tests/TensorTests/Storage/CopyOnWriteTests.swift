import HornetTensor
import HornetTestSupport
import Testing

@Suite struct CopyOnWriteTests {
    private func address(_ x: Tensor) -> UInt { x.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } }

    @Test func copiesShareUntilWritten() {
        let original: Tensor = [1, 2, 3]
        var copy = original
        #expect(address(copy) == address(original))
        copy[0] = 10
        #expect(original == [1, 2, 3] && copy == [10, 2, 3])
        let now = address(copy)
        copy[1] = 20
        #expect(address(copy) == now, "a tensor that nobody shares is written in place")
    }

    @Test func slicesShareAndCopyOnWrite() {
        var original = Tensor.arange(6).reshaped([3, 2])
        var slice = original[1..<3]
        #expect(address(slice) == address(original) + 8)
        slice[0, 0] = 100
        #expect(original == [[0, 1], [2, 3], [4, 5]] && slice == [[100, 3], [4, 5]])
        let other = original[0..<1]
        original[0, 0] = -1
        #expect(other == [[0, 1]] && original[0, 0] == -1)
    }

    @Test func slicesOfSlices() {
        let x = Tensor.arange(24).reshaped([6, 2, 2])
        let inner = x[1..<5][1..<3]
        #expect(inner == Tensor.arange(24).reshaped([6, 2, 2])[2..<4])
        #expect(inner.shape == [2, 2, 2] && inner[0, 0, 0] == 8)
        #expect(x[3..<3].shape == [0, 2, 2])
        #expect(Tensor.zeros([3, 0])[1..<3].shape == [2, 0])
    }

    @Test func aSliceOutlivesItsTensor() {
        func tail() -> Tensor { Tensor.arange(1000)[998..<1000] }
        let kept = tail()
        for _ in 0..<10 { _ = Tensor.full([1000], 7) }
        #expect(kept == [998, 999])
    }

    @Test func reshapedTensorsShareAndCopyOnWrite() {
        let original = Tensor.arange(4)
        var matrix = original.reshaped([2, 2])
        #expect(address(matrix) == address(original))
        matrix[1, 1] = 9
        #expect(original == [0, 1, 2, 3])
    }

    @Test func inPlaceArithmeticLeavesCopiesAlone() {
        let original: Tensor = [1, 2]
        var copy = original
        copy += 1
        copy *= original
        #expect(original == [1, 2] && copy == [2, 6])
    }

    private final class Memory: Sendable {
        let address: UInt
        let byteCount: Int

        init(_ floats: [Float], offset: Int = 0) {
            byteCount = floats.count * 4
            let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 64, alignment: 64) + offset
            for (i, x) in floats.enumerated() { memory.storeBytes(of: x, toByteOffset: i * 4, as: Float.self) }
            address = UInt(bitPattern: memory)
        }

        var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: byteCount)
        }
    }

    /// A mapped file is read where it lies; writing makes a copy, even when nobody else holds the tensor.
    @Test func foreignMemoryIsReadInPlaceAndNeverWritten() {
        let memory = Memory([1, 2, 3, 4])
        var x = Tensor(NDArray(borrowing: memory.bytes, from: memory, shape: [2, 2]))
        #expect(address(x) == memory.address)
        #expect(x == [[1, 2], [3, 4]])
        x[0, 0] = 50
        #expect(x == [[50, 2], [3, 4]])
        #expect(memory.bytes.load(as: Float.self) == 1)
        #expect(address(x) != memory.address)
        var row = Tensor(NDArray(borrowing: memory.bytes, from: memory, shape: [2, 2]))[1..<2]
        row += 1
        #expect(row == [[4, 5]] && memory.bytes.load(fromByteOffset: 8, as: Float.self) == 3)
    }

    @Test func foreignMemoryLivesAsLongAsItsTensors() {
        weak var observed: Memory?
        do {
            let memory = Memory([1, 2])
            observed = memory
            let slice = Tensor(NDArray(borrowing: memory.bytes, from: memory, shape: [2]))[1..<2]
            withExtendedLifetime(slice) { #expect(observed != nil) }
        }
        #expect(observed == nil)
    }

    @Test func foreignMemoryMayBeEmptyOrCrooked() {
        let memory = Memory([1, 2, 3], offset: 2)
        #expect(memory.address % 4 == 2)
        let x = Tensor(NDArray(borrowing: memory.bytes, from: memory, shape: [3]))
        #expect(x == [1, 2, 3] && address(x) % 4 == 0)
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(Tensor(NDArray(borrowing: nothing, from: memory, shape: [0, 4])).shape == [0, 4])
    }

    @Test func trapsOnWrongSizes() async {
        await #expect(processExitsWith: .failure) { _ = Tensor([1, 2, 3], shape: [2]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.zeros([-1]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.zeros([1 << 40, 1 << 40]) }
    }
}
