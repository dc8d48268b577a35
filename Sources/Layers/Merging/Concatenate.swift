public import HornetSupport
public import HornetTensor

/// Inputs behind each other along an axis, the last by default; the other axes are equal.
///
/// Masks are joined along the axis of time; along the last, they are merged as ``MergeLayer/maskMerging`` says.
/// [Keras: Concatenate](https://keras.io/api/layers/merging_layers/concatenate/)
public final class Concatenate: MergeLayer {
    /// Counted from the front, the batch being 0, or from the back if negative.
    public let axis: Int

    /// Traps on the axis of the batch, 0.
    public init(axis: Int = -1, name: String? = nil) {
        require(axis != 0, "Concatenate", "axis 0 is the batch")
        self.axis = axis
        super.init(name: name)
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        let axis = try config.optional("axis")?.int() ?? -1
        guard axis != 0 else { throw config.refuse("axis 0 is the batch") }
        self.init(axis: axis, name: name)
        try restoreMaskMerging(from: config)
    }

    public override var className: String { "Concatenate" }
    public override var config: JSON.Object? { withMaskMerging(["axis": .integer(axis)]) }

    public override func mergedShape(_ shapes: [Shape]) throws -> Shape {
        let rank = shapes[0].rank
        let axis = axis < 0 ? axis + rank : axis
        guard (1..<rank).contains(axis) else { throw refuse(shapes, "there is no axis \(self.axis)") }
        var sizes = shapes[0].sizes
        for shape in shapes.dropFirst() {
            guard shape.rank == rank else { throw refuse(shapes, "the inputs have different numbers of axes") }
            for other in 0..<rank where other != axis {
                guard sizes[other] == nil || shape[other] == nil || sizes[other] == shape[other] else {
                    throw refuse(shapes, "the inputs differ along axis \(other)")
                }
                sizes[other] = sizes[other] ?? shape[other]
            }
            sizes[axis] = sizes[axis].flatMap { size in shape[axis].map { size + $0 } }
        }
        return Shape(sizes)
    }

    public override func forward(_ inputs: [Value], _ pass: Pass) -> Value {
        Value.concatenated(inputs, axis: axis).masked(by: mask(inputs))
    }

    private func mask(_ inputs: [Value]) -> Tensor? {
        let rank = inputs[0].rank
        guard inputs.contains(where: { $0.mask != nil }) else { return nil }
        guard rank > 2, (axis < 0 ? axis + rank : axis) == 1 else { return maskMerging.merged(inputs.map(\.mask)) }
        return Tensor.concatenated(inputs.map { $0.mask ?? .ones([$0.shape[0], $0.shape[1]]) }, axis: 1)
    }
}
