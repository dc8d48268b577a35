import Benchmark
import CHornetKernels
import Hornet
import Workload

/// Rows of a table by id, as many as one training step of the networks reads.
func embeddingBenchmarks() {
    let (batch, time, width) = (Network.batchSize, Network.length, 128)
    let ids = TokenIds(documents: batch).x.ids
    let sets = DistinctSets(ids, time: time)
    let table = Floats(Network.vocabulary * width)
    let (rows, pooled) = (Floats(batch * time * width), Floats(batch * width))
    let winners = Ids(batch * width)
    // The place before the first one is that of the winner -1.
    let (places, winning) = (Ids(sets.rows.count + 1), Ids(sets.rows.count))
    // What the kernels on the way back read.
    hornet_gather_max_pool_sets(
        table.pointer, sets.rows, sets.slots, sets.starts, pooled.pointer, winners.pointer, batch, width)
    let count = hornet_compact_winners(
        winners.pointer, batch * width, sets.rows, places.pointer + 1, winning.pointer, sets.rows.count)

    let rowBytes = 4 * width
    func kernel(_ name: String, bytes: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
        kernelBenchmark("Embedding: \(name)", bytes: bytes, work)
    }
    kernel("gather_rows", bytes: 2 * ids.count * rowBytes) {
        $0.gather_rows(table.pointer, ids, rows.pointer, ids.count, width)
    }
    kernel("scatter_add_rows", bytes: 3 * ids.count * rowBytes) {
        $0.scatter_add_rows(table.pointer, ids, rows.pointer, ids.count, width)
    }
    kernel("gather_max", bytes: ids.count * rowBytes) {
        $0.gather_max(table.pointer, ids, pooled.pointer, batch, time, width)
    }
    kernel("gather_max_pool_sets", bytes: sets.slots.count * rowBytes) {
        $0.gather_max_pool_sets(
            table.pointer, sets.rows, sets.slots, sets.starts, pooled.pointer, winners.pointer, batch, width)
    }
    // Two parts with the same tokens: whatever the first run leaves, the next ones read and write as much.
    let (slots, positions, starts) = (Ids(sets.slots), Ids(sets.positions), Ids(sets.starts))
    let (maxima, wins) = ([pooled, Floats(batch * width)], [Ids(batch * width), Ids(batch * width)])
    let parts = (0..<2).map { part in
        hornet_pool_part(
            slots: slots.pointer, positions: positions.pointer, starts: starts.pointer, maxima: maxima[part].pointer,
            winner: wins[part].pointer)
    }
    kernel("combine_maxima", bytes: 4 * batch * rowBytes) {
        $0.combine_maxima(parts, parts.count, 0, batch, width)
        _ = (slots, positions, starts, maxima, wins)
    }
    kernel("compact_winners", bytes: batch * rowBytes) {
        blackHole(
            $0.compact_winners(
                winners.pointer, batch * width, sets.rows, places.pointer + 1, winning.pointer, sets.rows.count))
    }
    kernel("scatter_winners", bytes: (2 * batch + count) * rowBytes) {
        $0.scatter_winners(pooled.pointer, winners.pointer, places.pointer + 1, rows.pointer, batch, count, width)
    }
    kernel("ids_are_below", bytes: 4 * ids.count) {
        blackHole($0.ids_are_below(ids, ids.count, Int32(Network.vocabulary)))
    }

    let steps = Ids(batch * width)
    kernel("max_pool", bytes: ids.count * rowBytes) {
        $0.max_pool(rows.pointer, pooled.pointer, steps.pointer, batch, time, width)
    }
    kernel("max_pool_backward", bytes: ids.count * rowBytes) {
        $0.max_pool_backward(pooled.pointer, steps.pointer, rows.pointer, batch, time, width)
    }
}

/// The ids of each document without repetition, as numbers among the distinct ids of all.
private struct DistinctSets {
    private(set) var rows: [Int32] = []
    private(set) var slots: [Int32] = []
    /// Where in its document each of `slots` stands.
    private(set) var positions: [Int32] = []
    private(set) var starts: [Int32] = [0]

    init(_ ids: [Int32], time: Int) {
        var slotOfID: [Int32: Int32] = [:]
        for start in stride(from: 0, to: ids.count, by: time) {
            var seen: Set<Int32> = []
            for (position, id) in ids[start..<start + time].enumerated() where seen.insert(id).inserted {
                if slotOfID[id] == nil {
                    slotOfID[id] = Int32(rows.count)
                    rows.append(id)
                }
                slots.append(slotOfID[id]!)
                positions.append(Int32(position))
            }
            starts.append(Int32(slots.count))
        }
    }
}
