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
        var lists = Indices(uninitialized: [3, ids.count])
        var starts = Indices(uninitialized: [samples + 1])
        var scratch = Indices(uninitialized: [ids.count + 2 * time])
        let distinct = lists.write { lists in
            starts.write { starts in
                scratch.write { scratch in
                    ids.read {
                        hornet_token_sets(
                            $0, samples, time, stripes.kernelStripe(stripe), slotOfPlace, lists, lists + ids.count,
                            lists + 2 * ids.count, starts, scratch)
                    }
                }
            }
        }
        return TokenSets(
            rows: lists[0..<1].reshaped([ids.count])[0..<distinct], slots: lists[1..<2], starts: starts,
            positions: lists[2..<3])
    }
}
