import CHornetKernels
import HornetSupport

/// The tokens of documents, through an embedding and dropout that is the same at all steps of a document: a token that a
/// document has many times is looked up and projected once, and its gradients are added before they go back.
struct TokenInput: RecurrentInput {
    private let packing: SequencePacking
    private let table: Tensor
    /// `[batch, width]`; `nil` for 1.
    private let factors: Tensor?
    private let product: GateProduct
    private let bias: Tensor?
    /// The distinct rows of the table, which of them each document has, and the place of each packed row's token among
    /// these.
    private let rows, slots, places: Indices
    /// The places of each document, in the sorted order. A group's follow each other; they lie where its packed rows would
    /// if all steps were real, because the same thread handles both and memory is used again.
    private let starts, ends: [Int]
    /// Of each place: the row after dropout `[places, width]`, its projection, on the way back the projection's gradient
    /// `[places, gates·units]`.
    private let x, projected: Rows

    /// Throws when an id is outside the table.
    init(_ embeddings: Parameter, _ ids: Indices, factors: Tensor?, _ product: GateProduct, bias: Tensor?) throws {
        packing = product.packing
        let distinct = try embeddings.distinctPlaces(of: ids, order: packing.order, groupSize: SequencePacking.groupSize)
        (rows, slots, starts, ends) = (distinct.rows, distinct.slots, distinct.starts, distinct.ends)
        places = packing.packed(distinct.places)
        embeddings.settle(rows: rows)
        table = embeddings.storage
        (self.factors, self.product, self.bias) = (factors, product, bias)
        // Room for documents that have no token twice, so that no buffer's size changes from step to step.
        x = Rows(count: ids.count, width: table.shape[1])
        projected = Rows(count: ids.count, width: product.columns)
    }

    private func places(of group: Int) -> Range<Int> {
        let documents = packing.groups[group].documents
        return starts[documents.lowerBound]..<ends[documents.upperBound - 1]
    }

    /// The places of each document of a group, and its factors.
    private func forEachDocument(of group: Int, _ body: (Range<Int>, UnsafePointer<Float>?) -> Void) {
        let factors = factors?.array.start
        for number in packing.groups[group].documents {
            body(starts[number]..<ends[number], factors.map { $0 + packing.order[number] * x.width })
        }
    }

    func begin(_ group: Int) {
        let (x, table) = (x, table.array.start)
        reading(rows, slots) { rows, slots in
            forEachDocument(of: group) { places, factors in
                for place in places {
                    let row = table + Int(rows[Int(slots[place])]) * x.width
                    if let factors {
                        hornet_multiply(row, factors, x[place], x.width)
                    } else {
                        x[place].update(from: row, count: x.width)
                    }
                }
            }
        }
        let places = places(of: group)
        projected.fill(places.lowerBound, places.count, with: bias)
        product.kernel.read {
            hornet_gemm(
                x[places.lowerBound], x.width, 1, $0, projected.width, projected[places.lowerBound], projected.width,
                places.count, projected.width, x.width, 1)
        }
    }

    func fill(_ step: RecurrentStep, _ gates: Rows) {
        places.read {
            hornet_gather_rows(projected[0], $0 + step.rows.lowerBound, gates[step.kept], step.count, projected.width)
        }
    }

    func beginBackward(_ group: Int) {
        let places = places(of: group)
        projected.fill(places.lowerBound, places.count, with: nil)
    }

    func collect(_ step: RecurrentStep, _ gates: Rows) {
        places.read {
            hornet_scatter_add_rows(
                projected[0], $0 + step.rows.lowerBound, gates[step.kept], step.count, projected.width)
        }
    }

    func kernelGradient(_ gates: Rows) -> Tensor {
        packing.summed(product.kernel.shape) { (group: Int, sum) in
            let places = places(of: group)
            hornet_gemm(
                x[places.lowerBound], 1, x.width, projected[places.lowerBound], projected.width, sum, projected.width,
                x.width, projected.width, places.count, 1)
        }
    }

    func biasGradient(_ gates: Rows) -> Tensor {
        packing.summed([projected.width]) { (group: Int, sum) in
            let places = places(of: group)
            hornet_column_sums(projected[places.lowerBound], sum, places.count, projected.width)
        }
    }

    /// The gradient of the table. Takes the place of the rows after dropout.
    func tableGradient() -> RowSparse {
        let (back, x) = (GateProduct.Back(product), x)
        packing.forEachGroup { group in
            let places = places(of: group)
            x.fill(places.lowerBound, places.count, with: nil)
            back.add(
                projected[places.lowerBound], of: places, gates: 0..<product.gates, to: x[places.lowerBound],
                scratch: x[places.lowerBound])
            forEachDocument(of: group) { places, factors in
                guard let factors else { return }
                for place in places { hornet_multiply(x[place], factors, x[place], x.width) }
            }
        }
        let sums = Rows(Tensor(uninitialized: [slots.count, x.width]))
        sums.fill(0, rows.count, with: nil)
        slots.read { slots in
            for group in packing.groups.indices {
                let places = places(of: group)
                hornet_scatter_add_rows(sums[0], slots + places.lowerBound, x[places.lowerBound], places.count, x.width)
            }
        }
        return RowSparse(rows: rows, values: sums.prefix(rows.count), rowCount: table.shape[0], rowCapacity: slots.count)
    }
}

/// Tokens whose projections are all known, for answers.
struct TableInput: RecurrentInput {
    /// `x·kernel + bias` of each row that an id may name, `[rows, gates·units]`.
    private let table: Tensor
    /// Of each packed row.
    private let ids: Indices

    init(_ table: Tensor, _ ids: Indices, _ packing: SequencePacking) {
        self.table = table
        self.ids = packing.packed(ids)
    }

    func fill(_ step: RecurrentStep, _ gates: Rows) {
        let (rows, ids) = (table.array.start, ids.array.start)
        hornet_gather_rows(rows, ids + step.rows.lowerBound, gates[step.kept], step.count, gates.width)
        // Rows by id lie where no hardware foresees them: those of the next step come during this one's product.
        for row in step.rows.upperBound..<min(step.rows.upperBound + step.count, self.ids.count) {
            hornet_prefetch_bytes(rows + Int(ids[row]) * gates.width, gates.width * MemoryLayout<Float>.stride)
        }
    }

    func kernelGradient(_ gates: Rows) -> Tensor { trap("recurrent", "a table of projections has no gradient") }
    func biasGradient(_ gates: Rows) -> Tensor { kernelGradient(gates) }
}
