import HornetTensor
import HornetTestSupport
import Testing

@Suite struct BufferPoolTests {
    @Test func classesCoverTheRequestAndWasteLittle() {
        var sizes = Array(0...5000)
        for power in 13..<40 { sizes += [-1, 0, 1, 1 << (power - 2), (1 << (power - 2)) + 1].map { (1 << power) + $0 } }
        var last = 0
        for size in sizes {
            let covered = BufferPool.sizeClass(size)
            #expect(covered >= size && covered % 64 == 0, "\(size) bytes")
            #expect(covered <= max(256, size + size / 4 + 64), "\(size) bytes take \(covered)")
            #expect(BufferPool.sizeClass(covered) == covered, "\(size) bytes")
            #expect(covered >= last)
            last = covered
        }
        #expect(Set((4097...8192).map(BufferPool.sizeClass)).count == 4, "four classes an octave")
    }

    @Test func blocksAreAlignedAndReused() {
        let pool = BufferPool(cachedBytesLimit: 1 << 20)
        let first = pool.take(1000)
        #expect(UInt(bitPattern: first) % 64 == 0)
        pool.give(first, 1000)
        // Another size of the same class.
        let second = pool.take(1020)
        #expect(second == first && pool.systemAllocations == 1)
        let third = pool.take(1000)
        #expect(third != second && pool.systemAllocations == 2)
        pool.give(second, 1020)
        pool.give(third, 1000)
        pool.drain()
        pool.give(pool.take(1000), 1000)
        #expect(pool.systemAllocations == 3)
        pool.drain()
    }

    @Test func keepsNoMoreThanItsLimit() {
        let pool = BufferPool(cachedBytesLimit: 4096)
        let blocks = (0..<3).map { _ in pool.take(2048) }
        for block in blocks { pool.give(block, 2048) }
        // Two fit; the third went back to the system.
        let again = (0..<3).map { _ in pool.take(2048) }
        #expect(pool.systemAllocations == 4)
        for block in again { pool.give(block, 2048) }
        pool.drain()
    }

    @Test func manyThreadsShareAPool() async {
        let pool = BufferPool(cachedBytesLimit: 1 << 20)
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<500 {
                        let size = 64 * (1 + (round * 7 + task) % 40)
                        let block = pool.take(size)
                        let mark = UInt64(task << 32 | round)
                        block.storeBytes(of: mark, as: UInt64.self)
                        let isOwn = block.load(as: UInt64.self) == mark
                        pool.give(block, size)
                        if !isOwn { return false }
                    }
                    return true
                }
            }
            for await isOwn in group { #expect(isOwn, "two threads had the same block") }
        }
        pool.drain()
    }

    /// Alone in a process, so that no other test allocates meanwhile.
    @Test func aRepeatedStepAllocatesNothingNew() async {
        await #expect(processExitsWith: .success) {
            let kernel = Parameter(.random([64, 32]), role: "kernel")
            let table = Parameter(.random([100, 64]), role: "embeddings")
            let tape = Tape()
            func step(_ seed: UInt64) throws {
                tape.reset()
                let ids = Indices.random([16, 20], below: 100, seed: seed)
                let pooled = try Value.embeddingMaxPool(table, ids: ids, tape: tape)
                let hidden = pooled.linear(kernel: tape.value(of: kernel), bias: nil, activation: .relu)
                tape.backward(from: (hidden * hidden).mean())
                let gradient = tape.gradient(of: kernel)!.dense
                tape.reset()
                kernel.value -= gradient * 0.01
            }
            try step(1)
            try step(2)
            let allocations = BufferPool.shared.systemAllocations
            precondition(allocations > 0)
            for seed in 3..<20 { try step(UInt64(seed)) }
            precondition(BufferPool.shared.systemAllocations == allocations)
        }
    }
}
