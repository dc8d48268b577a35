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

    /// The same for documents `ids [documents, time]` taken in `order`, where a document that has an id twice counts it
    /// once: number `places[d, t]` of the slots belongs to that token. Document number k of the order has
    /// `slots[starts[k] ..< ends[k]]`; documents follow each other, but the first of each `groupSize` starts where it would
    /// if no id stood twice.
    package mutating func assignPlaces(
        _ ids: Indices, order: [Int], groupSize: Int, rowCount: Int
    ) -> (places: Indices, slots: Indices, starts: [Int], ends: [Int], rows: Indices)? {
        guard let (slotOfToken, rows) = assign(ids, rowCount: rowCount) else { return nil }
        let time = ids.shape[1]
        var places = Indices(uninitialized: ids.shape)
        var slots = Indices(uninitialized: [ids.count])
        var (starts, ends) = (order, order)
        // The place that each slot had last.
        var placeOfSlot = Indices(NDArray(repeating: -1, shape: [ids.count]))
        placeOfSlot.write { placeOfSlot in
            places.write { places in
                slots.write { slots in
                    slotOfToken.read { slotOfToken in
                        var count = 0
                        for (number, document) in order.enumerated() {
                            if number % groupSize == 0 { count = number * time }
                            let start = Int32(count)
                            starts[number] = count
                            for i in document * time..<(document + 1) * time {
                                let slot = slotOfToken[i]
                                if placeOfSlot[Int(slot)] < start {
                                    placeOfSlot[Int(slot)] = Int32(count)
                                    slots[count] = slot
                                    count += 1
                                }
                                places[i] = placeOfSlot[Int(slot)]
                            }
                            ends[number] = count
                        }
                    }
                }
            }
        }
        return (places, slots, starts, ends, rows)
    }
}
