import HornetModelFiles
import HornetSupport

extension Model {
    /// Writes the model to one file: layers, weights, how it was compiled, and the optimizer's state, so that training can
    /// go on.
    ///
    /// The ending of the name says in what form:
    /// - `.keras`, and `.h5` or `.hdf5` for Keras' older form: `keras.models.load_model` opens the file. What Keras does
    ///   not have (a loss, a metric or a layer of your own) is left out with a warning, or refused.
    /// - anything else: Hornet's own, a safetensors file, which leaves out how the model was compiled.
    ///
    /// The file appears whole or not at all; an older one stays until then. Throws when a layer can't be saved, or when the
    /// disk refuses. Keras' files need libhdf5, and
    /// `.keras` libzip, when the program runs.
    public func save(_ path: String) throws {
        switch KerasForm(path) {
        case .archive: try kerasModel.writeArchive(to: path)
        case .legacy: try kerasModel.writeLegacy(to: path)
        case nil: try ModelArchive.write(self, to: path, withOptimizer: true)
        }
    }

    /// Writes the weights alone. A name that ends in `.weights.h5` or `.h5` makes a file for Keras' `load_weights`, of
    /// Keras 3 or of the older form; any other a safetensors file, the same as ``save(_:)``.
    ///
    /// The file appears whole or not at all. Throws as ``save(_:)``.
    public func saveWeights(_ path: String) throws {
        guard KerasForm(path) == .legacy else { return try save(path) }
        try kerasModel.writeWeights(to: path)
    }

    /// Takes the weights from a file that ``save(_:)``, ``saveWeights(_:)`` or Keras wrote for a model of the same layers;
    /// also the optimizer's state, if the file has it and this model is compiled with the same kind of optimizer. Throws,
    /// changing no weight, when they differ.
    public func loadWeights(_ path: String) throws {
        let file = try MappedFile(path: path)
        guard KerasFile.recognizes(file) else { return try ModelArchive(file).load(into: self) }
        try loadWeights(from: KerasFile(file))
    }
}
