import HornetLayers
import HornetSupport

/// From the arguments of a layer as Keras 2 and 3 write them to a layer, without leaving out any that mean something.
enum KerasLayerConfig {
    /// Arguments that change no result: how weights began, how things are computed, the shape of the input, which the
    /// model has anyway.
    private static let withoutEffect: Set = [
        "name", "trainable", "seed", "implementation", "unroll", "use_cudnn", "input_length", "batch_shape",
        "batch_input_shape", "input_dtype", "autocast", "shared_object_id", "renorm_momentum",
    ]
    /// Arguments of which one value is what layers do here.
    private static let expected: [String: JSON] = [
        "stateful": false, "time_major": false, "keepdims": false, "sparse": false, "data_format": "channels_last",
        "renorm": false, "synchronized": false, "rms_scaling": false,
    ]

    /// The layer of `{"class_name": …, "config": {…}}`. Throws, naming layer and key, on what is not supported.
    static func layer(from node: KerasContainerReader.Node, _ registry: LayerRegistry, file: String) throws -> Layer {
        let layer = try converted(node.description, registry, file: file, name: node.name).layer
        layer.name = node.name
        if node.isFrozen { layer.isTrainable = false }
        return layer
    }

    /// The layer, and its description as the registry reads it.
    private static func converted(
        _ description: JSON.Cursor, _ registry: LayerRegistry, file: String, name: String? = nil
    ) throws -> (layer: Layer, plain: JSON) {
        let className = try description.member("class_name").string()
        let config = try description.member("config")
        let name = try name ?? config.member("name").string()
        let source = "\(file): layer \(name) (\(className))"
        let plain: JSON = [
            "class_name": .string(className), "config": .object(try plain(config, registry, file: source)),
        ]
        let layer = try registry.layer(from: plain.cursor(source: source))
        try check(config, of: layer, source)
        return (layer, plain)
    }

    /// Throws when an argument means something that the layer does not know.
    private static func check(_ config: JSON.Cursor, of layer: Layer, _ source: String) throws {
        let known = layer.config
        for (key, value) in try config.object() {
            if known?[key] != nil || value == .null || withoutEffect.contains(key) { continue }
            if key.utf8.elementsEqual("dtype".utf8) {
                try checkPrecision(JSON.object(["dtype": value]).cursor(source: source).member("dtype"))
                continue
            }
            let isInitializer = Array(key.utf8).suffix(12).elementsEqual("_initializer".utf8)
            if isInitializer || expected[key] == value { continue }
            throw HornetError(
                .file, at: source, "its argument \(key) is not supported, it is \(value.text())",
                remedy: "Leave it out where the model is made, if that means the same")
        }
    }

    /// Throws unless this is 32-bit floats, as a name or as one of Keras' policies.
    static func checkPrecision(_ dtype: JSON.Cursor) throws {
        let name: JSON.Cursor
        if case .object = dtype.value { name = try dtype.member("config").member("name") } else { name = dtype }
        guard try name.string() == "float32" else {
            throw name.refuse("numbers of the type \(try name.string()) are not supported, only float32")
        }
    }

    /// The arguments with functions as names, and with layers within in the same plain form.
    private static func plain(_ config: JSON.Cursor, _ registry: LayerRegistry, file: String) throws -> JSON.Object {
        var plain = try config.object()
        for (key, value) in plain {
            if Array(key.utf8).suffix(10).elementsEqual("activation".utf8) {
                plain[key] = try activation(value, config)
            } else if case .object(let inner) = value, inner["class_name"] != nil, ["layer", "backward_layer"].contains(key) {
                plain[key] = try converted(config.member(key), registry, file: file).plain
            }
        }
        return plain
    }

    /// Keras writes a function as its name; none is the identity.
    private static func activation(_ value: JSON, _ config: JSON.Cursor) throws -> JSON {
        switch value {
        case .null: return "linear"
        case .object(let function):
            if case .string("function")? = function["class_name"], case .string(let name)? = function["config"] {
                return .string(name)
            }
            throw config.refuse("the activation \(value.text()) is no function with a name")
        default: return value
        }
    }
}
