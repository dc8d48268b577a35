import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct EmbeddingTests {
    private let table = Parameter(Tensor.random([6, 3]), role: "embeddings")

    @Test func looksUpRows() throws {
        let ids = Indices([[5, 0], [2, 2]])
        let y = try Value.embedding(table, ids: ids, tape: nil).tensor
        #expect(y.shape == [2, 2, 3])
        let rows = table.value
        #expect(y.reshaped([4, 3]) == rows.gathered([5, 0, 2, 2]))
        #expect(try Value.embedding(table, ids: Indices([Int32]()), tape: nil).shape == [0, 3])
        #expect(try Value.embedding(table, ids: Indices([4]), tape: nil).tensor == rows[4..<5])
    }

    @Test func theGradientHasTheTouchedRowsOnceInOrderOfUse() throws {
        let tape = Tape()
        let y = try Value.embedding(table, ids: Indices([[5, 0, 5], [0, 3, 5]]), tape: tape)
        let dy = Tensor.random([2, 3, 3], seed: 7)
        tape.backward(from: (y * Value(dy)).sum())
        guard case .rows(let rows)? = tape.gradient(of: table) else {
            Issue.record("an embedding's gradient must be row-sparse")
            return
        }
        #expect(rows.rows == Indices([5, 0, 3]))
        #expect(rows.rowCount == 6 && rows.width == 3)
        let flat = dy.reshaped([6, 3])
        expectClose(rows.values[0..<1], flat[0..<1] + flat[2..<3] + flat[5..<6])
        expectClose(rows.values[1..<2], flat[1..<2] + flat[3..<4])
        expectClose(rows.values[2..<3], flat[4..<5])
        expectClose(rows.dense, oneHotProduct(Indices([5, 0, 5, 0, 3, 5]), flat))
    }

    /// What the dense formula gives: one-hotᵀ · dy.
    private func oneHotProduct(_ ids: Indices, _ dy: Tensor) -> Tensor {
        var oneHot = Tensor.zeros([ids.count, table.shape[0]])
        for (row, id) in ids.ids.enumerated() { oneHot[row, Int(id)] = 1 }
        return oneHot.matmul(dy, transposeLeft: true)
    }

    @Test(arguments: [[1, 1], [2, 3], [4, 9], [0, 3], [5]])
    func gradients(shape: [Int]) throws {
        for width in [1, 3, 17] {
            let table = Parameter(Tensor.random([6, width]), role: "embeddings")
            let ids = Indices.random(shape, below: 6)
            // Parameters that no id touches have the gradient 0; without any id nothing is touched.
            try checkGradient(of: [table], "ids \(shape), width \(width)") {
                try Value.embedding(table, ids: ids, tape: $0)
            }
        }
    }

    @Test(arguments: [[1, 1], [2, 3], [4, 9], [0, 3], [33, 20]])
    func poolingEqualsLookingUpAndPooling(shape: [Int]) throws {
        for width in [1, 3, 17, 64] {
            // Quarters, so that ties between rows are common.
            let values = Tensor.random([9, width]).affine(scale: 2).rounded() / 4
            let table = Parameter(values, role: "embeddings")
            let ids = Indices.random(shape, below: 9)
            let dy = Value(Tensor.random([shape[0], width], seed: 5))
            let (one, two) = (Tape(), Tape())
            let fused = try Value.embeddingMaxPool(table, ids: ids, tape: one)
            let plain = try Value.embedding(table, ids: ids, tape: two).maxPooledOverTime()
            #expect(fused.tensor == plain.tensor, "ids \(shape), width \(width)")
            one.backward(from: (fused * dy).sum())
            two.backward(from: (plain * dy).sum())
            let gradients = (try #require(one.gradient(of: table)), try #require(two.gradient(of: table)))
            expectClose(gradients.0.dense, gradients.1.dense, absolute: 1e-6, "ids \(shape), width \(width)")
        }
    }

    @Test func pooledGradients() throws {
        let table = Parameter(Tensor.spread([7, 5]), role: "embeddings")
        let ids = Indices.random([4, 6], below: 7)
        try checkGradient(of: [table]) { try Value.embeddingMaxPool(table, ids: ids, tape: $0) }
    }

    @Test func anIdOutsideTheTableThrowsWithItsPlace() throws {
        table.path = "embedding/embeddings"
        for (bad, ids) in [(6, [[0, 1, 2], [3, 4, 6]]), (-1, [[0, 1, 2], [3, 4, -1]])] as [(Int, [[Int32]])] {
            for lookUp in [Value.embedding, Value.embeddingMaxPool] as [(Parameter, Indices, Tape?) throws -> Value] {
                let error = try #require(throws: HornetError.self) { _ = try lookUp(table, Indices(ids), nil) }
                #expect(error.kind == .data)
                #expect(error.place == "embedding/embeddings")
                #expect(error.problem == "token id \(bad) in row 1, position 2, is outside 0..<6")
                #expect(!error.remedy.isEmpty)
            }
        }
    }

    /// The numbering of rows lives in the parameter: one batch must not leak into the next.
    @Test func batchesFollowEachOther() throws {
        for (ids, touched) in [([1, 2, 1], [1, 2]), ([2, 5], [2, 5]), ([5], [5])] as [([Int32], [Int32])] {
            let tape = Tape()
            tape.backward(from: try Value.embedding(table, ids: Indices(ids), tape: tape).sum())
            guard case .rows(let rows)? = tape.gradient(of: table) else {
                Issue.record("no row-sparse gradient")
                return
            }
            #expect(rows.rows.ids == touched)
            let counts = touched.map { id in Float(ids.count { $0 == id }) }
            #expect(rows.values == Tensor(counts.flatMap { [$0, $0, $0] }, shape: [touched.count, 3]))
        }
    }

    @Test func frozenTablesGetNoGradient() throws {
        table.isTrainable = false
        let tape = Tape()
        let y = try Value.embedding(table, ids: Indices([1]), tape: tape)
        #expect(!y.isRecorded)
        #expect(try !Value.embeddingMaxPool(table, ids: Indices([[1]]), tape: tape).isRecorded)
        #expect(tape.gradient(of: table) == nil)
    }

    @Test func trapsOnIdsThatAreNoMatrix() async {
        await #expect(processExitsWith: .failure) {
            let table = Parameter(.ones([6, 3]), role: "embeddings")
            _ = try Value.embeddingMaxPool(table, ids: Indices([0], shape: [1, 1, 1]), tape: nil)
        }
        await #expect(processExitsWith: .failure) {
            let table = Parameter(.ones([6, 3]), role: "embeddings")
            _ = try Value.embeddingMaxPool(table, ids: Indices([Int32](), shape: [2, 0]), tape: nil)
        }
    }
}
