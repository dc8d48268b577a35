import CHornetKernels
import Testing

@Suite struct SortingTests {
    /// All orders of few values, and random words.
    @Test(arguments: InstructionSet.available)
    func sorts(_ set: InstructionSet) {
        var samples = Samples(seed: 1)
        for bits in 4...11 {
            for bound: UInt32 in [2, 5, .max] {
                let words = (0..<1 << bits).map { _ in bound == .max ? samples.next() : samples.next() % bound }
                var (short, naive) = (words, words)
                set.kernels.sort_words(&short, short.count)
                InstructionSet.naive.kernels.sort_words(&naive, naive.count)
                #expect(short == naive && naive == words.sorted(), "\(set) \(words.count)")
                var long = words.map { UInt64($0) << 32 | UInt64(samples.next()) }
                let wanted = long.sorted()
                set.kernels.sort_long_words(&long, long.count)
                #expect(long == wanted, "\(set) \(words.count)")
            }
        }
    }

    /// A network that sorts all patterns of 0 and 1 sorts everything.
    @Test(arguments: InstructionSet.available)
    func sortsEveryPattern(_ set: InstructionSet) {
        var isSorted = true
        for pattern in 0..<1 << 16 {
            var words = (0..<16).map { UInt32(pattern >> $0 & 1) }
            set.kernels.sort_words(&words, 16)
            isSorted = isSorted && zip(words, words.dropFirst()).allSatisfy { $0 <= $1 }
            var long = (0..<16).map { UInt64(pattern >> $0 & 1) }
            set.kernels.sort_long_words(&long, 16)
            isSorted = isSorted && zip(long, long.dropFirst()).allSatisfy { $0 <= $1 }
        }
        #expect(isSorted, "\(set)")
    }
}
