package import HornetSupport
public import HornetTensor

/// A layer that makes one value of several; a ``Layer`` of a model whose nodes branch.
///
/// One of your own needs ``forward(_:_:)-(Array<Value>,_)`` and ``mergedShape(_:)``.
open class MergeLayer: Layer {
    /// How masks are merged: as in Keras 3, unless the model is of a file that Keras 2 wrote.
    public package(set) final var maskMerging = MaskMerging.keras3
    private var inputShapes: [Shape] = []

    /// The output's shape for inputs of these shapes, batch axis included. Throws when they do not fit each other.
    open func mergedShape(_ shapes: [Shape]) throws -> Shape {
        trap("MergeLayer.mergedShape", "\(className) has to override mergedShape(_:)")
    }

    /// The output for `inputs`, in the order of the call.
    open func forward(_ inputs: [Value], _ pass: Pass) throws -> Value {
        trap("MergeLayer.forward", "\(className) has to override forward(_:_:)")
    }

    public final override func build(inputShape: Shape) throws -> Shape { try mergedShape(inputShapes) }
    public final override func forward(_ x: Value, _ pass: Pass) throws -> Value { try forward([x], pass) }

    package override func build(
        _ inputShapes: [Shape], random: RandomSource, weights: WeightOrigin
    ) throws -> Shape {
        self.inputShapes = inputShapes
        if outputShape != nil { return try mergedShape(inputShapes) }
        return try super.build(inputShapes, random: random, weights: weights)
    }

    /// The argument by which ``maskMerging`` is kept where it is not Keras 3's. Keras has none like it: its files say by their
    /// version what they mean.
    package static let maskMergingKey = "mask_merging"

    /// `arguments`, and what ``restoreMaskMerging(from:)`` reads.
    final func withMaskMerging(_ arguments: JSON.Object) -> JSON.Object {
        var arguments = arguments
        if maskMerging != .keras3 { arguments[MergeLayer.maskMergingKey] = .string(maskMerging.rawValue) }
        return arguments
    }

    final func restoreMaskMerging(from config: JSON.Cursor) throws {
        guard let name = try config.optional(MergeLayer.maskMergingKey) else { return }
        guard let known = MaskMerging(rawValue: try name.string()) else {
            throw name.refuse("there is no way of merging masks called \(try name.string())")
        }
        maskMerging = known
    }

    /// The error of shapes that do not fit each other.
    package func refuse(_ shapes: [Shape], _ problem: String) -> HornetError {
        HornetError(
            .shape, at: "layer \(name) (\(className))",
            "\(problem): \(shapes.map(\.description).joined(separator: ", "))")
    }
}
