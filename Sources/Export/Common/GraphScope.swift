import HornetLayers
import HornetSupport

/// Where in the model a graph is being written: gives nodes their names and errors their place.
final class GraphScope {
    /// The format as errors call it.
    private let target: String
    /// The present layer, by its path in the model.
    private(set) var path = ""
    private var className = ""
    /// What the present call gives.
    private(set) var outputShape = Shape([])
    private var taken: Set<String> = []

    init(target: String) { self.target = target }

    /// From now on nodes and errors belong to a call of `layer` that gives `outputShape`.
    func enter(_ layer: Layer, giving outputShape: Shape) {
        enter(layer)
        self.outputShape = outputShape
    }

    /// From now on nodes and errors belong to `layer`, which may be part of the layer called `outer`.
    func enter(_ layer: Layer, within outer: String? = nil) {
        path = (outer.map { $0 + "/" } ?? "") + layer.name
        className = layer.className
    }

    /// From now on this scope is where `other` is: for a graph within a graph, which has names of its own.
    func take(placeOf other: GraphScope) { (path, className) = (other.path, other.className) }

    /// A name for a node of the present layer that no other node has: `dense/MatMul`, then `dense/MatMul_1`. Bytes that
    /// TensorFlow does not take become underscores.
    func name(_ role: String) -> String {
        let bytes = (path.isEmpty ? role : "\(path)/\(role)").utf8.enumerated().map { place, byte in
            GraphScope.isPlain(byte, isFirst: place == 0) ? byte : UInt8(ascii: "_")
        }
        let plain = String(decoding: bytes, as: UTF8.self)
        // TensorFlow keeps names that begin with an underscore for itself.
        let base = bytes.first == UInt8(ascii: "_") ? "layer" + plain : plain
        var name = base
        var count = 0
        while !taken.insert(name).inserted {
            count += 1
            name = "\(base)_\(count)"
        }
        return name
    }

    private static func isPlain(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): !isFirst
        default: false
        }
    }

    /// The error of something in the present layer that the format has no counterpart for.
    func refusal(_ problem: String) -> HornetError {
        HornetError(
            .configuration, at: "layer \(path) (\(className))", "\(problem) can't be exported to \(target)",
            remedy: "Replace it by built-in layers and activations, or use save(_:)")
    }
}
