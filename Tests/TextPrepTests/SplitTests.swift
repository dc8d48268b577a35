import HornetSupport
import HornetTensor
import HornetTextPrep
import Testing

@Suite("trainTestSplit") struct SplitTests {
    @Test("Sizes and refusals are scikit-learn's")
    func sizes() throws {
        func size(_ golden: Golden?) throws -> SplitSize? {
            guard let golden else { return nil }
            if case .integer(let count) = golden.cursor.value { return .count(count) }
            return .share(try golden.double)
        }
        var counts = (split: 0, refused: 0)
        for golden in try Golden(file: "splits.json").elements {
            let count = try golden["count"].int
            let test = try size(golden.optional("test")), train = try size(golden.optional("train"))
            if try golden.optional("refused") != nil {
                let refusal = message { _ = try trainTestSplit(count: count, testSize: test, trainSize: train) }
                #expect(refusal.hasPrefix("trainTestSplit: "))
                counts.refused += 1
                continue
            }
            let trainPart = try golden["trainPart"].int, testPart = try golden["testPart"].int
            let ordered = try trainTestSplit(count: count, testSize: test, trainSize: train, shuffle: false)
            #expect(ordered.train == Array(0..<trainPart))
            #expect(ordered.test == Array(trainPart..<trainPart + testPart))
            let shuffled = try trainTestSplit(count: count, testSize: test, trainSize: train, seed: 3)
            #expect(shuffled.train.count == trainPart && shuffled.test.count == testPart)
            let all = Set(shuffled.train).union(shuffled.test)
            #expect(all.count == trainPart + testPart && all.isSubset(of: 0..<count))
            counts.split += 1
        }
        #expect(counts.split > 500 && counts.refused > 500)
    }

    @Test("A seed repeats its split, another one gives another")
    func seeds() throws {
        let first = try trainTestSplit(count: 100, testSize: 0.2, seed: 1)
        #expect(try trainTestSplit(count: 100, testSize: 0.2, seed: 1) == first)
        #expect(try trainTestSplit(count: 100, testSize: 0.2, seed: 2) != first)
        #expect(first.train != first.train.sorted())
    }

    @Test("All parts are divided alike")
    func parts() throws {
        let names = (0..<10).map { "n\($0)" }
        let x = Indices((0..<20).map(Int32.init), shape: [10, 2])
        let y = Tensor((0..<10).map(Float.init))
        let sparse = SparseMatrix(ones: (0..<10).map { [Int32($0)] }, columnCount: 10)
        let table = Table(columns: ["name": names])
        let split = try trainTestSplit(names, x, y, sparse, table, table["name"], testSize: 3, seed: 5)
        #expect(split.0.test.count == 3 && split.0.train.count == 7)
        for (position, name) in split.0.train.enumerated() {
            let row = Int(name.dropFirst())!
            #expect(split.1.train[position, 1] == Int32(2 * row + 1))
            #expect(split.2.train[position] == Float(row))
            #expect(split.3.train.columns(inRow: position) == [Int32(row)])
            #expect(split.4.train["name"][position] == name)
            #expect(split.5.train[position] == name)
        }
        #expect(Array(split.5.test) == split.0.test)
        #expect(message { _ = try trainTestSplit(names, y[0..<9]) }.contains("the numbers of rows differ: [10, 9]"))
        let alone = try trainTestSplit(names, testSize: 0.25, shuffle: false)
        #expect(alone.test == ["n7", "n8", "n9"])
    }
}
