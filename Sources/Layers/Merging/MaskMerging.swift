import HornetTensor

/// How a layer that merges several values takes their masks; Keras changed it.
public enum MaskMerging: String, Sendable {
    /// A step is real where it is in any input. A masked step counts 1 in ``Multiply``, and leaves the choice to the other
    /// inputs in ``Maximum`` and ``Minimum``. [Keras 3: Merging layers](https://keras.io/api/layers/merging_layers/)
    case keras3
    /// A step is real where it is in every input that has a mask. The values of masked steps count like others. What files
    /// that Keras 2 wrote have.
    case keras2

    /// The mask of a value merged of inputs with these masks, each `[batch, time]`; `nil` when all its steps are real.
    func merged(_ masks: [Tensor?]) -> Tensor? {
        let known = masks.compactMap(\.self)
        guard let first = known.first else { return nil }
        switch self {
        case .keras3:
            return known.count < masks.count ? nil : known.dropFirst().reduce(first) { ($0 + $1).thresholded(above: 0) }
        case .keras2: return known.dropFirst().reduce(first) { $0 * $1 }
        }
    }
}
