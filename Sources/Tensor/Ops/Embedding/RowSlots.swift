import HornetSupport

/// Numbers the distinct rows of a batch 0, 1, 2 … in order of first use, in time that follows the batch:
/// the table over all rows is cleared only where it was written.
package struct RowSlots {
    private var slotOfRow: [Int32] = []

    package init() {}

    /// The slot of each id, in the shape of `ids`, and the distinct ids in order of their slots; `nil` when an id is
    /// outside `0 ..< rowCount`.
    package mutating func assign(_ ids: Indices, rowCount: Int) -> (slots: Indices, rows: Indices)? {
        var slots = Indices(uninitialized: ids.shape)
        let rows = number(ids, rowCount) { ids, numbering in
            slots.write { slots in
                for i in 0..<ids.count {
                    guard let slot = numbering.slot(of: ids[i]) else { return }
                    slots[i] = slot
                }
            }
        }
        return rows.map { (slots, $0) }
    }

    /// The same for `ids [samples, time]`, where a sample that has an id twice counts it once: sample `s` has
    /// `slots[starts[s] ..< starts[s + 1]]`, in order of first use.
    package mutating func assignSets(
        _ ids: Indices, rowCount: Int
    ) -> (slots: Indices, starts: Indices, rows: Indices)? {
        let (samples, time) = (ids.shape[0], ids.shape[1])
        var slots = Indices(uninitialized: [ids.count])
        var starts = Indices(uninitialized: [samples + 1])
        // The last sample that counted each slot.
        var counted = Indices(uninitialized: [ids.count])
        let rows = number(ids, rowCount) { ids, numbering in
            slots.write { slots in
                starts.write { starts in
                    counted.write { counted in
                        var count = 0
                        for sample in 0..<samples {
                            starts[sample] = Int32(count)
                            for i in sample * time..<(sample + 1) * time {
                                let known = numbering.count
                                guard let slot = numbering.slot(of: ids[i]) else { return }
                                if Int(slot) < known, counted[Int(slot)] == Int32(sample) { continue }
                                counted[Int(slot)] = Int32(sample)
                                slots[count] = slot
                                count += 1
                            }
                        }
                        starts[samples] = Int32(count)
                    }
                }
            }
        }
        return rows.map { (slots, starts, $0) }
    }

    /// Slots as they are given out.
    private struct Numbering {
        let slotOfRow: UnsafeMutablePointer<Int32>
        let rowCount: UInt32
        let rows: UnsafeMutablePointer<Int32>
        var count = 0
        var isComplete = true

        /// `nil` when there is no such row, and then the whole numbering fails.
        @inline(__always)
        mutating func slot(of id: Int32) -> Int32? {
            guard UInt32(bitPattern: id) < rowCount else {
                isComplete = false
                return nil
            }
            let known = slotOfRow[Int(id)]
            if known >= 0 { return known }
            let slot = Int32(count)
            slotOfRow[Int(id)] = slot
            rows[count] = id
            count += 1
            return slot
        }
    }

    /// The rows that `body` gave slots to.
    @inline(__always)
    private mutating func number(
        _ ids: Indices, _ rowCount: Int, _ body: (UnsafeBufferPointer<Int32>, inout Numbering) -> Void
    ) -> Indices? {
        if slotOfRow.count != rowCount { slotOfRow = Array(repeating: -1, count: rowCount) }
        // Room for the worst case, so that the buffer's size does not change from batch to batch.
        var rows = Indices(uninitialized: [ids.count])
        let count = slotOfRow.withUnsafeMutableBufferPointer { table in
            rows.write { rows -> Int? in
                // An empty table has no address, and no row either.
                guard let slotOfRow = table.baseAddress else { return ids.count == 0 ? 0 : nil }
                var numbering = Numbering(slotOfRow: slotOfRow, rowCount: UInt32(rowCount), rows: rows)
                ids.withUnsafeBufferPointer { body($0, &numbering) }
                for k in 0..<numbering.count { slotOfRow[Int(rows[k])] = -1 }
                return numbering.isComplete ? numbering.count : nil
            }
        }
        return count.map { rows[0..<$0] }
    }
}
