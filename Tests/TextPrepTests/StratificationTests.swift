import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

/// Folds and stratified splits.
@Suite struct StratificationTests {
    private struct Case {
        let y: SparseMatrix
        let splits: Int
        let spread, empty: Double

        init(_ fixture: JSON.Cursor) throws {
            let rows = try fixture.member("rows").array().map { try $0.ints().map(Int32.init) }
            y = SparseMatrix(ones: rows, columnCount: try fixture.member("columns").int())
            splits = try fixture.member("splits").int()
            spread = try fixture.member("spread").double()
            empty = try fixture.member("empty").double()
        }

        static var all: [Case] {
            get throws { try Fixture.json("stratification.json").member("iterative").array().map(Case.init) }
        }
    }

    /// The label distribution of Sechidis et al., and how many labels are in none of a fold's rows.
    private func quality(_ y: SparseMatrix, _ folds: [[Int]]) -> (spread: Double, empty: Double) {
        let total = y.positiveCounts().map(Double.init)
        var distances: [Double] = []
        var empty = 0.0
        for fold in folds {
            let counts = y.selecting(fold).positiveCounts().map(Double.init)
            for (count, whole) in zip(counts, total) where whole > 0 {
                let odds = whole / max(Double(y.rowCount) - whole, 1e-9)
                distances.append((count / max(Double(fold.count) - count, 1e-9) - odds).magnitude)
                if count == 0 { empty += 1 }
            }
        }
        return (distances.reduce(0, +) / Double(distances.count), empty)
    }

    private func means(_ y: SparseMatrix, _ splitting: (UInt64) throws -> [[Int]]) rethrows -> (
        spread: Double, empty: Double
    ) {
        var sums = (spread: 0.0, empty: 0.0)
        for seed in 0..<20 {
            let found = quality(y, try splitting(UInt64(seed)))
            sums = (sums.spread + found.spread / 20, sums.empty + found.empty / 20)
        }
        return sums
    }

    /// Not worse than the Python package, whose folds may differ in size; much better than folds by chance.
    @Test func labelsAreInProportion() throws {
        for testCase in try Case.all {
            let found = try means(testCase.y) { seed in
                try MultilabelStratifiedKFold(splits: testCase.splits, seed: seed).split(testCase.y).map(\.test)
            }
            #expect(found.spread <= testCase.spread, "\(found) \(testCase.spread)")
            #expect(found.empty <= testCase.empty + 0.5, "\(found) \(testCase.empty)")
            let random = try means(testCase.y) { seed in
                try KFold(splits: testCase.splits, shuffle: true, seed: seed).split(testCase.y).map(\.test)
            }
            #expect(random.spread > 1.5 * found.spread && random.empty > found.empty)
        }
    }

    /// Pairs of labels come closer with order 2.
    @Test func pairsOfLabels() throws {
        let testCase = try Case.all[3]
        let pairs = SparseMatrix(
            ones: (0..<testCase.y.rowCount).map { row in
                let labels = testCase.y.columns(inRow: row)
                return labels.flatMap { a in labels.filter { $0 > a }.map { a * 120 + $0 } }
            }, columnCount: 120 * 120)
        let both = try [1, 2].map { order in
            try means(pairs) { seed in
                try MultilabelStratifiedKFold(splits: 5, order: order, seed: seed).split(testCase.y).map(\.test)
            }
        }
        #expect(both[1].spread < 0.97 * both[0].spread, "\(both)")
    }

