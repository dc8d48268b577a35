import HornetLayers
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

    /// The value of each weight of the layers, which are built. Throws when the file has not as many.
    func values(in layout: KerasLayout, file: String) throws -> [(weight: Parameter, value: Tensor)] {
        let found: [(weight: Parameter, value: Tensor)]
        let count: Int
        switch self {
        case .legacy(let group, _):
            let all = try (group.names("layer_names") ?? []).flatMap { name in
                try KerasWeights.values(of: group.group(name), "layer \(name)", file).map { data -> Tensor in
                    guard case .floats(let tensor) = data else { throw HornetError(.file, at: file, "a weight is no float") }
                    return tensor
                }
            }
            let weights = layout.legacyWeights
            count = all.count
            found = Array(zip(weights, all))
            guard count == weights.count else {
                throw HornetError(.file, at: file, "it holds \(count) weights, the model has \(weights.count)")
            }
        case .archive(let root):
            guard let group = KerasWeights.layerGroups.lazy.compactMap(root.group).first else {
                throw HornetError(.file, at: file, "the group of layers is missing")
            }
            count = group.floatCount
            found = zip(layout.layers, layout.places).flatMap { layer, place in
                layer.weightOwners.flatMap { owner in
                    let values = KerasWeights.variables(in: group, at: "\(place)/\(owner.path)").compactMap { data -> Tensor? in
                        if case .floats(let tensor) = data { tensor } else { nil }
                    }
                    return zip(owner.weights, values).map { (weight: $0, value: $1) }
                }
            }
        }
        let known = Set(found.map { ObjectIdentifier($0.weight) })
        if let missing = layout.layers.lazy.flatMap(\.parameters).first(where: { !known.contains(ObjectIdentifier($0)) }) {
            throw HornetError(.file, at: file, "the weight \(missing.path) is missing")
        }
        guard count == found.count else {
            throw HornetError(.file, at: file, "it holds \(count) weights, of which the model has \(found.count)")
        }
        return found
    }

    /// Whether the file keeps the weights of models within the model apart, as this layout does.
    func fits(_ layout: KerasLayout) -> Bool {
        switch self {
        case .legacy(let group, _):
            let names = Set((group.names("layer_names") ?? []).map { ByteKey($0) })
            return layout.groups.allSatisfy { names.contains(ByteKey($0.name)) }
        case .archive(let root):
            guard let group = KerasWeights.layerGroups.lazy.compactMap(root.group).first else { return false }
            return layout.places.allSatisfy { group.holds(path: $0) }
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
    /// Whether there is a group at this path.
    fileprivate func holds(path: String) -> Bool {
        var group: HDF5Group? = self
        for part in path.utf8.split(separator: UInt8(ascii: "/")) { group = group?.group(String(part)!) }
        return group != nil
    }

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

extension KerasFile {
    /// The values of all weights of a model that is built. Throws when their number differs.
    package func values(in layout: KerasLayout) throws -> [(weight: Parameter, value: Tensor)] {
        try weights.values(in: layout, file: path)
    }

    /// Whether the file keeps the weights of models within the model apart, as this layout does.
    package func fits(_ layout: KerasLayout) -> Bool { weights.fits(layout) }
}
