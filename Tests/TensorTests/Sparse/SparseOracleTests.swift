import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Sparse matrices against SciPy's `csr_array`; see `Tests/Oracles/sparse.py`.
@Suite struct SparseOracleTests {
    private let cases = try! Fixture.json("sparse.json").member("cases").array()

    private func matrix(_ stored: JSON.Cursor) throws -> SparseMatrix {
        let shape = try stored.member("shape").ints()
        return try SparseMatrix(
            rowCount: shape[0], columnCount: shape[1], rowStarts: stored.member("starts").ints(),
            columns: stored.member("columns").ints().map(Int32.init), values: stored.member("values").floats())
    }

    /// Same places; values within one rounding.
    private func expectSame(_ actual: SparseMatrix, _ expected: SparseMatrix, _ what: String) {
        #expect(actual.shape == expected.shape && actual.rowStarts == expected.rowStarts, "\(what)")
        #expect(actual.columns == expected.columns, "\(what)")
        expectClose(Tensor(actual.values), Tensor(expected.values), relative: 2e-7, absolute: 0, what)
    }

    @Test func followsSciPy() throws {
        for testCase in cases {
            let a = try matrix(testCase.member("a"))
            let what = "\(a.shape)"
            #expect(a.dense == (try testCase.member("dense").tensor()), "\(what)")
            let count = Double(a.rowCount * a.columnCount)
            #expect(a.density == (count == 0 ? 0 : Double(a.storedCount) / count))
            expectSame(a.transposed(), try matrix(testCase.member("transposed")), "transposed \(what)")
            let (below, beside) = (try matrix(testCase.member("below")), try matrix(testCase.member("beside")))
            expectSame(.concatenated([a, below]), try matrix(testCase.member("stacked")), "stacked \(what)")
            expectSame(.concatenated([a, beside], axis: 1), try matrix(testCase.member("joined")), "joined \(what)")
            let chosen = try testCase.member("chosen").ints()
            if !chosen.isEmpty {
                expectSame(a.gathered(chosen), try matrix(testCase.member("gathered")), "gathered \(what)")
            }
            expectClose(a.sum(axis: 0), try testCase.member("columnSums").tensor(), absolute: 1e-6, what)
            expectClose(a.sum(axis: 1), try testCase.member("rowSums").tensor(), absolute: 1e-6, what)
            for norm in SparseMatrix.Norm.allCases {
                expectClose(a.rowNorms(norm), try testCase.member(norm.rawValue).tensor(), "\(norm) \(what)")
            }
            let (factors, idf) = (try testCase.member("factors").tensor(), try testCase.member("idf").tensor())
            if a.rowCount > 0 && a.columnCount > 0 {
                expectSame(a.scaledRows(by: factors), try matrix(testCase.member("scaledRows")), "rows \(what)")
                expectSame(a.scaledColumns(by: idf), try matrix(testCase.member("scaledColumns")), "columns \(what)")
            }
        }
    }

    /// Sums of up to 40 products, in another order than SciPy's.
    @Test func productsFollowSciPy() throws {
        for testCase in cases {
            let a = try matrix(testCase.member("a"))
            // The same rows as part of a larger matrix.
            let inner = SparseMatrix.concatenated([a, a, a])[a.rowCount..<2 * a.rowCount]
            #expect(inner == a && inner.dense == a.dense && inner.transposed() == a.transposed())
            for product in try testCase.member("products").array() {
                let (right, left) = (try product.member("right").tensor(), try product.member("left").tensor())
                let what = "\(a.shape), \(right.shape)"
                for matrix in [a, inner] {
                    let y = matrix.matmul(right)
                    expectClose(y, try product.member("product").tensor(), absolute: 4e-6, what)
                    expectClose(
                        matrix.matmul(left, transposeLeft: true), try product.member("transposedProduct").tensor(),
                        absolute: 4e-6, what)
                    expectClose(
                        left.transposed().matmul(matrix), try product.member("leftProduct").tensor(), absolute: 4e-6, what)
                    expectClose(
                        right.transposed().matmul(matrix, transposeRight: true), try product.member("rightProduct").tensor(),
                        absolute: 4e-6, what)
                    #expect(Value(matrix).matmul(Value(right)).tensor == y)
                }
            }
        }
    }

    /// The comparisons of this suite can fail.
    @Test func aChangedValueIsSeen() throws {
        let a = try matrix(cases.last!.member("a"))
        var factors = Tensor.ones([a.rowCount])
        factors[3] = 1.000_01
        let other = a.scaledRows(by: factors)
        #expect(other != a)
        let right = Tensor.random([a.columnCount, 3])
        #expect(mismatch(other.matmul(right), a.matmul(right), absolute: 4e-6) != nil)
    }
}
