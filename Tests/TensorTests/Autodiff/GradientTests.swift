import HornetTensor
import HornetTestSupport
import Testing

/// Dense and row-sparse gradients of one parameter.
@Suite struct GradientTests {
    private let table = Parameter(Tensor.random([5, 2]), role: "embeddings")

    private func gradient(_ loss: (Tape) throws -> Value) throws -> Gradient? {
        let tape = Tape()
        tape.backward(from: try loss(tape))
        return tape.gradient(of: table)
    }

    private func lookUp(_ ids: [Int32], _ tape: Tape) throws -> Value {
        try Value.embedding(table, ids: Indices(ids), tape: tape)
    }

    @Test func twoLookUpsStaySparse() throws {
        let gradient = try gradient { tape in
            try (lookUp([3, 1], tape) * 2).sum() + (lookUp([1, 4], tape) * 10).sum()
        }
        guard case .rows(let rows)? = gradient else {
            Issue.record("two sparse gradients must give a sparse one")
            return
        }
        #expect(Set(rows.rows.ids) == [1, 3, 4])
        #expect(rows.rows.count == 3)
        #expect(rows.dense == [[0, 0], [12, 12], [0, 0], [2, 2], [10, 10]])
    }

    @Test func aDenseUseMakesItDense() throws {
        for sparseFirst in [true, false] {
            let gradient = try gradient { tape in
                let sparse = { try (lookUp([3, 3], tape) * 2).sum() }
                let dense = { (tape.value(of: table) * 10).sum() }
                return sparseFirst ? try sparse() + dense() : try dense() + sparse()
            }
            guard case .dense(let full)? = gradient else {
                Issue.record("sparse and dense must give dense")
                return
            }
            #expect(full == [[10, 10], [10, 10], [10, 10], [14, 14], [10, 10]])
        }
    }

    @Test func bothWaysOfUsingATableAgreeWithDifferences() throws {
        try checkGradient(of: [table]) { tape in
            let full = tape?.value(of: table) ?? Value(table.value)
            let rows = try Value.embedding(table, ids: Indices([4, 0, 4]), tape: tape)
            return Value.concatenated([full * full, rows])
        }
    }

    @Test func storedNumbersCanBeScaled() throws {
        var sparse = try #require(try gradient { try lookUp([3, 1, 3], $0).sum() })
        #expect(sparse.stored == [[2, 2], [1, 1]])
        sparse.stored *= 0.5
        #expect(sparse.dense == [[0, 0], [0.5, 0.5], [0, 0], [1, 1], [0, 0]])
        var dense = Gradient.dense([1, 2])
        dense.stored *= 3
        #expect(dense.dense == [3, 6])
    }
}
