import CHornetKernels

/// Numbers the distinct rows of a batch 0, 1, 2 … in order of first use, in time that follows the batch:
/// the table over all rows is cleared only where it was written.
package struct RowSlots {
    private var slotOfRow: [Int32] = []

    package init() {}

    /// The slot of each id, in the shape of `ids`, and the distinct ids in order of their slots; `nil` when an id is
    /// outside `0 ..< rowCount`.
    package mutating func assign(_ ids: Indices, rowCount: Int) -> (slots: Indices, rows: Indices)? {
        let isInside = ids.read { hornet_ids_are_below($0, ids.count, Int32(rowCount)) } != 0
        guard isInside else { return nil }
        if slotOfRow.count != rowCount { slotOfRow = Array(repeating: -1, count: rowCount) }
        let count = ids.count
        var slots = Indices(uninitialized: ids.shape)
        // Room for the worst case, so that the buffer's size does not change from batch to batch.
        var rows = Indices(uninitialized: [count])
        var distinct = 0
        slotOfRow.withUnsafeMutableBufferPointer { table in
            ids.read { ids in
                slots.write { slots in
                    rows.write { rows in
                        for i in 0..<count {
                            let id = Int(ids[i])
                            if table[id] < 0 {
                                table[id] = Int32(distinct)
                                rows[distinct] = ids[i]
                                distinct += 1
                            }
                            slots[i] = table[id]
                        }
                        for k in 0..<distinct { table[Int(rows[k])] = -1 }
                    }
                }
            }
        }
        return (slots, rows[0..<distinct])
    }
}
