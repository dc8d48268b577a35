import CHornetKernels
import Testing

@Suite struct EmbeddingTests {
    private let widths = lengths.filter { $0 < 300 }
    private let vocabulary = 40

    @Test(arguments: InstructionSet.available)
    func gatherRows(_ set: InstructionSet) {
        for width in widths {
            for n in [0, 1, 5] {
                var samples = Samples(seed: UInt64(width * 10 + n))
                let table = samples.floats(vocabulary * width)
                let ids = samples.ids(n, below: vocabulary)
                expectTwins(set, [table, samples.floats(n * width)], "\(n)x\(width)") {
                    $0.gather_rows($1[0], ids, $1[1], n, width)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func scatterAddRows(_ set: InstructionSet) {
        for width in widths {
            for n in [0, 1, 60] {  // ids repeat
                var samples = Samples(seed: UInt64(width * 100 + n))
                let table = samples.floats(vocabulary * width)
                let ids = samples.ids(n, below: vocabulary)
                expectTwins(set, [table, samples.floats(n * width)], "\(n)x\(width)") {
                    $0.scatter_add_rows($1[0], ids, $1[1], n, width)
                }
            }
        }
    }

    /// Both ways to pool, winners included; few distinct values, so that ties abound.
    @Test(arguments: InstructionSet.available)
    func pooling(_ set: InstructionSet) {
        for width in widths {
            for (batch, time) in [(0, 1), (1, 1), (2, 3), (3, 20)] {
                var samples = Samples(seed: UInt64(width * 100 + time))
                func coarse(_ count: Int) -> [Float] { samples.floats(count, in: -1...1).map { ($0 * 4).rounded() } }
                let what = "\(batch)x\(time)x\(width)"
                let (x, table) = (coarse(batch * time * width), coarse(vocabulary * width))
                let ids = samples.ids(batch * time, below: vocabulary)
                expectPooling(set, x, batch * width, "max_pool \(what)") {
                    $0.max_pool($1, $2, $3, batch, time, width)
                }
                expectTwins(set, [table, samples.floats(batch * width)], "gather_max \(what)") {
                    $0.gather_max($1[0], ids, $1[1], batch, time, width)
                }
                // Sets of none to `time` slots of the rows 39, 37, 35 …
                let rows = (0..<20).map { Int32(39 - 2 * $0) }
                let sizes = (0..<batch).map { $0 % (time + 1) }
                let starts = sizes.reduce(into: [Int32(0)]) { $0.append($0.last! + Int32($1)) }
                let slots = samples.ids(Int(starts.last!), below: rows.count)
                expectPooling(set, table, batch * width, "gather_max_pool_sets \(what)") {
                    $0.gather_max_pool_sets($1, rows, slots, starts, $2, $3, batch, width)
                }
            }
        }
    }

    /// Maxima and winners are those of the twin, at any alignment.
    private func expectPooling(
        _ set: InstructionSet, _ x: [Float], _ count: Int, _ what: String,
        run: (
            hornet_kernel_table, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>
        ) -> Void
    ) {
        func results(of set: InstructionSet, offset: Int) -> (y: [Float], winner: [Int32]) {
            let input = Fenced(x, offset: offset)
            let y = Fenced([Float](repeating: 9, count: count), offset: 2 * offset)
            let winner = Fenced([Int32](repeating: -1, count: count), offset: 3 * offset)
            run(set.kernels, input.pointer, y.pointer, winner.pointer)
            #expect(y.fencesStand && winner.fencesStand, "\(set) \(what)")
            return (y.elements, winner.elements)
        }
        let wanted = results(of: .naive, offset: 0)
        for offset in [0, 1, 5] {
            let got = results(of: set, offset: offset)
            #expect(mismatch(got.y, wanted.y, within: 0) == nil, "\(set) \(what)")
            #expect(got.winner == wanted.winner, "\(set) \(what)")
        }
    }

    @Test(arguments: InstructionSet.available)
    func theFirstOfEqualsWins(_ set: InstructionSet) {
        let width = 37
        let table = [Float](repeating: 1, count: 3 * width) + [Float](repeating: 2, count: 2 * width)
        var (y, winner) = ([Float](repeating: 0, count: width), [Int32](repeating: -1, count: width))
        let rows: [Int32] = [2, 4, 0, 3, 1]
        set.kernels.gather_max_pool_sets(table, rows, [0, 1, 2, 3, 4], [0, 5], &y, &winner, 1, width)
        #expect(y == [Float](repeating: 2, count: width))
        #expect(winner == [Int32](repeating: 1, count: width))
        set.kernels.gather_max_pool_sets(table, rows, [4, 2, 0], [0, 3], &y, &winner, 1, width)
        #expect(winner == [Int32](repeating: 4, count: width))
    }

    /// NaN first: it stays. NaN later: it is passed over.
    @Test(arguments: InstructionSet.available)
    func poolingOfNaN(_ set: InstructionSet) {
        for width in [1, 4, 8, 16, 33, 128] {
            let row = { (value: Float) in [Float](repeating: value, count: width) }
            var (y, winner) = (row(0), [Int32](repeating: -1, count: width))
            set.kernels.max_pool(row(.nan) + row(1), &y, &winner, 1, 2, width)
            #expect(y.allSatisfy { $0.isNaN } && winner.allSatisfy { $0 == 0 })
            set.kernels.max_pool(row(1) + row(.nan) + row(2), &y, &winner, 1, 3, width)
            #expect(y == row(2) && winner.allSatisfy { $0 == 2 })
        }
    }

    @Test(arguments: InstructionSet.available)
    func poolingBackward(_ set: InstructionSet) {
        for width in widths {
            for (batch, time) in [(0, 1), (1, 1), (2, 3), (3, 7)] {
                var samples = Samples(seed: UInt64(width * 100 + time) + 1)
                let dy = samples.floats(batch * width)
                let winner = samples.ids(batch * width, below: time)
                let dx = samples.floats(batch * time * width)
                expectTwins(set, [dy, dx], "\(batch)x\(time)x\(width)") {
                    $0.max_pool_backward($1[0], winner, $1[1], batch, time, width)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func winnersAndTheirGradients(_ set: InstructionSet) {
        for (batch, width, distinct) in [(0, 3, 2), (1, 1, 1), (4, 17, 30), (32, 64, 9)] {
            var samples = Samples(seed: UInt64(batch * 100 + width))
            let rows = (0..<distinct).map { Int32(1000 - 7 * $0) }
            let winner = samples.ids(batch * width, below: distinct)
            func compacted(_ set: InstructionSet) -> (count: Int, places: [Int32], rows: [Int32]) {
                var (places, winning) = ([Int32](repeating: -1, count: distinct), [Int32](repeating: -1, count: distinct))
                let count = set.kernels.compact_winners(winner, batch * width, rows, &places, &winning, distinct)
                return (count, Set(winner).sorted().map { places[Int($0)] }, Array(winning.prefix(count)))
            }
            let (got, want) = (compacted(set), compacted(.naive))
            #expect(got == want)
            #expect(want.count == Set(winner).count)

            // Some were won by another part, and have no place.
            let ownWinner = winner.enumerated().map { $0 % 3 == 1 ? -1 : $1 }
            var places = [Int32](repeating: 0, count: distinct + 1)
            for (row, place) in zip(Set(winner).sorted(), want.places) { places[Int(row) + 1] = place }
            let (dy, values) = (samples.floats(batch * width), samples.floats(max(want.count, 1) * width))
            expectTwins(set, [dy, values], "\(batch)x\(width)") { kernels, arrays in
                places.withUnsafeBufferPointer { places in
                    kernels.scatter_winners(
                        arrays[0], ownWinner, places.baseAddress! + 1, arrays[1], batch, want.count, width)
                }
            }
        }
    }

    /// Maxima over sets in several parts are those over the sets in one, ties included.
    @Test(arguments: InstructionSet.available)
    func combiningParts(_ set: InstructionSet) {
        for (count, width) in [(1, 5), (2, 1), (2, 40), (3, 17), (4, 64)] {
            let (batch, time) = (6, 9)
            var samples = Samples(seed: UInt64(count * 100 + width))
            let table = samples.floats(vocabulary * width, in: -1...1).map { ($0 * 2).rounded() }
            // Each sample has distinct rows; a row belongs to the part `row % count`.
            let texts = (0..<batch).map { sample in (0..<time).map { Int32(($0 * 7 + sample * 3) % vocabulary) } }
            let (y, winner) = maxima(set, table, width, texts, parts: count)
            let (wantedY, wantedWinner) = maxima(.naive, table, width, texts, parts: 1)
            #expect(y == wantedY && winner == wantedWinner, "\(count) parts, width \(width)")
        }
    }

    /// The maxima and the rows that won them, through `parts` parts.
    private func maxima(
        _ set: InstructionSet, _ table: [Float], _ width: Int, _ texts: [[Int32]], parts count: Int
    ) -> (y: [Float], rows: [Int32]) {
        let rows = (0..<Int32(vocabulary)).map { $0 }
        var arrays: [(slots: Fenced<Int32>, positions: Fenced<Int32>, starts: Fenced<Int32>, y: Fenced<Float>, winner: Fenced<Int32>)] = []
        for part in 0..<count {
            var (slots, positions, starts): ([Int32], [Int32], [Int32]) = ([], [], [0])
            for text in texts {
                for (position, row) in text.enumerated() where Int(row) % count == part {
                    slots.append(row)
                    positions.append(Int32(position))
                }
                starts.append(Int32(slots.count))
            }
            arrays.append(
                (
                    Fenced(slots), Fenced(positions), Fenced(starts), Fenced([Float](repeating: 0, count: texts.count * width)),
                    Fenced([Int32](repeating: 0, count: texts.count * width))
                ))
        }
        let parts = arrays.map {
            hornet_pool_part(
                slots: $0.slots.pointer, positions: $0.positions.pointer, starts: $0.starts.pointer, maxima: $0.y.pointer,
                winner: $0.winner.pointer)
        }
        for part in parts {
            set.kernels.gather_max_pool_sets(
                table, rows, part.slots, part.starts, part.maxima, part.winner, texts.count, width)
        }
        for sample in texts.indices { set.kernels.combine_maxima(parts, count, sample, sample + 1, width) }
        let winners = arrays.map(\.winner.elements)
        let winningRows = winners[0].indices.map { i in
            let won = winners.map { $0[i] }.filter { $0 >= 0 }
            return won.count == 1 ? won[0] : -1
        }
        return (arrays[0].y.elements, winningRows)
    }

    @Test(arguments: InstructionSet.available)
    func setsOfTokens(_ set: InstructionSet) {
        for (samples, time, countBits, granuleBits) in [(0, 3, 0, 4), (1, 1, 1, 4), (5, 30, 0, 2), (7, 40, 1, 3), (9, 25, 2, 1)] {
            var random = Samples(seed: UInt64(samples * 100 + time))
            let ids = random.ids(samples * time, below: 60)
            for stripe in 0..<(1 << countBits) {
                let stripe = hornet_stripe(stripe: Int32(stripe), count_bits: Int32(countBits), granule_bits: Int32(granuleBits))
                func sets(_ set: InstructionSet) -> [[Int32]] {
                    let size = samples * time
                    var table = [Int32](repeating: -1, count: 64)
                    let lists = (0..<3).map { _ in Fenced([Int32](repeating: -9, count: size)) }
                    let starts = Fenced([Int32](repeating: -9, count: samples + 1))
                    let scratch = Fenced([Int32](repeating: 0, count: size + 2 * time))
                    let distinct = set.kernels.token_sets(
                        ids, samples, time, stripe, &table, lists[0].pointer, lists[1].pointer, lists[2].pointer,
                        starts.pointer, scratch.pointer)
                    #expect(table.allSatisfy { $0 == -1 } && lists.allSatisfy(\.fencesStand) && starts.fencesStand && scratch.fencesStand)
                    let count = Int(starts.elements.last!)
                    return [
                        Array(lists[0].elements.prefix(distinct)), Array(lists[1].elements.prefix(count)),
                        Array(lists[2].elements.prefix(count)), starts.elements,
                    ]
                }
                #expect(sets(set) == sets(.naive), "\(samples)x\(time), \(stripe)")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func rangesOfIds(_ set: InstructionSet) {
        let ids: [Int32] = Array(0..<37)
        #expect(set.kernels.ids_are_below(ids, 37, 37) == 1)
        #expect(set.kernels.ids_are_below(ids, 37, 36) == 0)
        #expect(set.kernels.ids_are_below(ids, 0, 0) == 1)
        for bad in [Int32.min, -1, 37, .max] {
            for place in [0, 20, 36] {
                var ids = ids
                ids[place] = bad
                #expect(set.kernels.ids_are_below(ids, 37, 37) == 0)
            }
        }
    }
}
