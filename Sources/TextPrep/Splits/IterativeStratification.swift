import HornetSupport
public import HornetTensor

/// Divides the rows of `y` into parts that have each label in the same proportion: `let rows = try iterativeSplit(y,
/// shares: [0.8, 0.1, 0.1], seed: 1)`, then `x.selecting(rows[0])`.
///
/// Iterative stratification: the rarest label that is left is dealt out first, each of its rows to the part that lacks
/// most of it; of equal ones, to the part that lacks most rows; then by chance. Rows without labels fill up the parts.
/// A part that is full takes no more, so sizes are exact. Sechidis, Tsoumakas and Vlahavas 2011, "On the Stratification
/// of Multi-Label Data". A label that comes with rarer ones is dealt out before its turn, though, and parts of unequal
/// size can end far from their share of it; so then rows change places with others, drawn by chance, where that makes
/// `Σ (labels in the part − share)² / variance of a random split` smaller.
///
/// - Parameters:
///   - y: 0 and 1, `[samples, labels]`.
///   - shares: Of the parts, positive and of the sum 1. Sizes are rounded to it, the largest fractions up.
///   - order: 2 also keeps pairs of labels in proportion (Szymański and Kajdanowicz 2017, "A Network Perspective on
///     Stratification of Multi-Label Data"). Default 1.
///   - seed: By default a new one at every call.
/// - Returns: The rows of each part, in random order.
public func iterativeSplit(
    _ y: some LabelMatrix, shares: [Double], order: Int = 1, seed: UInt64? = nil
) throws -> [[Int]] {
    guard shares.allSatisfy({ $0 > 0 }), (shares.reduce(0, +) - 1).magnitude < 1e-9 else {
        throw HornetError(
            .configuration, at: "iterativeSplit", "the shares \(shares) are not positive numbers whose sum is 1")
    }
    let count = y.matrixShape.rows
    let wishes = shares.map { $0 * Double(count) }
    // A share of 0.1 is a little more or less than a tenth.
    var sizes = wishes.map { Int(($0 + 1e-9).rounded(.down)) }
    let byFraction = shares.indices.sorted {
        (wishes[$0] - Double(sizes[$0]), $1) > (wishes[$1] - Double(sizes[$1]), $0)
    }
    for part in byFraction.prefix(max(0, count - sizes.reduce(0, +))) { sizes[part] += 1 }
    var random = seed.map { RandomSource(seed: $0) } ?? RandomSource()
    return IterativeStratification(y, order: order).rows(of: sizes, using: &random)
}

/// The rows of a label matrix, to be dealt out.
struct IterativeStratification {
    private let rowCount: Int
    /// Row `r` has the labels `labels[rowStarts[r] ..< rowStarts[r + 1]]`; with order 2, a number for each pair, too.
    private var rowStarts = [0]
    private var labels: [Int32] = []
    private var labelCount: Int

    init(_ y: some LabelMatrix, order: Int) {
        require(order == 1 || order == 2, "iterative stratification", "the order \(order) is neither 1 nor 2")
        (rowCount, labelCount) = y.matrixShape
        rowStarts.reserveCapacity(rowCount + 1)
        var rows: [Int32] = []
        var columns: [Int32] = []
        y.forEachElement { row, column, value in
            if value == 0 { return }
            rows.append(Int32(row))
            columns.append(Int32(column))
        }
        var pairs: [UInt64: Int32] = [:]
        var next = 0
        for row in 0..<rowCount {
            let first = next
            while next < rows.count, rows[next] == row { next += 1 }
            labels += columns[first..<next]
            if order == 2 {
                for i in first..<next {
                    for j in first..<i {
                        let key = UInt64(columns[j]) << 32 | UInt64(columns[i])
                        let number = pairs[key] ?? Int32(labelCount)
                        if number == labelCount {
                            pairs[key] = number
                            labelCount += 1
                        }
                        labels.append(number)
                    }
                }
            }
            rowStarts.append(labels.count)
        }
    }

    /// The rows of parts of these sizes, whose sum is the number of rows; each in random order.
    func rows(of sizes: [Int], using random: inout RandomSource) -> [[Int]] {
        let order = random.permutation(rowCount)
        let part = parts(of: sizes, order, using: &random)
        var result = sizes.map { size -> [Int] in
            var rows: [Int] = []
            rows.reserveCapacity(size)
            return rows
        }
        for row in order { result[part[row]].append(row) }
        return result
    }

    /// The part of each row.
    func parts(of sizes: [Int], using random: inout RandomSource) -> [Int] {
        let order = random.permutation(rowCount)
        return parts(of: sizes, order, using: &random)
    }

    private func parts(of sizes: [Int], _ order: [Int], using random: inout RandomSource) -> [Int] {
        var part = [Int](repeating: -1, count: rowCount)
        var room = sizes
        let (starts, rows) = rowsOfLabels(order)
        var queue = RarestFirst(starts, using: &random)
        // What each part lacks of each label.
        var lacks = [Double](repeating: 0, count: labelCount * sizes.count)
        for label in 0..<labelCount {
            for (number, size) in sizes.enumerated() {
                lacks[label * sizes.count + number] = Double(queue.counts[label]) * Double(size) / Double(rowCount)
            }
        }

        while let label = queue.rarest() {
            for row in rows[starts[label]..<starts[label + 1]] where part[Int(row)] < 0 {
                let first = label * sizes.count
                let chosen = best(sizes.count, room, using: &random) { lacks[first + $0] }
                part[Int(row)] = chosen
                room[chosen] -= 1
                for other in labels[rowStarts[Int(row)]..<rowStarts[Int(row) + 1]] {
                    lacks[Int(other) * sizes.count + chosen] -= 1
                    queue.removeOne(of: Int(other))
                }
            }
        }
        for row in order where part[row] < 0 {
            let chosen = best(sizes.count, room, using: &random) { _ in 0 }
            part[row] = chosen
            room[chosen] -= 1
        }
        var exchange = Exchange(
            stratification: self, part: part, lacks: lacks,
            importance: importance(of: sizes, counts: zip(starts, starts.dropFirst()).map { $1 - $0 }))
        exchange.run(using: &random)
        return exchange.part
    }

