import CHornetKernels
import HornetSupport

extension Value {
    /// The rows of an embedding table: `ids [batch, time] → [batch, time, width]`.
    ///
    /// The gradient is row-sparse. Throws when an id is outside the table.
    package static func embedding(_ table: Parameter, ids: Indices, tape: Tape?) throws -> Value {
        guard let tape else {
            try table.settleChecking(rows: ids)
            return Value(table.gathered(ids))
        }
        return try embeddingOfTokens(table, ids: ids, tape: tape).vectors
    }

    /// The same with the distinct tokens among `ids`, each of which a layer behind may have to look at once only.
    package static func embeddingOfTokens(
        _ table: Parameter, ids: Indices, tape: Tape
    ) throws -> (vectors: Value, tokens: DistinctTokens) {
        let distinct = try table.distinctRows(of: ids)
        table.settle(rows: distinct.rows)
        let (rowCount, width) = (table.shape[0], table.shape[1])
        let vectors = recorded(table.gathered(ids), reading: table, on: tape) { dy, dx in
            var sums = Tensor.zeros([ids.count, width])[0..<distinct.rows.count]
            sums.scatterAdd(dy, atRows: distinct.slots)
            dx.add(rows: RowSparse(rows: distinct.rows, values: sums, rowCount: rowCount, rowCapacity: ids.count), to: 0)
        }
        return (vectors, DistinctTokens(slots: distinct.slots, rows: distinct.rows, table: table))
    }
}

/// The distinct tokens of a batch.
package struct DistinctTokens {
    /// Which of ``rows`` each token is, `[batch, time]`.
    let slots: Indices
    let rows: Indices
    let table: Parameter
}

extension Parameter {
    /// The rows of a table, which are up to date: `[…] → […, width]`.
    func gathered(_ ids: Indices) -> Tensor {
        Tensor(ids.shape + [shape[1]]) { y in
            reading(storage, ids) { hornet_gather_rows($0, $1, y, ids.count, shape[1]) }
        }
    }

    /// The distinct rows that `ids` name, and the number of each id's row among them. Throws when an id is outside.
    func distinctRows(of ids: Indices) throws -> (slots: Indices, rows: Indices) {
        guard let distinct = rowSlots.assign(ids, rowCount: shape[0]) else { throw outside(ids) }
        return distinct
    }

    /// The same with the way back from the tokens; see ``RowSlots/assignPlaces(_:order:groupSize:rowCount:)``.
    func distinctPlaces(
        of ids: Indices, order: [Int], groupSize: Int
    ) throws -> (places: Indices, slots: Indices, starts: [Int], ends: [Int], rows: Indices) {
        let distinct = rowSlots.assignPlaces(ids, order: order, groupSize: groupSize, rowCount: shape[0])
        guard let distinct else { throw outside(ids) }
        return distinct
    }

    /// Makes the changes that are held back of the rows `ids`. Throws when an id is outside.
    package func settleChecking(rows ids: Indices) throws {
        let isInside = ids.read { hornet_ids_are_below($0, ids.count, Int32(shape[0])) } != 0
        guard isInside else { throw outside(ids) }
        settle(rows: ids)
    }

    /// The error that tells the first of `ids` that is no row of this table.
    func outside(_ ids: Indices) -> HornetError {
        let rowCount = Int32(shape[0])
        let place = ids.withUnsafeBufferPointer { ids in ids.firstIndex { $0 < 0 || $0 >= rowCount } }!
        let length = Swift.max(ids.shape.last ?? 1, 1)
        return HornetError(
            .data, at: path,
            "token id \(ids.ids[place]) in row \(place / length), position \(place % length), is outside 0..<\(rowCount)",
            remedy: "Give the Embedding an inputDim above the largest id, or the Tokenizer a smaller numWords")
    }
}
