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
    package func settle(rows: Indices) { deferred?.settle(&storage, rows: rows) }
}
