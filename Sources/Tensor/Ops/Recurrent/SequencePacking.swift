import HornetSupport

/// Which steps of a batch of sequences are computed, and in what order: the real ones alone.
///
/// A step that a mask calls padding hands the state on as it is, so leaving it out changes nothing, wherever it stands.
/// Documents are sorted by their number of real steps, most first, and cut into groups of at most ``groupSize``. The
/// rows of a group lie step after step; at each step the documents still running are a prefix of the group, so a step's
/// rows are one matrix. No group touches a row of another.
///
/// Where all states are kept they live in tables of `rowCount + batch` rows: row r holds the state before packed row r,
/// row `rowCount + b` the last state of document b. So ``next`` leads from a packed row to the state after it, whether or
/// not the document goes on. Else a table has one row for each document, in the sorted order.
package struct SequencePacking: Sendable {
    /// Enough rows for a matrix product to be worth it, few enough for a group's gates to stay in the cache.
    package static let groupSize = 8

    package struct Group: Sendable {
        /// Where its documents stand in the sorted order.
        package let documents: Range<Int>
        package let rows: Range<Int>
        /// How many documents run at each step.
        package let active: [Int]
    }

    package let batch: Int
    package let time: Int
    package let keepsStates: Bool
    /// The documents in the sorted order.
    package let order: [Int]
    package let groups: [Group]
    /// Where a packed row comes from: `document·time + position`.
    package let sources: [Int]
    /// The state row after a packed row: the next packed row of its document, or the document's last state. Where states
    /// are not kept, the row of each place in the sorted order, that is, its number.
    package let next: [Int]
    /// The state row that a document begins with: its first packed row, or its last state if it has no real step.
    package let firstRows: [Int]
    /// The state row that a document ends with.
    package let lastRows: [Int]
    private let mask: Tensor?
    private let goBackwards: Bool

    /// The number of real steps.
    package var rowCount: Int { sources.count }
    package var stateRowCount: Int { keepsStates ? rowCount + batch : batch }
    package func document(of row: Int) -> Int { sources[row] / time }

    /// The steps of `[batch, time]` where `mask` is not 0 (all without one), from the end if `goBackwards`.
    package init(batch: Int, time: Int, mask: Tensor?, goBackwards: Bool, keepsStates: Bool = true) {
        require(
            mask == nil || mask!.shape == [batch, time], "recurrent",
            "the mask \(mask?.shape ?? []) does not fit \(batch) sequences of \(time) steps")
        (self.batch, self.time, self.mask, self.goBackwards) = (batch, time, mask, goBackwards)
        self.keepsStates = keepsStates
        // The places in the array of each document's real steps, in the order in which they are read.
        var places = [Int](repeating: 0, count: batch * time)
        var lengths = [Int](repeating: time, count: batch)
        for document in 0..<batch {
            let first = document * time
            var length = 0
            func addStep(at step: Int) {
                places[first + length] = first + (goBackwards ? time - 1 - step : step)
                length += 1
            }
            if let mask {
                mask.read { mask in
                    for step in 0..<time where mask[first + (goBackwards ? time - 1 - step : step)] != 0 {
                        addStep(at: step)
                    }
                }
            } else {
                for step in 0..<time { addStep(at: step) }
            }
            lengths[document] = length
        }
        // Sorting pairs makes the order stable.
        let order = (0..<batch).sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
        let rowCount = lengths.reduce(0, +)
        var sources = [Int](repeating: 0, count: rowCount)
        var next = keepsStates ? [Int](repeating: 0, count: rowCount) : Array(0..<batch)
        var firstRows = (0..<batch).map { rowCount + $0 }
        var groups: [Group] = []
        var row = 0
        for start in stride(from: 0, to: batch, by: SequencePacking.groupSize) {
            let documents = start..<min(start + SequencePacking.groupSize, batch)
            let firstRow = row
            var active: [Int] = []
            for step in 0..<lengths[order[start]] {
                let before = row - (active.last ?? 0)
                var running = 0
                while running < documents.count, lengths[order[start + running]] > step {
                    let document = order[start + running]
                    sources[row] = places[document * time + step]
                    if keepsStates {
                        // True until a later step says otherwise.
                        next[row] = rowCount + document
                        if step == 0 { firstRows[document] = row } else { next[before + running] = row }
                    }
                    running += 1
                    row += 1
                }
                active.append(running)
            }
            groups.append(Group(documents: documents, rows: firstRow..<row, active: active))
        }
        if keepsStates {
            lastRows = (0..<batch).map { rowCount + $0 }
        } else {
            for (place, document) in order.enumerated() { firstRows[document] = place }
            lastRows = firstRows
        }
        (self.order, self.groups, self.sources, self.next, self.firstRows) = (order, groups, sources, next, firstRows)
    }

    /// Which state row each place of a `[batch, time]` output shows, steps in the order in which they were read or, if
    /// `reversed`, the last one first. A masked step shows what the step before it showed, at the beginning the initial
    /// state; or nothing (−1) if `zeroMasked`.
    package func outputRows(reversed: Bool, zeroMasked: Bool) -> [Int] {
        var rows = [Int](repeating: -1, count: batch * time)
        let mask = mask?.scalars
        for document in 0..<batch {
            var row = firstRows[document]
            for step in 0..<time {
                let isReal = mask.map { $0[document * time + (goBackwards ? time - 1 - step : step)] != 0 } ?? true
                if isReal { row = next[row] }
                if isReal || !zeroMasked { rows[document * time + (reversed ? time - 1 - step : step)] = row }
            }
        }
        return rows
    }
}
