import HornetSupport
public import HornetTensor

/// Divides rows into folds of equal size, each of which is the test part once, as scikit-learn's `KFold`.
///
/// The first `count % splits` folds have one row more. Rows of both parts are ascending.
public struct KFold: Sendable {
    public let splits: Int
    public let shuffle: Bool
    public let seed: UInt64?

    /// - Parameters:
    ///   - splits: How many folds, at least 2. Default 5.
    ///   - shuffle: Whether rows are put in folds by chance; else neighbours stay together. Default false.
    ///   - seed: By default a new one at every call.
    public init(splits: Int = 5, shuffle: Bool = false, seed: UInt64? = nil) {
        (self.splits, self.shuffle, self.seed) = (splits, shuffle, seed)
    }

    /// The folds of `0 ..< count`. Throws when there are fewer rows than folds.
    public func split(count: Int) throws -> [(train: [Int], test: [Int])] {
        let sizes = try foldSizes(count, splits, "KFold")
        var random = seed.map { RandomSource(seed: $0) } ?? RandomSource()
        let order = shuffle ? random.permutation(count) : Array(0..<count)
        var fold = [Int](repeating: 0, count: count)
        var next = 0
        for (number, size) in sizes.enumerated() {
            for row in order[next..<next + size] { fold[row] = number }
            next += size
        }
        return folds(fold, splits)
    }

    /// The folds of the rows of a table, a tensor or an array.
    public func split(_ rows: some RowSelectable) throws -> [(train: [Int], test: [Int])] {
        try split(count: rows.selectableRowCount)
    }
}

/// Folds of equal size that have each label in the same proportion, each of which is the test part once.
///
/// The rows of a label with fewer rows than folds go to as many folds, as far as their other labels allow. Fold sizes
/// differ by one at most; rows of both parts are ascending. See ``iterativeSplit(_:shares:order:seed:)`` for the
/// method. Named as in the Python package `iterative-stratification`, whose folds may differ by more.
public struct MultilabelStratifiedKFold: Sendable {
    public let splits: Int
    public let order: Int
    public let seed: UInt64?

    /// - Parameters:
    ///   - splits: How many folds, at least 2. Default 5.
    ///   - order: 2 also keeps pairs of labels in proportion. Default 1.
    ///   - seed: By default a new one at every call.
    public init(splits: Int = 5, order: Int = 1, seed: UInt64? = nil) {
        (self.splits, self.order, self.seed) = (splits, order, seed)
    }

    /// The folds of the rows of `y`, 0 and 1, `[samples, labels]`. Throws when there are fewer rows than folds.
    public func split(_ y: some LabelMatrix) throws -> [(train: [Int], test: [Int])] {
        let sizes = try foldSizes(y.matrixShape.rows, splits, "MultilabelStratifiedKFold")
        var random = seed.map { RandomSource(seed: $0) } ?? RandomSource()
        return folds(IterativeStratification(y, order: order).parts(of: sizes, using: &random), splits)
    }

    /// The folds of the rows of `y` in which rows of the same group stay together: copies of a text, which would tell what
    /// is asked of each other.
    ///
    /// Groups are dealt out as rows are, each with the labels of any of its rows: folds have equal numbers of groups. Where
    /// every row is a group of its own, the folds are those without groups. Throws when there are fewer groups than folds.
    /// - Parameter groups: A number for each row, of any size.
    public func split(_ y: some LabelMatrix, groups: [Int]) throws -> [(train: [Int], test: [Int])] {
        let (rows, columns) = y.matrixShape
        guard groups.count == rows else {
            throw HornetError(
                .data, at: "MultilabelStratifiedKFold", "there are \(rows) rows of labels and groups for \(groups.count)")
        }
        var numbers: [Int: Int] = [:]
        let group = groups.map { name in
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            return number
        }
        var labels = [Set<Int32>](repeating: [], count: numbers.count)
        y.forEachElement { row, column, value in if value != 0 { labels[group[row]].insert(Int32(column)) } }
        let parts = try split(SparseMatrix(ones: labels.map { $0.sorted() }, columnCount: columns))
        var fold = [Int](repeating: 0, count: numbers.count)
        for (number, part) in parts.enumerated() { for group in part.test { fold[group] = number } }
        return folds(group.map { fold[$0] }, splits)
    }
}

/// Independent random splits, as scikit-learn's `ShuffleSplit`.
public struct ShuffleSplit: Sendable {
    public let splits: Int
    public let testSize: SplitSize?
    public let trainSize: SplitSize?
    public let seed: UInt64?

    /// - Parameters:
    ///   - splits: How many. Default 10.
    ///   - testSize: By default what `trainSize` leaves, or a tenth.
    ///   - trainSize: By default what `testSize` leaves.
    ///   - seed: By default a new one at every call.
    public init(splits: Int = 10, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, seed: UInt64? = nil) {
        (self.splits, self.testSize, self.trainSize, self.seed) = (splits, testSize, trainSize, seed)
    }

    /// The splits of `0 ..< count`, by the rules of
    /// ``trainTestSplit(count:testSize:trainSize:shuffle:stratify:seed:)``.
    public func split(count: Int) throws -> [(train: [Int], test: [Int])] {
        guard splits > 0 else {
            throw HornetError(.configuration, at: "ShuffleSplit", "\(splits) splits were asked for")
        }
        let testSize = testSize == nil && trainSize == nil ? .share(0.1) : testSize
        var random = seed.map { RandomSource(seed: $0) } ?? RandomSource()
        return try (0..<splits).map { _ in
            try trainTestSplit(count: count, testSize: testSize, trainSize: trainSize, seed: random.next())
        }
    }

    /// The splits of the rows of a table, a tensor or an array.
    public func split(_ rows: some RowSelectable) throws -> [(train: [Int], test: [Int])] {
        try split(count: rows.selectableRowCount)
    }
}

private func foldSizes(_ count: Int, _ splits: Int, _ place: String) throws -> [Int] {
    guard splits >= 2 else {
        throw HornetError(
            .configuration, at: place, "\(splits) folds were asked for",
            remedy: "Two are the least; trainTestSplit makes one split")
    }
    guard count >= splits else {
        throw HornetError(
            .configuration, at: place, "there can't be \(splits) folds of \(count) samples",
            remedy: "Ask for fewer folds")
    }
    return (0..<splits).map { count / splits + ($0 < count % splits ? 1 : 0) }
}

/// From the fold of each row.
private func folds(_ fold: [Int], _ splits: Int) -> [(train: [Int], test: [Int])] {
    (0..<splits).map { number in
        (train: fold.indices.filter { fold[$0] != number }, test: fold.indices.filter { fold[$0] == number })
    }
}
