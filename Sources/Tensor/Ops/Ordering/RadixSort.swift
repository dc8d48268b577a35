import CHornetKernels

/// Sorts words by their upper 32 bits, from the lowest digit to the highest: stable, and as fast for any order of the input.
///
/// A word is a key (`UInt32`), or a key above the number of its element (`UInt64`).
struct RadixSort<Word: FixedWidthInteger & UnsignedInteger & Sendable> {
    /// So many, or fewer, are sorted by a network of comparisons.
    static var few: Int { 1024 }
    /// More are sorted by all threads.
    private static var many: Int { 1 << 17 }
    private static var chunks: Int { 4 }
    /// The room for ``counts``.
    static var counterBytes: Int { (chunks << 11) * MemoryLayout<UInt32>.stride }

    let counts: UnsafeMutablePointer<UInt32>

    /// Sorts `count` words, which end in one of the two places: that which is returned.
    func sort(
        _ words: UnsafeMutablePointer<Word>, _ scratch: UnsafeMutablePointer<Word>, _ count: Int
    ) -> UnsafeMutablePointer<Word> {
        if count >= RadixSort.many { return sortMany(words, scratch, count) }
        // Counters are cleared and added up for each digit: fewer for fewer words.
        return count < 4096 ? sort(words, scratch, count, bits: 8) : sort(words, scratch, count, bits: 11)
    }

    /// Sorts at most ``few`` words in place; there is room for as many.
    static func sortFew(_ words: UnsafeMutablePointer<Word>, _ count: Int) -> UnsafeMutablePointer<Word> {
        guard count > 1 else { return words }
        var size = 16
        while size < count { size *= 2 }
        (words + count).update(repeating: .max, count: size - count)
        let raw = UnsafeMutableRawPointer(words)
        if Word.bitWidth == 32 {
            hornet_sort_words(raw.assumingMemoryBound(to: UInt32.self), size)
        } else {
            hornet_sort_long_words(raw.assumingMemoryBound(to: UInt64.self), size)
        }
        return words
    }

    @inline(__always)
    private static func digit(_ word: Word, _ shift: Int, _ bits: Int) -> Int {
        Int(truncatingIfNeeded: word &>> Word(truncatingIfNeeded: shift)) & (1 << bits - 1)
    }

    @inline(__always)
    private func sort(
        _ words: UnsafeMutablePointer<Word>, _ scratch: UnsafeMutablePointer<Word>, _ count: Int, bits: Int
    ) -> UnsafeMutablePointer<Word> {
        let (low, passes) = (Word.bitWidth - 32, (32 + bits - 1) / bits)
        counts.update(repeating: 0, count: passes << bits)
        for i in 0..<count {
            for pass in 0..<passes { counts[pass << bits + RadixSort.digit(words[i], low + pass * bits, bits)] &+= 1 }
        }
        var (from, to) = (words, scratch)
        for pass in 0..<passes {
            let (own, shift) = (counts + pass << bits, low + pass * bits)
            // A digit that all have in common changes nothing.
            if own[RadixSort.digit(from[0], shift, bits)] == count { continue }
            var total: UInt32 = 0
            for digit in 0..<1 << bits { (own[digit], total) = (total, total &+ own[digit]) }
            for i in 0..<count {
                let word = from[i]
                let digit = RadixSort.digit(word, shift, bits)
                to[Int(own[digit])] = word
                own[digit] &+= 1
            }
            swap(&from, &to)
        }
        return from
    }

    /// In chunks that are counted and moved at the same time.
    private func sortMany(
        _ words: UnsafeMutablePointer<Word>, _ scratch: UnsafeMutablePointer<Word>, _ count: Int
    ) -> UnsafeMutablePointer<Word> {
        let (low, bits, chunks, counts) = (Word.bitWidth - 32, 11, RadixSort.chunks, counts)
        func range(_ chunk: Int) -> Range<Int> { chunk * count / chunks..<(chunk + 1) * count / chunks }
        var (from, to) = (words, scratch)
        for pass in 0..<3 {
            let (source, target, shift) = (from, to, low + pass * bits)
            Parallel.forEach(chunks) { chunk in
                let own = counts + chunk << bits
                own.update(repeating: 0, count: 1 << bits)
                for i in range(chunk) { own[RadixSort.digit(source[i], shift, bits)] &+= 1 }
            }
            let first = RadixSort.digit(source[0], shift, bits)
            if (0..<chunks).reduce(0, { $0 + Int(counts[$1 << bits + first]) }) == count { continue }
            var total: UInt32 = 0
            for digit in 0..<1 << bits {
                for chunk in 0..<chunks {
                    let place = chunk << bits + digit
                    (counts[place], total) = (total, total &+ counts[place])
                }
            }
            Parallel.forEach(chunks) { chunk in
                let own = counts + chunk << bits
                for i in range(chunk) {
                    let word = source[i]
                    let digit = RadixSort.digit(word, shift, bits)
                    target[Int(own[digit])] = word
                    own[digit] &+= 1
                }
            }
            swap(&from, &to)
        }
        return from
    }
}
