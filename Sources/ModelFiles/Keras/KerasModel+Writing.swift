import HornetLayers
import HornetOptimizers
import HornetSupport
import HornetTensor

extension KerasModel {
    /// Writes Keras' older form of a whole model: one HDF5 file. `path` is replaced as a whole.
    package func writeLegacy(to path: String) throws {
        var root = HDF5Group()
        addOrigin(to: &root)
        let description = try description()
        root.add(.text(description.text()), called: "model_config")
        root.add(try legacyWeights(), called: "model_weights")
        if let compilation = compilationDescription(for: path) {
            var config = compilation.common
            config["optimizer_config"] = compilation.optimizer
            root.add(.text(JSON.object(config).text()), called: "training_config")
            root.add(legacyOptimizer(), called: "optimizer_weights")
        }
        try write(root, to: path)
    }

    /// Writes a `.keras` file: a ZIP archive of the description and the weights.
    package func writeArchive(to path: String) throws {
        guard case .object(var config) = try description() else { return }
        let compilation = compilationDescription(for: path)
        if let compilation {
            config["compile_config"] = .object(
                JSON.Object([("optimizer", compilation.optimizer)] + compilation.common.map { ($0, $1) }))
        }
        let metadata: JSON = ["keras_version": .string(KerasModel.version), "date_saved": .string(KerasModel.now)]
        let texts = [metadata, .object(config)].map { Array($0.text().utf8) }
        try HDF5File.write(try archiveWeights(withOptimizer: compilation != nil), for: path) { weights in
            try texts[0].withUnsafeBytes { metadata in
                try texts[1].withUnsafeBytes { config in
                    try ZipArchive.write(
                        to: path,
                        [("metadata.json", metadata), ("config.json", config), ("model.weights.h5", weights)])
                }
            }
        }
    }

    /// Writes the weights alone, and the optimizer's state: as Keras 3 does where the name ends in `.weights.h5`, else in
    /// the older form, which has no place for the state.
    package func writeWeights(to path: String) throws {
        if path.hasSuffix(".weights.h5") {
            try write(try archiveWeights(withOptimizer: compilationDescription(for: path) != nil), to: path)
        } else {
            try write(try legacyWeights(), to: path)
        }
    }

    private func write(_ root: HDF5Group, to path: String) throws {
        try HDF5File.write(root, for: path) { bytes in
            try writeAtomically(to: path) { try $0.write(bytes) }
        }
    }

    private func addOrigin(to group: inout HDF5Group) {
        group.add(.text(KerasModel.version), called: "keras_version")
        group.add(.text("tensorflow"), called: "backend")
    }

    // MARK: The older form

    private func legacyWeights() throws -> HDF5Group {
        var all = HDF5Group()
        all.add(layerNames, called: "layer_names")
        addOrigin(to: &all)
        for (layer, layerName) in zip(layers, layerNames) {
            // Keras lists what is trained before what is not.
            let weights = layer.parameters.filter(\.isTrainable) + layer.parameters.filter { !$0.isTrainable }
            var group = HDF5Group()
            group.add(weights.map { "\(name)/\($0.path)" }, called: "weight_names")
            for weight in weights { group.add(.floats(weight.value), at: "\(name)/\(weight.path)") }
            all.add(group, called: layerName)
        }
        // Weights of the model itself, which a Sequential does not have.
        var none = HDF5Group()
        none.add([], called: "weight_names")
        all.add(none, called: "top_level_model_weights")
        return all
    }

    private func legacyOptimizer() -> HDF5Group {
        var group = HDF5Group()
        let variables = optimizerVariables()
        let owner = compilation!.optimizer.configName
        group.add(variables.map { "\(owner)/\($0.name)" }, called: "weight_names")
        for (name, value) in variables { group.add(value, at: "\(owner)/\(name)") }
        return group
    }

    // MARK: The form within .keras files

    private func archiveWeights(withOptimizer: Bool) throws -> HDF5Group {
        var all = HDF5Group()
        for (number, layer) in layers.enumerated() {
            var group = HDF5Group()
            for owner in layer.weightOwners {
                for (number, weight) in owner.weights.enumerated() {
                    group.add(.floats(weight.value), at: "\(owner.path)/vars/\(number)")
                }
            }
            // A group without weights is there, too.
            if group.group("vars") == nil { group.add(HDF5Group(), called: "vars") }
            group.change("vars") { $0.add(.text(layerNames[number]), called: "name") }
            all.add(group, called: layout.places[number])
        }
        var root = HDF5Group()
        root.add(all, called: "layers")
        var own = HDF5Group()
        own.add(.text(name), called: "name")
        root.add(own, called: "vars")
        guard withOptimizer else { return root }
        for (number, variable) in optimizerVariables().enumerated() {
            root.add(variable.value, at: "optimizer/vars/\(number)")
        }
        return root
    }
}

extension HDF5Group {
    /// The largest list of texts that fits an attribute, which has 64 KiB: each is there as 16 bytes that lead to it.
    private static let longestList = 4000

    /// Adds a list of names, in parts where it is too long for one attribute.
    fileprivate mutating func add(_ names: [String], called name: String) {
        guard names.count > HDF5Group.longestList else { return add(.texts(names), called: name) }
        let starts = stride(from: 0, to: names.count, by: HDF5Group.longestList)
        for (part, start) in starts.enumerated() {
            let end = min(start + HDF5Group.longestList, names.count)
            add(.texts(Array(names[start..<end])), called: "\(name)\(part)")
        }
    }
}
