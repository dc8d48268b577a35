public import HornetSupport
public import HornetTensor

/// What the layers share that merge values of one shape, element by element. An axis of size 1 repeats.
///
/// Masks are merged as ``MergeLayer/maskMerging`` says.
public class ElementwiseMerge: MergeLayer {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(name: name)
        try restoreMaskMerging(from: config)
    }

    public override func mergedShape(_ shapes: [Shape]) throws -> Shape {
        guard Set(shapes.map(\.rank)).count == 1 else { throw refuse(shapes, "the inputs have different numbers of axes") }
        return Shape(
            try shapes[0].sizes.indices.map { axis in
                let sizes = Set(shapes.map { $0[axis] }).subtracting([1])
                guard !sizes.contains(nil) else { return nil }
                guard sizes.count <= 1 else { throw refuse(shapes, "the inputs differ along axis \(axis)") }
                return sizes.first ?? 1
            })
    }

    public override func forward(_ inputs: [Value], _ pass: Pass) -> Value {
        // What masks mean to the values is Keras 3's.
        let merged = merged(maskMerging == .keras2 ? inputs.map { $0.masked(by: nil) } : inputs)
        return merged.masked(by: maskMerging.merged(inputs.map(\.mask)))
    }

    public override var config: JSON.Object? { withMaskMerging([:]) }

    /// The output, without a mask.
    func merged(_ inputs: [Value]) -> Value { inputs.dropFirst().reduce(inputs[0], merged) }
    /// Two values as one.
    func merged(_ a: Value, _ b: Value) -> Value { trap("ElementwiseMerge", "\(className) has to override merged(_:_:)") }
}

/// `a + b + …` [Keras: Add](https://keras.io/api/layers/merging_layers/add/)
public final class Add: ElementwiseMerge {
    public override var className: String { "Add" }
    override func merged(_ a: Value, _ b: Value) -> Value { a + b }
}

/// `a − b`, of two inputs. [Keras: Subtract](https://keras.io/api/layers/merging_layers/subtract/)
public final class Subtract: ElementwiseMerge {
    public override var className: String { "Subtract" }
    override func merged(_ a: Value, _ b: Value) -> Value { a - b }

    public override func mergedShape(_ shapes: [Shape]) throws -> Shape {
        guard shapes.count == 2 else { throw refuse(shapes, "two inputs are needed, not \(shapes.count)") }
        return try super.mergedShape(shapes)
    }
}

/// `a · b · …`, element by element. A masked step counts 1; where it is masked in every input, the product is 0, as in Keras.
/// [Keras: Multiply](https://keras.io/api/layers/merging_layers/multiply/)
public final class Multiply: ElementwiseMerge {
    public override var className: String { "Multiply" }
    override func merged(_ a: Value, _ b: Value) -> Value { a * b }

    override func merged(_ inputs: [Value]) -> Value {
        let product = super.merged(
            inputs.map { x in x.steps.map { x * $0 + (1 - $0) } ?? x })
        guard let union = MaskMerging.keras3.merged(inputs.map(\.mask)) else { return product }
        return product * product.steps(of: union)
    }
}

/// `(a + b + …) / n`, of n inputs. [Keras: Average](https://keras.io/api/layers/merging_layers/average/)
public final class Average: ElementwiseMerge {
    public override var className: String { "Average" }
    override func merged(_ a: Value, _ b: Value) -> Value { a + b }
    override func merged(_ inputs: [Value]) -> Value { super.merged(inputs) / Float(inputs.count) }
}

/// What the layers share that choose among their inputs: a masked step leaves the choice to the others, as in Keras.
public class ExtremumMerge: ElementwiseMerge {
    override func merged(_ inputs: [Value]) -> Value {
        var (output, mask) = (inputs[0], inputs[0].mask)
        for x in inputs.dropFirst() {
            // Each takes the other's place where it is masked itself.
            let other = x.steps.map { x * $0 + output * (1 - $0) } ?? x
            let chosen = mask.map { output * output.steps(of: $0) + other * (1 - output.steps(of: $0)) } ?? output
            output = merged(chosen, other)
            mask = MaskMerging.keras3.merged([mask, x.mask])
        }
        return output
    }
}

/// The largest of each element. [Keras: Maximum](https://keras.io/api/layers/merging_layers/maximum/)
public final class Maximum: ExtremumMerge {
    public override var className: String { "Maximum" }
    override func merged(_ a: Value, _ b: Value) -> Value { .maximum(a, b) }
}

/// The smallest of each element. [Keras: Minimum](https://keras.io/api/layers/merging_layers/minimum/)
public final class Minimum: ExtremumMerge {
    public override var className: String { "Minimum" }
    override func merged(_ a: Value, _ b: Value) -> Value { .minimum(a, b) }
}

extension Value {
    /// The value's mask as factors of its steps, `[batch, time, 1]`; `nil` when all are real.
    fileprivate var steps: Value? { mask.map(steps(of:)) }

    fileprivate func steps(of mask: Tensor) -> Value {
        Value(mask.reshaped(mask.shape + Array(repeating: 1, count: Swift.max(0, rank - mask.rank))))
    }
}
