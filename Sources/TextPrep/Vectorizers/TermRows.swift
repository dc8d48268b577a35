import HornetTensor

/// Features and how often each occurs, document after document.
struct TermRows: ~Copyable {
    /// A feature, by a number that its owner gives, in the low half, and how often it occurs.
    private(set) var entries = PooledArray<UInt64>()
    /// Where each document begins, and after the last one where another would.
    private(set) var starts = PooledArray<Int>()

    init() { starts.append(0) }

    var documentCount: Int { starts.count - 1 }

    /// Counts a feature of the document at hand, which has the number `document`.
    @inline(__always)
    mutating func count(_ feature: Int32, _ mark: inout TermMark, in document: UInt32) {
        let first = starts[starts.count &- 1]
        if mark.document == document {
            entries[first &+ Int(mark.position)] &+= 1 << 32
        } else {
            mark = TermMark(document: document, position: UInt32(truncatingIfNeeded: entries.count &- first))
            entries.append(UInt64(UInt32(bitPattern: feature)) | 1 << 32)
        }
    }

    /// Appends a feature of the document at hand that occurs `count` times.
    @inline(__always)
    mutating func append(_ feature: Int, _ count: Int32) {
        entries.append(UInt64(UInt32(truncatingIfNeeded: feature)) | UInt64(UInt32(bitPattern: count)) << 32)
    }

    /// Sorts the entries of the document at hand by feature, and adds up those of the same one.
    mutating func addUpDocument(_ sorter: inout RowSorter) {
        let first = starts[starts.count - 1]
        let count = entries.count - first
        let row = entries.start + first
        sorter.sort(row, count)
        var kept = 0
        for k in 0..<count {
            if kept > 0, UInt32(truncatingIfNeeded: row[kept - 1]) == UInt32(truncatingIfNeeded: row[k]) {
                row[kept - 1] &+= row[k] & (0xFFFF_FFFF << 32)
            } else {
                row[kept] = row[k]
                kept += 1
            }
        }
        entries.removeLast(to: first + kept)
    }

    mutating func endDocument() { starts.append(entries.count) }

    /// The features of a document.
    func row(_ document: Int) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: entries.start + starts[document], count: starts[document + 1] - starts[document])
    }

    @inline(__always)
    static func feature(_ entry: UInt64) -> Int { Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: entry)) }
    @inline(__always)
    static func count(_ entry: UInt64) -> Int { Int(Int32(truncatingIfNeeded: entry >> 32)) }
}

/// Sorts numbers by their low half; for the rows of a matrix, which have some hundred columns.
struct RowSorter: ~Copyable {
    private var scratch = PooledArray<UInt64>()
    private var counts = PooledArray<UInt32>(capacity: 256)
    private let passes: Int

    /// The low halves are below `bound`.
    init(below bound: Int) {
        passes = (max(bound - 1, 1).bitWidth - max(bound - 1, 1).leadingZeroBitCount + 7) / 8
    }

    mutating func sort(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int) {
        guard count > 24 else { return Self.insertionSort(entries, count) }
        scratch.removeAll()
        scratch.reserve(count)
        var (from, to) = (entries, scratch.start)
        for pass in 0..<passes {
            sort(from, to, count, shift: UInt64(8 * pass))
            swap(&from, &to)
        }
        if from != entries { entries.update(from: from, count: count) }
    }

    /// Stable, by eight bits.
    @inline(__always)
    private func sort(
        _ from: UnsafeMutablePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>, _ count: Int, shift: UInt64
    ) {
        let starts = counts.start
        starts.update(repeating: 0, count: 256)
        for k in 0..<count { starts[Int(from[k] >> shift & 0xFF)] &+= 1 }
        var next: UInt32 = 0
        for digit in 0..<256 { (starts[digit], next) = (next, next &+ starts[digit]) }
        for k in 0..<count {
            let digit = Int(from[k] >> shift & 0xFF)
            to[Int(starts[digit])] = from[k]
            starts[digit] &+= 1
        }
    }

    private static func insertionSort(_ entries: UnsafeMutablePointer<UInt64>, _ count: Int) {
        guard count > 1 else { return }
        for k in 1..<count {
            let entry = entries[k]
            let low = UInt32(truncatingIfNeeded: entry)
            var place = k
            while place > 0, UInt32(truncatingIfNeeded: entries[place - 1]) > low {
                entries[place] = entries[place - 1]
                place -= 1
            }
            entries[place] = entry
        }
    }
}
