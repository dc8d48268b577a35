import HornetTensor
import Synchronization

/// What one caller needs to turn text after text into rows.
struct VectorizingMemory: ~Copyable {
    var workspace = TermWorkspace()
    var values = PooledArray<Int32>()
    var tokens = PooledArray<Int32>()
    var runs = PooledArray<Int32>()
}

/// Memories that callers take and give back, so that a single text costs no new one.
final class VectorizingMemories: Sendable {
    static let shared = VectorizingMemories()

    /// `@unchecked`: whoever takes it out of the list has it alone.
    private final class Shared: @unchecked Sendable {
        var memory = VectorizingMemory()
    }

    private let free = Mutex<[Shared]>([])
    private static let most = 64

    func withMemory<R>(_ body: (inout VectorizingMemory) -> R) -> R {
        let shared = free.withLock { $0.popLast() } ?? Shared()
        let result = body(&shared.memory)
        free.withLock { if $0.count < Self.most { $0.append(shared) } }
        return result
    }
}

extension SparseMatrix {
    /// A row for each of `texts`, cut for all threads. `append` appends a text's columns and their counts, in any order;
    /// equal ones are added up. `value` makes a value of a count.
    static func rows(
        of texts: some UTF8Texts, columnCount: Int, value: (Int32) -> Float,
        _ append: (UnsafeBufferPointer<UInt8>, inout TermRows, inout VectorizingMemory) -> Void
    ) -> SparseMatrix {
        let parts = texts.areWorthSharing ? min(64, texts.count) : 1
        return withUnsafeTemporaryAllocation(of: TermRows.self, capacity: parts) { rows in
            Parallel.forEach(parts) { part in
                var own = TermRows()
                VectorizingMemories.shared.withMemory { memory in
                    var sorter = RowSorter(below: columnCount)
                    for position in texts.count * part / parts..<texts.count * (part + 1) / parts {
                        texts.withUTF8(at: position) { append($0, &own, &memory) }
                        own.addUpDocument(&sorter)
                        own.endDocument()
                    }
                }
                rows.initializeElement(at: part, to: own)
            }
            defer { rows.deinitialize() }
            return SparseMatrix(rows, columnCount: columnCount, value: value)
        }
    }

    /// The rows of all parts, one behind the other; each has its columns ascending.
    init(_ parts: UnsafeMutableBufferPointer<TermRows>, columnCount: Int, value: (Int32) -> Float) {
        let base = parts.baseAddress!
        let firstRows = parts.indices.reduce(into: [0]) { $0.append($0.last! + base[$1].documentCount) }
        let firstEntries = parts.indices.reduce(into: [0]) { $0.append($0.last! + base[$1].entries.count) }
        self.init(rowCount: firstRows.last!, columnCount: columnCount, storedCount: firstEntries.last!) { starts, columns, values in
            Parallel.forEachRange(of: parts.count, by: 1, if: firstEntries.last! > 1 << 14) { range in
                for part in range {
                    let (row, first) = (firstRows[part], firstEntries[part])
                    for document in 0..<base[part].documentCount {
                        starts[row + document + 1] = first + base[part].starts[document + 1]
                    }
                    for (k, entry) in base[part].entries.elements.enumerated() {
                        columns[first + k] = Int32(truncatingIfNeeded: entry)
                        values[first + k] = value(Int32(truncatingIfNeeded: entry >> 32))
                    }
                }
            }
        }
    }
}
