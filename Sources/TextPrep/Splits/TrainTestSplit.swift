import HornetSupport
public import HornetTensor

/// The size of a part of the data: a share of it (`0.2`) or a number of samples (`500`).
public enum SplitSize: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// Between 0 and 1, both excluded.
    case share(Double)
    case count(Int)

    public init(floatLiteral value: Double) { self = .share(value) }
    public init(integerLiteral value: Int) { self = .count(value) }
}

/// Divides `0 ..< count` into rows to train on and rows to test with, as scikit-learn's `train_test_split`: a
/// share is rounded up for the test part and down for the training part, and without a size the test part is a
/// quarter.
///
/// The same seed gives the same split everywhere, but not NumPy's: its generator is another.
///
/// - Parameters:
///   - testSize: by default what `trainSize` leaves.
///   - trainSize: by default what `testSize` leaves.
///   - shuffle: without it the first rows are for training and the next ones for the test.
///   - stratify: labels, 0 and 1, `[samples, labels]`, that both parts are to have in the same proportion (and any rows
///     that are in neither): see ``iterativeSplit(_:shares:order:seed:)``. scikit-learn takes each row of several
///     labels for a class of its own, and refuses classes of one row.
///   - seed: by default a new one at every call.
public func trainTestSplit(
    count: Int, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, shuffle: Bool = true,
    stratify: (any LabelMatrix)? = nil, seed: UInt64? = nil
) throws -> (train: [Int], test: [Int]) {
    let sizes = try splitSizes(count, testSize, trainSize)
    guard shuffle else {
        if stratify != nil { throw refused("stratify needs shuffle", "Leave one of them out") }
        return (Array(0..<sizes.train), Array(sizes.train..<sizes.train + sizes.test))
    }
    var random = seed.map { RandomSource(seed: $0) } ?? RandomSource()
    if let stratify {
        guard stratify.matrixShape.rows == count else {
            throw HornetError(
                .shape, at: "trainTestSplit", "stratify has \(stratify.matrixShape.rows) rows for \(count) samples")
        }
        let parts = [sizes.train, sizes.test, count - sizes.train - sizes.test]
        let rows = IterativeStratification(stratify, order: 1).rows(of: parts, using: &random)
        return (rows[0], rows[1])
    }
    let order = random.permutation(count)
    return (Array(order[sizes.test..<sizes.test + sizes.train]), Array(order[..<sizes.test]))
}

/// Divides several collections of rows alike: `let (x, y) = try trainTestSplit(x, y, testSize: 0.2, seed: 1)`, then
/// `x.train`, `y.test`; with rare labels `stratify: y`. The rules are those of
/// ``trainTestSplit(count:testSize:trainSize:shuffle:stratify:seed:)``; throws when the numbers of rows differ.
public func trainTestSplit<each Rows: RowSelectable>(
    _ parts: repeat each Rows, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, shuffle: Bool = true,
    stratify: (any LabelMatrix)? = nil, seed: UInt64? = nil
) throws -> (repeat (train: each Rows, test: each Rows)) {
    var counts: [Int] = []
    repeat counts.append((each parts).selectableRowCount)
    guard let count = counts.first, counts.allSatisfy({ $0 == count }) else {
        throw HornetError(
            .shape, at: "trainTestSplit", "the numbers of rows differ: \(counts)",
            remedy: "Give one row for each sample in each of them")
    }
    let rows = try trainTestSplit(
        count: count, testSize: testSize, trainSize: trainSize, shuffle: shuffle, stratify: stratify, seed: seed)
    return (repeat (train: (each parts).selecting(rows.train), test: (each parts).selecting(rows.test)))
}

/// The sizes by scikit-learn's rules, step by step as there.
private func splitSizes(
    _ count: Int, _ testSize: SplitSize?, _ trainSize: SplitSize?
) throws -> (train: Int, test: Int) {
    let testSize = testSize == nil && trainSize == nil ? .share(0.25) : testSize
    try check(testSize, "testSize", count)
    try check(trainSize, "trainSize", count)
    if case .share(let test) = testSize, case .share(let train) = trainSize, train + test > 1 {
        throw refused(
            "the sum of testSize and trainSize = \(train + test) should be in the (0, 1) range",
            "Reduce testSize or trainSize")
    }
    let givenTest = testSize.map { size in
        switch size {
        case .share(let share): Int((share * Double(count)).rounded(.up))
        case .count(let count): count
        }
    }
    let givenTrain = trainSize.map { size in
        switch size {
        case .share(let share): Int((share * Double(count)).rounded(.down))
        case .count(let count): count
        }
    }
    let test = givenTest ?? count - givenTrain!
    let train = givenTrain ?? count - test
    guard train + test <= count else {
        throw refused(
            "the sum of trainSize and testSize = \(train + test) should be smaller than the number of samples \(count)",
            "Reduce testSize or trainSize")
    }
    guard train > 0 else {
        throw refused("the training part of \(count) samples would be empty", "Reduce testSize or get more samples")
    }
    return (train, test)
}

private func check(_ size: SplitSize?, _ name: String, _ count: Int) throws {
    let isGood =
        switch size {
        case nil: true
        case .share(let share): share > 0 && share < 1
        case .count(let wanted): wanted > 0 && wanted < count
        }
    guard isGood else {
        throw refused(
            "\(name) should be positive and smaller than the number of samples \(count), or a share between 0 and 1",
            "")
    }
}

private func refused(_ problem: String, _ remedy: String) -> HornetError {
    HornetError(.configuration, at: "trainTestSplit", problem, remedy: remedy)
}
