import HornetSupport

/// A weight that training changes: the one mutable thing in a model.
public final class Parameter {
    /// Keras' name of the weight within its layer: `kernel`, `bias`, `embeddings`.
    public let role: String
    /// Where it stands in the model: `dense_1/kernel`. Set by the model that owns the layer.
    public package(set) var path: String
    /// When false, training leaves it alone.
    public var isTrainable = true

    /// The elements, without the changes that ``deferred`` still holds back.
    package var storage: Tensor
    /// Who holds back changes of rows.
    package private(set) var deferred: (any DeferredRows)?
    /// Numbers the distinct rows of a batch; lives here so that its cost does not follow the vocabulary.
    package var rowSlots = RowSlots()
    private var tokenSets = TokenSetBuilder()

    public init(_ value: Tensor, role: String) {
        storage = value
        self.role = role
        path = role
    }

    /// The weight itself. Setting it keeps the shape: a different one traps.
    public var value: Tensor {
        get {
            settle()
            return storage
        }
        set {
            require(
                newValue.shape == storage.shape, "Parameter.value",
                "\(path) has the shape \(storage.shape), the new value \(newValue.shape)")
            settle()
            storage = newValue
        }
    }

    public var shape: [Int] { storage.shape }
    public var count: Int { storage.count }

    /// Changes the elements in place (no copy while nobody else holds the tensor).
    package func update<R>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> R) rethrows -> R {
        settle()
        return try storage.withUnsafeMutableBufferPointer(body)
    }

    /// From now on `rows` may hold back changes; whoever did so before makes them now.
    package func deferRows(to rows: any DeferredRows) {
        guard deferred !== rows else { return }
        settle()
        deferred = rows
    }

    /// Makes every change that is held back.
    package func settle() { deferred?.settle(&storage) }

    /// Makes the changes of `rows`; the caller has checked that they exist.
    package func settle(rows: Indices) {
        guard let deferred, deferred.hasChanges else { return }
        // As many as the table has: one walk over all is shorter, and spares the next ones.
        if rows.count >= shape[0] { return settle() }
        let stripes = TableStripes(width: width)
        withOpenRows { open in
            Parallel.forEachRange(of: stripes.count, by: 1, if: rows.count > 64) { range in
                for stripe in range {
                    let own = rows.rows(of: stripe, stripes)
                    own.read { open.settle($0, own.count) }
                }
            }
        }
    }

    /// Finds the distinct rows of `ids [samples, time]` by stripe and gives them, up to date, to `body`, which all threads
    /// run at the same time. Returns what was found. Throws when an id is outside the table.
    func withCurrentRows(
        of ids: Indices, _ stripes: TableStripes,
        _ body: (_ weights: UnsafePointer<Float>, TokenSets, _ stripe: Int) -> Void
    ) throws -> [TokenSets] {
        var sets = [TokenSets?](repeating: nil, count: stripes.count)
        var isInside = true
        // Nobody may look at the table while it is open.
        let rowCount = shape[0]
        withOpenRows { open in
            sets.withUnsafeMutableBufferPointer { sets in
                isInside = tokenSets.build(ids, rowCount: rowCount, stripes) { stripe, set in
                    set.rows.read { open.settle($0, set.rows.count) }
                    body(open.weights, set, stripe)
                    sets[stripe] = set
                }
            }
        }
        guard isInside else { throw outside(ids) }
        return sets.map { $0! }
    }

    private func withOpenRows(_ body: (OpenRows) -> Void) {
        if let deferred {
            deferred.open(&storage, body)
        } else {
            storage.read { body(OpenRows(weights: $0) { _, _ in }) }
        }
    }

    private var width: Int { shape.dropFirst().reduce(1, *) }
}

extension Indices {
    /// Those of these rows that belong to a stripe, in order.
    package func rows(of stripe: Int, _ stripes: TableStripes) -> Indices {
        var own = Indices(uninitialized: [count])
        var ownCount = 0
        own.write { own in
            read { rows in
                for k in 0..<count {
                    own[ownCount] = rows[k]
                    if stripes.stripe(of: rows[k]) == stripe { ownCount += 1 }
                }
            }
        }
        return own[0..<ownCount]
    }
}
