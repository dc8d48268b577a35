/// Rows that missed steps, and the step up to which each of them is current.
struct RowsBehind {
    private(set) var rows: [Int32] = []
    private(set) var since: [Int32] = []

    var count: Int { rows.count }

    mutating func append(_ row: Int32, since step: Int32) {
        rows.append(row)
        since.append(step)
    }

    /// Keeps the memory.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        since.removeAll(keepingCapacity: true)
    }
}
