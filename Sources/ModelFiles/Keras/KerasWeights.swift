package import HornetLayers
import HornetSupport
package import HornetTensor

/// The weights in a Keras file, in either of its two forms.
enum KerasWeights {
    /// Keras' older form: groups by the layers' names, in the order of the attribute `layer_names`, each with the paths of
    /// its weights in `weight_names`.
    case legacy(layers: HDF5Group, optimizer: HDF5Group?)
    /// The form within `.keras` files: groups by the layers' classes, `layers/dense_1/vars/0`.
    case archive(HDF5Group)

    /// Names of the group of layers; the second in the first versions of the form.
    private static let layerGroups = ["layers", "_layer_checkpoint_dependencies"]

    static func holdsArchive(_ root: HDF5Group) -> Bool { layerGroups.contains { root.group($0) != nil } }

    /// All weights in the order of the layers, `places` being their names in an archive.
    func tensors(of layers: [Layer], places: [String], file: String) throws -> [Tensor] {
        switch self {
        case .legacy(let group, _):
            var all = try (group.names("layer_names") ?? []).map { name in
                try KerasWeights.values(of: group.group(name), "layer \(name)", file).map { data -> Tensor in
                    guard case .floats(let tensor) = data else { throw HornetError(.file, at: file, "a weight is no float") }
                    return tensor
                }
            }
            all.removeAll(where: \.isEmpty)
            // Keras lists what is trained first: of two layers within one, the second where only the first is frozen.
            for (place, layer) in layers.filter(\.makesWeights).enumerated() where place < all.count {
                let areTrained = layer.weightOwners.map(\.isTrainable)
                guard areTrained == [false, true] else { continue }
                let half = all[place].count / 2
                all[place] = Array(all[place][half...] + all[place][..<half])
            }
            return all.flatMap(\.self)
        case .archive(let root):
            guard let group = KerasWeights.layerGroups.lazy.compactMap(root.group).first else {
                throw HornetError(.file, at: file, "the group of layers is missing")
            }
            let tensors = zip(layers, places).flatMap { layer, place in
                layer.weightOwners.flatMap { owner in
                    KerasWeights.variables(in: group.group(place), at: owner.path).compactMap { data -> Tensor? in
                        if case .floats(let tensor) = data { tensor } else { nil }
                    }
                }
            }
            let count = group.floatCount
            guard count == tensors.count else {
                throw HornetError(.file, at: file, "it holds \(count) weights, of which the model has \(tensors.count)")
            }
            return tensors
        }
    }

    /// The optimizer's variables in their order, with the name of the first; empty when there are none.
    var optimizerVariables: (firstName: String, values: [HDF5Group.DataSet]) {
        get throws {
            switch self {
            case .legacy(_, let group):
                guard let group else { return ("", []) }
                let values = try KerasWeights.values(of: group, "optimizer", "")
                return (group.names("weight_names")?.first ?? "", values)
            case .archive(let root): return ("", KerasWeights.variables(in: root.group("optimizer"), at: ""))
            }
        }
    }

    /// The data sets that `weight_names` lists.
    private static func values(of group: HDF5Group?, _ owner: String, _ file: String) throws -> [HDF5Group.DataSet] {
        guard let group, let names = group.names("weight_names") else {
            throw HornetError(.file, at: file, "\(owner): the list of its weights is missing")
        }
        return try names.map { name in
            guard let data = group.dataSet(at: name) else {
                throw HornetError(.file, at: file, "\(owner): the weight \(name) is missing, or no numbers")
            }
            return data
        }
    }

    /// The numbered data sets of an object within a group.
    private static func variables(in group: HDF5Group?, at path: String) -> [HDF5Group.DataSet] {
        var values: [HDF5Group.DataSet] = []
        while let next = group?.dataSet(at: "\(path)/vars/\(values.count)") { values.append(next) }
        return values
    }
}

extension HDF5Group {
    /// The number of float data sets in it, at any depth, but for what belongs to random generators.
    fileprivate var floatCount: Int {
        var count = 0
        forEach { _, _ in
        } group: { name, group in
            if name != "seed_generator" { count += group.floatCount }
        } dataSet: { _, data in
            if case .floats = data { count += 1 }
        }
        return count
    }
}

/// Hands the weights of a file to layers that ask for theirs, by order: a path means the same weight every time.
package final class KerasWeightSource {
    private let tensors: [Tensor]
    private let file: String
    private var places: [ByteKey: Int] = [:]

    init(_ tensors: [Tensor], file: String) {
        self.tensors = tensors
        self.file = file
    }

    /// The weight of the layer that asks next, or what this path was given before; `nil` when there are no more.
    package func tensor(for path: String) -> Tensor? {
        let place = places[ByteKey(path)] ?? places.count
        guard place < tensors.count else { return nil }
        places[ByteKey(path)] = place
        return tensors[place]
    }

    /// Throws when weights are left.
    package func checkNothingIsLeft() throws {
        guard places.count == tensors.count else {
            throw HornetError(.file, at: file, "it holds \(tensors.count) weights, the model has \(places.count)")
        }
    }
}

extension KerasFile {
    /// The weights for the layers of a model of this file.
    package func weightSource(for model: Model) throws -> KerasWeightSource {
        KerasWeightSource(try weights.tensors(of: model.layers, places: model.places, file: path), file: path)
    }

    /// The weights for a model of these layers, in the order of their parameters. Throws when their number differs.
    package func weights(for layers: [Layer]) throws -> [Tensor] {
        let tensors = try weights.tensors(of: layers, places: KerasGraph.places(layers.map(\.className)), file: path)
        let count = layers.reduce(0) { $0 + $1.parameters.count }
        guard tensors.count == count else {
            throw HornetError(.file, at: path, "it holds \(tensors.count) weights, the model has \(count)")
        }
        return tensors
    }
}
