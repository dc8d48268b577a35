package import HornetSupport

/// Makes losses from their names or descriptions: how a loss comes back from a file.
package struct LossRegistry: Sendable {
    /// Makes a loss from the arguments that its `config` gave.
    private typealias Make = @Sendable (_ config: JSON.Cursor) throws -> Loss

    private let makers: [(className: String, names: [String], make: Make)] = [
        ("AsymmetricLoss", ["asymmetric_loss"], { try AsymmetricLoss(config: $0) }),
        ("BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"], { try BinaryCrossentropy(config: $0) }),
        ("BinaryFocalCrossentropy", ["binary_focal_crossentropy"], { try BinaryFocalCrossentropy(config: $0) }),
        ("CategoricalCrossentropy", ["categorical_crossentropy"], { try CategoricalCrossentropy(config: $0) }),
        ("ClassBalancedLoss", [], { try ClassBalancedLoss(config: $0) }),
        ("DistributionBalancedLoss", [], { try DistributionBalancedLoss(config: $0) }),
        ("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], { _ in MeanSquaredError() }),
        ("PositiveWeightedCrossentropy", [], { try PositiveWeightedCrossentropy(config: $0) }),
        (
            "SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"],
            { try SparseCategoricalCrossentropy(config: $0) }
        ),
    ]

    /// The built-in losses.
    package init() {}

    /// The loss of `{"class_name": …, "config": {…}}`, or of one of Keras' names. Throws on an unknown one, and on arguments
    /// that this package does not have (other reductions than the mean over the batch, other axes than the last).
    package func loss(from description: JSON.Cursor) throws -> Loss {
        if case .string(let name) = description.value {
            let maker = makers.first { maker in (maker.names + [maker.className]).contains { ByteKey($0) == ByteKey(name) } }
            guard let maker else { throw description.refuse("there is no loss called \(name)") }
            return try maker.make(JSON.object([:]).cursor(source: description.source))
        }
        let className = try description.member("class_name").string()
        guard let maker = makers.first(where: { ByteKey($0.className) == ByteKey(className) }) else {
            throw description.refuse("there is no loss called \(className)")
        }
        let config = try description.member("config")
        // Keras 2 calls the mean over the batch "auto".
        if let reduction = try config.optional("reduction"),
            !["sum_over_batch_size", "auto"].contains(try reduction.string())
        {
            throw reduction.refuse("the reduction \(try reduction.string()) is not supported")
        }
        if let axis = try config.optional("axis"), try axis.int() != -1 { throw axis.refuse("only the last axis is supported") }
        if let ignored = try config.optional("ignore_class") { throw ignored.refuse("it is not supported") }
        return try maker.make(config)
    }
}

extension JSON.Cursor {
    /// The arguments of a crossentropy.
    fileprivate var crossentropyOptions: (fromLogits: Bool, labelSmoothing: Float) {
        get throws {
            (try optional("from_logits")?.bool() ?? false, Float(try optional("label_smoothing")?.double() ?? 0))
        }
    }
}

extension BinaryCrossentropy {
    convenience init(config: JSON.Cursor) throws {
        let options = try config.crossentropyOptions
        self.init(fromLogits: options.fromLogits, labelSmoothing: options.labelSmoothing)
    }
}

extension CategoricalCrossentropy {
    convenience init(config: JSON.Cursor) throws {
        let options = try config.crossentropyOptions
        self.init(fromLogits: options.fromLogits, labelSmoothing: options.labelSmoothing)
    }
}

extension SparseCategoricalCrossentropy {
    convenience init(config: JSON.Cursor) throws {
        self.init(fromLogits: try config.optional("from_logits")?.bool() ?? false)
    }
}
