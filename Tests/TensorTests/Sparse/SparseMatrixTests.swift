import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SparseMatrixTests {
    private func make(
        _ rowCount: Int, _ columnCount: Int, _ rowStarts: [Int], _ columns: [Int32], _ values: [Float]? = nil
    ) throws -> SparseMatrix {
        try SparseMatrix(
            rowCount: rowCount, columnCount: columnCount, rowStarts: rowStarts, columns: columns,
            values: values ?? columns.map { _ in 1 })
    }

    @Test func holdsRowsAndBecomesDense() throws {
        let matrix = try make(3, 4, [0, 2, 2, 3], [0, 3, 1], [5, 6, 7])
        #expect(matrix.shape == [3, 4] && matrix.storedCount == 3)
        #expect(matrix.dense == [[5, 0, 0, 6], [0, 0, 0, 0], [0, 7, 0, 0]])
        #expect(matrix.dense(rows: [2, 0, 2]) == [[0, 7, 0, 0], [5, 0, 0, 6], [0, 7, 0, 0]])
        #expect(matrix.dense(rows: []).shape == [0, 4])
        #expect(Array(matrix.columns(inRow: 0)) == [0, 3] && Array(matrix.values(inRow: 2)) == [7])
        #expect(matrix.columns(inRow: 1).isEmpty)
        #expect(Value(matrix).tensor == matrix.dense && Value(matrix).shape == [3, 4])
    }

    @Test func mayBeEmpty() throws {
        #expect(try make(0, 0, [0], []).dense.shape == [0, 0])
        #expect(try make(2, 0, [0, 0, 0], []).dense.shape == [2, 0])
        #expect(SparseMatrix(ones: [], columnCount: 3).dense.shape == [0, 3])
    }

    @Test func onesFromLists() {
        let matrix = SparseMatrix(ones: [[1], [], [0, 2]], columnCount: 3)
        #expect(matrix.dense == [[0, 1, 0], [0, 0, 0], [1, 0, 1]])
    }

    @Test func refusesWhatBreaksTheForm() throws {
        let wrong: [(String, () throws -> SparseMatrix)] = [
            ("2 row starts for 2 rows", { try make(2, 3, [0, 1], [0]) }),
            ("row starts for -1 rows", { try make(-1, 3, [], []) }),
            ("row starts end at 1, with 2 columns", { try make(1, 3, [0, 1], [0, 1]) }),
            ("with 1 columns and 2 values", { try make(1, 3, [0, 1], [0], [1, 2]) }),
            ("row starts end at 1", { try make(1, 3, [1, 1], [0]) }),
            ("row starts descend at row 1", { try make(3, 3, [0, 2, 1, 2], [0, 1]) }),
            ("row starts descend at row 0", { try make(2, 3, [0, 9, 1], [0]) }),
            ("row 0 has column 1 after 1", { try make(1, 3, [0, 2], [1, 1]) }),
            ("row 0 has column 0 after 2", { try make(1, 3, [0, 2], [2, 0]) }),
            ("column 3 after -1; columns ascend within 0..<3", { try make(1, 3, [0, 1], [3]) }),
            ("column -1 after -1", { try make(1, 3, [0, 1], [-1]) }),
        ]
        for (text, body) in wrong {
            let error = try #require(throws: HornetError.self, "\(text)") { _ = try body() }
            #expect(error.kind == .shape && error.place == "SparseMatrix")
            #expect(error.problem.contains(text), "\(error.problem)")
        }
    }

    @Test func trapsOnListsThatAreNotAscending() async {
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(ones: [[2, 1]], columnCount: 3) }
    }
}