    @Test func everyRowOnceInFoldsOfEqualSize() throws {
        for testCase in try Case.all {
            for order in [1, 2] {
                let (y, splits) = (testCase.y, testCase.splits)
                let folds = try MultilabelStratifiedKFold(splits: splits, order: order, seed: 3).split(y)
                #expect(folds.flatMap(\.test).sorted() == Array(0..<y.rowCount))
                for fold in folds {
                    #expect((fold.train + fold.test).sorted() == Array(0..<y.rowCount))
                    #expect(fold.train == fold.train.sorted() && fold.test == fold.test.sorted())
                    #expect((Double(fold.test.count) - Double(y.rowCount) / Double(splits)).magnitude < 1)
                }
                // A label of fewer rows than folds is in as many folds; others are in all.
                let counts = folds.map { y.selecting($0.test).positiveCounts() }
                for (label, total) in y.positiveCounts().enumerated() where total <= splits && total > 0 {
                    if order == 1 && total <= 2 { #expect(counts.filter { $0[label] > 0 }.count == total) }
                }
                // Rows without labels are spread as well.
                let none = Set((0..<y.rowCount).filter { y.columns(inRow: $0).isEmpty })
                for fold in folds {
                    let share = Double(none.count) / Double(splits)
                    #expect(Double(fold.test.filter(none.contains).count) < 2 * share + 4)
                }
            }
        }
    }

    @Test func denseLabelsAndSeeds() throws {
        let y = try Case.all[0].y
        let folds = MultilabelStratifiedKFold(splits: 4, seed: 9)
        let first = try folds.split(y)
        #expect(try folds.split(y.dense).map(\.test) == first.map(\.test))
        #expect(try MultilabelStratifiedKFold(splits: 4, seed: 10).split(y).map(\.test) != first.map(\.test))
    }

    /// Far closer than by chance, where the standard deviation is about the root.
    private func isClose(_ count: Int, to expected: Double) -> Bool {
        (Double(count) - expected).magnitude <= 1.5 + 0.3 * expected.squareRoot()
    }

    @Test func trainingAndTestPart() throws {
        let y = try Case.all[3].y
        let rows = Array(0..<y.rowCount)
        let split = try trainTestSplit(rows, y, testSize: 0.2, stratify: y, seed: 5)
        #expect(split.0.test.count == 140 && split.0.train.count == 560)
        #expect((split.0.train + split.0.test).sorted() == rows && split.0.test != split.0.test.sorted())
        #expect(split.1.test == y.selecting(split.0.test))
        let again = try trainTestSplit(rows, testSize: 0.2, stratify: y.dense, seed: 5)
        #expect(again.test == split.0.test)
        // Of every label with five rows or more some are in the test part, and about a fifth of all.
        for (total, tested) in zip(y.positiveCounts(), split.1.test.positiveCounts()) {
            #expect(isClose(tested, to: Double(total) / 5), "\(tested) of \(total)")
        }
        // What is left out has its share of each label, too.
        let parts = try trainTestSplit(count: 700, testSize: 70, trainSize: 70, stratify: y, seed: 1)
        #expect(parts.train.count == 70 && parts.test.count == 70 && Set(parts.train).isDisjoint(with: parts.test))
        for (total, tested) in zip(y.positiveCounts(), y.selecting(parts.test).positiveCounts()) {
            #expect(isClose(tested, to: Double(total) / 10), "\(tested) of \(total)")
        }
        #expect(
            message { _ = try trainTestSplit(rows, shuffle: false, stratify: y) }.contains("stratify needs shuffle"))
        #expect(
            message { _ = try trainTestSplit(count: 9, stratify: y) }.contains("stratify has 700 rows for 9 samples"))
    }

    @Test func partsByShares() throws {
        let y = try Case.all[2].y
        let parts = try iterativeSplit(y, shares: [0.7, 0.2, 0.1], seed: 1)
        #expect(parts.map(\.count) == [280, 80, 40] && parts.flatMap(\.self).sorted() == Array(0..<400))
        #expect(
            try iterativeSplit(y.selecting([0, 1, 2, 3]), shares: [0.4, 0.3, 0.3], seed: 1).map(\.count) == [2, 1, 1])
        #expect(try iterativeSplit(SparseMatrix(ones: [], columnCount: 3), shares: [0.5, 0.5]).map(\.count) == [0, 0])
        #expect(
            try iterativeSplit(SparseMatrix(ones: [[], [], []], columnCount: 0), shares: [0.5, 0.5]).flatMap(\.self)
                .count == 3)
        #expect(message { _ = try iterativeSplit(y, shares: [0.5, 0.4]) }.contains("whose sum is 1"))
    }

    @Test func foldsWithoutLabelsAreScikitLearns() throws {
        for golden in try Fixture.json("stratification.json").member("k_fold").array() {
            let folds = try KFold(splits: try golden.member("splits").int()).split(
                count: try golden.member("count").int())
            for (fold, expected) in zip(folds, try golden.member("folds").array()) {
                #expect(
                    try fold.train == expected.member("train").ints() && fold.test == expected.member("test").ints())
            }
        }
        let folds = try KFold(splits: 3, shuffle: true, seed: 1).split(Array(0..<10))
        #expect(folds.map(\.test.count) == [4, 3, 3] && folds.flatMap(\.test).sorted() == Array(0..<10))
        #expect(folds[0].test != [0, 1, 2, 3])
        #expect(message { _ = try KFold(splits: 1).split(count: 5) }.contains("1 folds"))
        #expect(message { _ = try KFold(splits: 6).split(count: 5) }.contains("can't be 6 folds of 5"))
        let y = SparseMatrix(ones: [[0], [1]], columnCount: 2)
        #expect(message { _ = try MultilabelStratifiedKFold(splits: 3).split(y) }.contains("can't be 3 folds of 2"))
    }

    @Test func shuffledSplits() throws {
        let splits = try ShuffleSplit(splits: 4, seed: 2).split(count: 95)
        #expect(splits.count == 4 && splits.allSatisfy { $0.test.count == 10 && $0.train.count == 85 })
        #expect(splits[0].test != splits[1].test && Set(splits[0].test).isDisjoint(with: splits[0].train))
        #expect(try ShuffleSplit(splits: 4, seed: 2).split(Array(0..<95)).map(\.test) == splits.map(\.test))
        #expect(try ShuffleSplit(splits: 1, testSize: 3, trainSize: 4).split(count: 10)[0].train.count == 4)
    }

    @Test func groupsStayTogether() throws {
        var random = RandomSource(seed: 4)
        let rows = (0..<200).map { _ in (0..<6).filter { _ in random.uniform() < 0.3 }.map(Int32.init) }
        let y = SparseMatrix(ones: rows, columnCount: 6)
        let splitter = MultilabelStratifiedKFold(splits: 4, seed: 1)
        let groups = (0..<200).map { 7 * ($0 % 80) - 100 }
        let folds = try splitter.split(y, groups: groups)
        #expect(folds.flatMap(\.test).sorted() == Array(0..<200))
        for (train, test) in folds {
            #expect(Set(train.map { groups[$0] }).isDisjoint(with: test.map { groups[$0] }))
            #expect(Set(test.map { groups[$0] }).count == 20)
            #expect(train == train.sorted() && Set(train).isDisjoint(with: test))
        }
        // Without copies nothing changes.
        let (alone, plain) = (try splitter.split(y, groups: Array(0..<200)), try splitter.split(y))
        #expect(alone.map(\.test) == plain.map(\.test))
        #expect(Set(plain[0].train.map { groups[$0] }).isDisjoint(with: plain[0].test.map { groups[$0] }) == false)
        #expect(throws: HornetError.self) { try splitter.split(y, groups: [1, 2]) }
        #expect(throws: HornetError.self) { try splitter.split(y, groups: (0..<200).map { $0 % 3 }) }
    }
}
