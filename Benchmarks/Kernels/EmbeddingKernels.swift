import Benchmark
import CHornetKernels
import Hornet
import Workload

/// Rows of a table by id, as many as one training step of the networks reads.
func embeddingBenchmarks() {
    let (batch, time, width) = (Network.batchSize, Network.length, 128)
    let ids = TokenIds(documents: batch).x.ids
    let table = Floats(Network.vocabulary * width)
    let (rows, pooled) = (Floats(batch * time * width), Floats(batch * width))
    let winners = UnsafeMutablePointer<Int32>.allocate(capacity: batch * width)
    winners.initialize(repeating: 0, count: batch * width)
    let rowBytes = 4 * batch * time * width
    func kernel(_ name: String, bytes: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
        kernelBenchmark("Embedding: \(name)", bytes: bytes, work)
    }
    kernel("gather_rows", bytes: 2 * rowBytes) { $0.gather_rows(table.pointer, ids, rows.pointer, ids.count, width) }
    kernel("scatter_add_rows", bytes: 3 * rowBytes) {
        $0.scatter_add_rows(table.pointer, ids, rows.pointer, ids.count, width)
    }
    kernel("max_pool", bytes: rowBytes) { $0.max_pool(rows.pointer, pooled.pointer, winners, batch, time, width) }
    kernel("max_pool_backward", bytes: rowBytes) {
        winners.update(repeating: 0, count: batch * width)
        $0.max_pool_backward(pooled.pointer, winners, rows.pointer, batch, time, width)
    }
    kernel("gather_max_pool", bytes: rowBytes) {
        $0.gather_max_pool(table.pointer, ids, pooled.pointer, winners, batch, time, width)
    }
}
