
extension Model {
    /// Writes the model to one safetensors file: layers, weights, and the optimizer's state, so that training can go on.
    ///
    /// The file appears whole or not at all; an older one stays until then. Throws when a layer can't be saved, or the
    /// disk refuses.
    public func save(_ path: String) throws { try ModelArchive.write(self, to: path, withOptimizer: true) }

    /// Takes the weights from a file that ``save(_:)`` wrote for a model of the same layers; also the optimizer's state, if
    /// this model is compiled with the same kind of optimizer. Throws, changing no weight, when they differ.
    public func loadWeights(_ path: String) throws { try ModelArchive(path: path).load(into: self) }
}