    /// One over the variance that each label has in each part of a random split.
    private func importance(of sizes: [Int], counts: [Int]) -> [Double] {
        counts.flatMap { count in
            sizes.map { size in
                let share = Double(size) / Double(rowCount)
                return 1 / max(Double(count) * share * (1 - share), 1e-9)
            }
        }
    }

    /// Rows changing places.
    private struct Exchange {
        let stratification: IterativeStratification
        var part: [Int]
        var lacks: [Double]
        let importance: [Double]

        /// Ends when nothing changes, after six rounds at most: later ones gain little.
        mutating func run(using random: inout RandomSource) {
            let rowCount = stratification.rowCount
            for _ in 0..<6 {
                var hasChanged = false
                for row in 0..<rowCount {
                    for _ in 0..<4 {
                        let other = random.integer(below: rowCount)
                        let (a, b) = (part[row], part[other])
                        if a == b { continue }
                        if move(row, from: a, to: b) + move(other, from: b, to: a) < -1e-6 {
                            part[row] = b
                            part[other] = a
                            hasChanged = true
                            break
                        }
                        _ = move(other, from: a, to: b)
                        _ = move(row, from: b, to: a)
                    }
                }
                if !hasChanged { return }
            }
        }

        /// Counts the labels of a row in another part; returns what that adds to the sum.
        private mutating func move(_ row: Int, from a: Int, to b: Int) -> Double {
            let parts = lacks.count / max(stratification.labelCount, 1)
            var change = 0.0
            for label in stratification.labels[stratification.rowStarts[row]..<stratification.rowStarts[row + 1]] {
                let (a, b) = (Int(label) * parts + a, Int(label) * parts + b)
                change += importance[a] * (2 * lacks[a] + 1) + importance[b] * (1 - 2 * lacks[b])
                lacks[a] += 1
                lacks[b] -= 1
            }
            return change
        }
    }

    /// The rows of each label, in this order: those of label `l` are `rows[starts[l] ..< starts[l + 1]]`.
    private func rowsOfLabels(_ order: [Int]) -> (starts: [Int], rows: [Int32]) {
        var starts = [Int](repeating: 0, count: labelCount + 1)
        for label in labels { starts[Int(label) + 1] += 1 }
        for label in 0..<labelCount { starts[label + 1] += starts[label] }
        var rows = [Int32](repeating: 0, count: labels.count)
        var next = starts
        for row in order {
            for label in labels[rowStarts[row]..<rowStarts[row + 1]] {
                rows[next[Int(label)]] = Int32(row)
                next[Int(label)] += 1
            }
        }
        return (starts, rows)
    }
}

/// The part with room that lacks most; of equal ones that with most room; of these, one by chance.
private func best(_ count: Int, _ room: [Int], using random: inout RandomSource, _ lack: (Int) -> Double) -> Int {
    var chosen = -1
    var equals = 0
    for part in 0..<count where room[part] > 0 {
        if chosen >= 0 {
            let (a, b) = (lack(part), lack(chosen))
            if a < b || a == b && room[part] < room[chosen] { continue }
            if a == b && room[part] == room[chosen] {
                equals += 1
                if random.integer(below: equals) == 0 { chosen = part }
                continue
            }
        }
        chosen = part
        equals = 1
    }
    return chosen
}

/// Labels by the number of their rows that are left: a list for each number, so that nothing is ever searched.
private struct RarestFirst {
    private(set) var counts: [Int]
    private var heads: [Int32]
    private var next: [Int32]
    private var previous: [Int32]
    private var lowest = 1

    /// Labels whose rows lie between the starts.
    init(_ starts: [Int], using random: inout RandomSource) {
        counts = zip(starts, starts.dropFirst()).map { $1 - $0 }
        heads = Array(repeating: -1, count: (counts.max() ?? 0) + 1)
        next = Array(repeating: -1, count: counts.count)
        previous = next
        for label in random.permutation(counts.count) { insert(label) }
    }

    /// The label with the fewest rows that are left, if any has one.
    mutating func rarest() -> Int? {
        while lowest < heads.count {
            if heads[lowest] >= 0 { return Int(heads[lowest]) }
            lowest += 1
        }
        return nil
    }

    mutating func removeOne(of label: Int) {
        let (before, after) = (previous[label], next[label])
        if before >= 0 { next[Int(before)] = after } else { heads[counts[label]] = after }
        if after >= 0 { previous[Int(after)] = before }
        counts[label] -= 1
        insert(label)
        if counts[label] > 0 { lowest = min(lowest, counts[label]) }
    }

    private mutating func insert(_ label: Int) {
        let head = heads[counts[label]]
        next[label] = head
        previous[label] = -1
        if head >= 0 { previous[Int(head)] = Int32(label) }
        heads[counts[label]] = Int32(label)
    }
}
