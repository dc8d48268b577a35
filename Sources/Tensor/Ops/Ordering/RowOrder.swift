import HornetSupport

/// The order of the elements within each row, `[rows, width]`.
extension NDArray where Element: OrderedElement {
    private var width: Int { shape.last! }

    /// Hands out the rows to the threads, or, where they are long, one after the other: then sorting cuts each.
    private func forEachRow<Word>(_ body: (Int, RowSorter<Word>) -> Void) {
        guard count > 0 else { return }
        let rows = count / width
        let isCut = width < 1 << 17 && rows > 1
        Parallel.forEachRange(of: rows, by: isCut ? Swift.max(1, (1 << 12) / width) : rows) { range in
            let sorter = RowSorter<Word>(width: width)
            for row in range { body(row, sorter) }
            sorter.end()
        }
    }

    func sortedRows(descending: Bool) -> NDArray {
        var result = NDArray(uninitialized: shape)
        let source = start
        result.withUnsafeMutableBufferPointer { target in
            let target = target.baseAddress!
            forEachRow { (row, sorter: RowSorter<UInt32>) in
                let (x, y) = (source + row * width, target + row * width)
                sorter.forPieces { for i in $0 { sorter.words[i] = x[i].orderKey(descending: descending) } }
                let sorted = sorter.sort(width)
                sorter.forPieces { for i in $0 { y[i] = Element(orderKey: sorted[i], descending: descending) } }
            }
        }
        return result
    }

    func argsortedRows(descending: Bool) -> Indices {
        require(shape.isEmpty || width <= Int(Int32.max), "argsorted", "\(shape) has more elements than an index can tell")
        var result = Indices(uninitialized: shape)
        let source = start
        result.write { target in
            forEachRow { (row, sorter: RowSorter<UInt64>) in
                let (x, y) = (source + row * width, target + row * width)
                sorter.number(x, descending)
                let sorted = sorter.sort(width)
                sorter.forPieces { for i in $0 { y[i] = Int32(truncatingIfNeeded: sorted[i]) } }
            }
        }
        return result
    }

    /// The first `k` of each row in order, with their places.
    func firstOfRows(_ k: Int, descending: Bool) -> (NDArray, Indices) {
        var (values, places) = (NDArray(uninitialized: shape.dropLast() + [k]), Indices(uninitialized: shape.dropLast() + [k]))
        let source = start
        places.write { places in
            values.withUnsafeMutableBufferPointer { values in
                let values = values.baseAddress!
                forEachRow { (row, sorter: RowSorter<UInt64>) in
                    let x = source + row * width
                    let sorted = sorter.sort(sorter.select(x, k, descending))
                    for i in 0..<k {
                        let place = Int(UInt32(truncatingIfNeeded: sorted[i]))
                        (places[row * k + i], values[row * k + i]) = (Int32(place), x[place])
                    }
                }
            }
        }
        return (values, places)
    }
}

/// Work room to sort rows of one width.
struct RowSorter<Word: FixedWidthInteger & UnsignedInteger & Sendable> {
    let words: UnsafeMutablePointer<Word>
    private let room: Buffer
    private let width: Int

    init(width: Int) {
        self.width = width
        let wordCount = width > RadixSort<Word>.few ? 2 * width : RadixSort<Word>.few
        let wordBytes = wordCount * MemoryLayout<Word>.stride
        room = Buffer(byteCount: wordBytes + (width > RadixSort<Word>.few ? RadixSort<Word>.counterBytes : 0))
        words = room.base.assumingMemoryBound(to: Word.self)
    }

    /// The work room stays until here.
    func end() { withExtendedLifetime(room) {} }

    /// Sorts the first `count` of ``words``.
    func sort(_ count: Int) -> UnsafeMutablePointer<Word> {
        guard count > RadixSort<Word>.few else { return RadixSort.sortFew(words, count) }
        let counters = (room.base + 2 * width * MemoryLayout<Word>.stride).assumingMemoryBound(to: UInt32.self)
        return RadixSort(counts: counters).sort(words, words + width, count)
    }

    /// A pass over a row; on all threads where it is long.
    func forPieces(_ body: (Range<Int>) -> Void) {
        if width < 1 << 17 { body(0..<width) } else { Parallel.forEachRange(of: width, by: 1 << 15, body) }
    }
}

extension RowSorter<UInt64> {
    /// Each key above the number of its element.
    fileprivate func number<Element: OrderedElement>(_ x: UnsafePointer<Element>, _ descending: Bool) {
        forPieces { for i in $0 { words[i] = RowSorter.word(x[i], i, descending) } }
    }

    @inline(__always)
    private static func word(_ x: some OrderedElement, _ place: Int, _ descending: Bool) -> UInt64 {
        UInt64(x.canonical.orderKey(descending: descending)) << 32 | UInt64(UInt32(truncatingIfNeeded: place))
    }

    /// Leaves in ``words`` those elements among which the first `k` are, at least `k`, and says how many.
    fileprivate func select<Element: OrderedElement>(_ x: UnsafePointer<Element>, _ k: Int, _ descending: Bool) -> Int {
        guard width >= 512 && k < width / 2 else {
            number(x, descending)
            return width
        }
        // Counted by the upper bits, up to the digit where there are enough.
        let bits = 11
        let last = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << bits) { counts -> UInt32 in
            counts.initialize(repeating: 0)
            for i in 0..<width { counts[Int(x[i].canonical.orderKey(descending: descending) >> 21)] &+= 1 }
            var (digit, found) = (0, Int(counts[0]))
            while found < k {
                digit += 1
                found += Int(counts[digit])
            }
            return UInt32(digit)
        }
        var found = 0
        for i in 0..<width {
            let key = x[i].canonical.orderKey(descending: descending)
            // Written in any case: the branch would be mispredicted.
            words[found] = UInt64(key) << 32 | UInt64(UInt32(truncatingIfNeeded: i))
            found += key >> 21 <= last ? 1 : 0
        }
        return found
    }
}
