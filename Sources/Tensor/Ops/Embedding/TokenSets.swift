import CHornetKernels

/// The rows of one stripe that a batch of samples names: each once, and for each sample the set of its own.
struct TokenSets {
    /// The distinct rows in order of first use; their places are the slots.
    let rows: Indices
    /// Sample `s` has `slots[starts[s] ..< starts[s + 1]]`, in order of first use.
    let slots: Indices
    let starts: Indices
    /// Where in its sample each of `slots` was first used.
    let positions: Indices
}

/// Makes ``TokenSets``; keeps a table of slots by row, which is cleared only where it was written, so that the cost of a
/// batch does not follow the vocabulary.
struct TokenSetBuilder {
    private var stripes: TableStripes?
    private var places = 0
    private var slotOfPlace = Indices([Int32]())

    /// The sets of each stripe for `ids [samples, time]`; `nil` when an id is outside `0 ..< rowCount`. All threads
    /// build at the same time, and each hands its sets to `use` at once.
    mutating func build(
        _ ids: Indices, rowCount: Int, _ stripes: TableStripes, _ use: (_ stripe: Int, TokenSets) -> Void
    ) -> Bool {
        if self.stripes != stripes || places != stripes.places(rowCount: rowCount) {
            self.stripes = stripes
            places = stripes.places(rowCount: rowCount)
            slotOfPlace = Indices(repeatElement(-1, count: places * stripes.count), shape: [places * stripes.count])
        }
        let isInside = ids.read { hornet_ids_are_below($0, ids.count, Int32(rowCount)) } != 0
        guard isInside else { return false }
        let (places, count) = (places, stripes.count)
        slotOfPlace.write { slotOfPlace in
            Parallel.forEachRange(of: count, by: 1, if: ids.count > 256) { range in
                for stripe in range {
                    use(stripe, TokenSetBuilder.sets(ids, stripe, of: stripes, slotOfPlace + stripe * places))
                }
            }
        }
        return true
    }

    private static func sets(
        _ ids: Indices, _ stripe: Int, of stripes: TableStripes, _ slotOfPlace: UnsafeMutablePointer<Int32>
    ) -> TokenSets {
        let (samples, time) = (ids.shape[0], ids.shape[1])
        // Room for the worst case, so that no buffer's size changes from batch to batch.
        var rows = Indices(uninitialized: [ids.count])
        var slots = Indices(uninitialized: [ids.count])
        var positions = Indices(uninitialized: [ids.count])
        var starts = Indices(uninitialized: [samples + 1])
        // The last sample that counted each slot.
        var lastSample = Indices(uninitialized: [ids.count])
        var (rowCount, count) = (0, 0)
        ids.read { ids in
            rows.write { rows in
                slots.write { slots in
                    positions.write { positions in
                        starts.write { starts in
                            lastSample.write { lastSample in
                                for sample in 0..<samples {
                                    starts[sample] = Int32(count)
                                    for t in 0..<time {
                                        let id = ids[sample * time + t]
                                        if stripes.stripe(of: id) != stripe { continue }
                                        var slot = Int(slotOfPlace[stripes.place(of: id)])
                                        if slot < 0 {
                                            slot = rowCount
                                            slotOfPlace[stripes.place(of: id)] = Int32(slot)
                                            rows[slot] = id
                                            rowCount += 1
                                        } else if lastSample[slot] == Int32(sample) {
                                            continue
                                        }
                                        lastSample[slot] = Int32(sample)
                                        slots[count] = Int32(slot)
                                        positions[count] = Int32(t)
                                        count += 1
                                    }
                                }
                                starts[samples] = Int32(count)
                                for slot in 0..<rowCount { slotOfPlace[stripes.place(of: rows[slot])] = -1 }
                            }
                        }
                    }
                }
            }
        }
        return TokenSets(rows: rows[0..<rowCount], slots: slots, starts: starts, positions: positions)
    }
}
