import HornetSupport

/// Which steps of a batch of sequences are computed, and in what order: the real ones alone.
///
/// A step that a mask calls padding hands the state on as it is, so leaving it out changes nothing, wherever it stands.
/// Documents are sorted by their number of real steps, most first, and cut into groups of at most ``groupSize``. The
/// rows of a group lie step after step; at each step the documents still running are a prefix of the group, so a step's
/// rows are one matrix. No group touches a row of another.
///
/// States live in tables of `rowCount + batch` rows: row r holds the state before packed row r, row `rowCount + b` the
/// last state of document b. So ``next`` leads from a packed row to the state after it, whether or not the document
/// goes on.
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
    package private(set) var groups: [Group] = []
    /// Where a packed row comes from: `document·time + position`.
    package private(set) var sources: [Int]
    /// The state row after a packed row: the next packed row of its document, or the document's last state.
    package private(set) var next: [Int]
    /// The state row that a document begins with: its first packed row, or its last state if it has no real step.
    package private(set) var firstRows: [Int]
    private let mask: Tensor?
    private let goBackwards: Bool

    /// The number of real steps.
    package var rowCount: Int { sources.count }
    package func document(of row: Int) -> Int { sources[row] / time }

    /// The steps of `[batch, time]` where `mask` is not 0 (all without one), from the end if `goBackwards`.
    package init(batch: Int, time: Int, mask: Tensor?, goBackwards: Bool) {
        require(
            mask == nil || mask!.shape == [batch, time], "recurrent",
            "the mask \(mask?.shape ?? []) does not fit \(batch) sequences of \(time) steps")
        (self.batch, self.time, self.mask, self.goBackwards) = (batch, time, mask, goBackwards)
        let steps = SequencePacking.realSteps(batch, time, mask, goBackwards)
        let rowCount = steps.reduce(0) { $0 + $1.count }
        (sources, next) = (Array(repeating: 0, count: rowCount), Array(repeating: 0, count: rowCount))
        firstRows = (0..<batch).map { rowCount + $0 }
        // Sorting pairs makes the order stable.
        let order = (0..<batch).sorted { (-steps[$0].count, $0) < (-steps[$1].count, $1) }
        for start in stride(from: 0, to: batch, by: SequencePacking.groupSize) {
            add(start..<min(start + SequencePacking.groupSize, batch), order, steps)
        }
    }

    /// The places in the array of each document's real steps, in the order in which they are read.
    private static func realSteps(_ batch: Int, _ time: Int, _ mask: Tensor?, _ goBackwards: Bool) -> [[Int]] {
        let mask = mask?.scalars
        return (0..<batch).map { document in
            let places = (0..<time).map { document * time + (goBackwards ? time - 1 - $0 : $0) }
            return mask.map { mask in places.filter { mask[$0] != 0 } } ?? places
        }
    }

    private mutating func add(_ documents: Range<Int>, _ order: [Int], _ steps: [[Int]]) {
        var row = groups.last?.rows.upperBound ?? 0
        let firstRow = row
        var active: [Int] = []
        for step in 0..<steps[order[documents.lowerBound]].count {
            let running = order[documents].prefix { steps[$0].count > step }
            let before = row - (active.last ?? 0)
            for (place, document) in running.enumerated() {
                sources[row + place] = steps[document][step]
                // True until a later step says otherwise.
                next[row + place] = rowCount + document
                if step == 0 { firstRows[document] = row + place } else { next[before + place] = row + place }
            }
            active.append(running.count)
            row += running.count
        }
        groups.append(Group(documents: documents, rows: firstRow..<row, active: active))
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
