import HornetSupport

/// A weight that training changes: the one mutable thing in a model.
public final class Parameter {
    /// Keras' name of the weight within its layer: `kernel`, `bias`, `embeddings`.
    public let role: String
    /// Where it stands in the model: `dense_1/kernel`. Set by the model that owns the layer.
    public package(set) var path: String
    /// When false, training leaves it alone.
    public var isTrainable = true

    package var storage: Tensor
    /// Numbers the distinct rows of a batch; lives here so that its cost does not follow the vocabulary.
    package var rowSlots = RowSlots()

    public init(_ value: Tensor, role: String) {
        storage = value
        self.role = role
        path = role
    }

    /// The weight itself. Setting it keeps the shape: a different one traps.
    public var value: Tensor {
        get { storage }
        set {
            require(
                newValue.shape == storage.shape, "Parameter.value",
                "\(path) has the shape \(storage.shape), the new value \(newValue.shape)")
            storage = newValue
        }
    }

    public var shape: [Int] { storage.shape }
    public var count: Int { storage.count }

    /// Changes the elements in place (no copy while nobody else holds the tensor).
    package func update<R>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> R) rethrows -> R {
        try storage.withUnsafeMutableBufferPointer(body)
    }
}
