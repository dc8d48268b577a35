public import HornetSupport

/// Makes layers from their class names and arguments: how a model comes back from a file.
///
/// A file never brings code: a class that is neither built in nor given by the caller is an error.
public struct LayerRegistry: Sendable {
    /// Makes a layer called `name` from the arguments that its `config` gave.
    public typealias Make = @Sendable (_ config: JSON.Cursor, _ name: String) throws -> Layer

    private var makers: [(className: String, make: Make)] = [
        ("Activation", { try Activation(config: $0, name: $1) }),
        ("Add", { try Add(config: $0, name: $1) }),
        ("Average", { try Average(config: $0, name: $1) }),
        ("AveragePooling1D", { try AveragePooling1D(config: $0, name: $1) }),
        ("BatchNormalization", { try BatchNormalization(config: $0, name: $1) }),
        ("Bidirectional", { try Bidirectional(config: $0, name: $1) }),
        ("Concatenate", { try Concatenate(config: $0, name: $1) }),
        ("Conv1D", { try Conv1D(config: $0, name: $1) }),
        ("Dense", { try Dense(config: $0, name: $1) }),
        ("Dropout", { try Dropout(config: $0, name: $1) }),
        ("Embedding", { try Embedding(config: $0, name: $1) }),
        ("Flatten", { Flatten(name: $1) }),
        ("GlobalAveragePooling1D", { GlobalAveragePooling1D(name: $1) }),
        ("GlobalMaxPooling1D", { GlobalMaxPool1D(name: $1) }),
        ("GRU", { try GRU(config: $0, name: $1) }),
        ("LayerNormalization", { try LayerNormalization(config: $0, name: $1) }),
        ("LSTM", { try LSTM(config: $0, name: $1) }),
        ("Masking", { try Masking(config: $0, name: $1) }),
        ("Maximum", { try Maximum(config: $0, name: $1) }),
        ("MaxPooling1D", { try MaxPooling1D(config: $0, name: $1) }),
        ("Minimum", { try Minimum(config: $0, name: $1) }),
        ("Multiply", { try Multiply(config: $0, name: $1) }),
        ("Permute", { try Permute(config: $0, name: $1) }),
        ("RepeatVector", { try RepeatVector(config: $0, name: $1) }),
        ("Reshape", { try Reshape(config: $0, name: $1) }),
        ("SimpleRNN", { try SimpleRNN(config: $0, name: $1) }),
        ("SparseDense", { try SparseDense(config: $0, name: $1) }),
        ("SpatialDropout1D", { try SpatialDropout1D(config: $0, name: $1) }),
        ("Subtract", { try Subtract(config: $0, name: $1) }),
    ]

    /// The built-in layers.
    public init() {}

    /// Adds a layer of your own, or replaces a built-in one.
    public mutating func register(_ className: String, _ make: @escaping Make) {
        makers.insert((className, make), at: 0)
    }

    /// The layer that ``description(of:)`` described.
    public func layer(from description: JSON.Cursor) throws -> Layer {
        let className = try description.member("class_name").string()
        guard let maker = makers.first(where: { ByteKey($0.className) == ByteKey(className) }) else {
            throw description.refuse("there is no layer called \(className); register it if it is one of your own")
        }
        let config = try description.member("config")
        let layer = try maker.make(config, try config.member("name").string())
        layer.isTrainable = try config.optional("trainable")?.bool() ?? true
        return layer
    }

    /// Class and arguments of a layer, in Keras' form. Throws when the layer has no `config`.
    public static func description(of layer: Layer) throws -> JSON {
        guard let config = layer.config else {
            throw HornetError(
                .configuration, at: "layer \(layer.name) (\(layer.className))", "it can't be saved",
                remedy: "Override its config, and register the class where the model is loaded")
        }
        var full: JSON.Object = ["name": .string(layer.name), "trainable": .bool(layer.isTrainable)]
        for (key, value) in config { full[key] = value }
        return ["class_name": .string(layer.className), "config": .object(full)]
    }
}

extension ActivationFunction {
    /// The built-in activation of that name; throws when there is none.
    init(_ name: JSON.Cursor) throws {
        guard let activation = ActivationFunction.named(try name.string()) else {
            throw name.refuse("there is no activation called \(try name.string())")
        }
        self = activation
    }
}
