public import HornetSupport
public import HornetTensor

/// Gives each sample another shape: `[batch, …] → [batch] + targetShape`; one size may be −1, which is then what is left.
/// [Keras: Reshape](https://keras.io/api/layers/reshaping_layers/reshape/)
public final class Reshape: Layer {
    public let targetShape: [Int]

    /// Traps on sizes below −1, or when −1 is there twice.
    public init(_ targetShape: [Int], name: String? = nil) {
        if let problem = Reshape.problem(targetShape) { trap("Reshape", problem) }
        self.targetShape = targetShape
        super.init(name: name)
    }

    private static func problem(_ shape: [Int]) -> String? {
        shape.contains { $0 < -1 } || shape.count { $0 == -1 } > 1
            ? "\(shape) is no shape: sizes are at least 0, and one may be -1" : nil
    }

    public override var className: String { "Reshape" }
    public override var config: JSON.Object? { ["target_shape": .array(targetShape.map { .integer($0) })] }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank >= 1 else { throw refuse(inputShape, expected: "a batch axis") }
        let sizes = inputShape.sizes.dropFirst()
        guard !sizes.contains(nil) else { return Shape([inputShape[0]] + targetShape.map { $0 < 0 ? nil : $0 }) }
        return Shape([inputShape[0]] + (try resolved(sizes.map { $0! }, inputShape)))
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        x.reshaped([x.shape[0]] + (try resolved(Array(x.shape.dropFirst()), Shape(x.shape)))).masked(by: nil)
    }

    /// The target with its −1 found. Throws when the sizes do not give it.
    private func resolved(_ sizes: [Int], _ shape: Shape) throws -> [Int] {
        let count = product(sizes)
        let known = product(targetShape.filter { $0 >= 0 })
        let hasUnknown = targetShape.contains(-1)
        guard let count, let known, hasUnknown ? known > 0 && count % known == 0 : count == known else {
            throw refuse(shape, expected: "samples that fill the shape \(targetShape)")
        }
        return targetShape.map { $0 < 0 ? count / known : $0 }
    }

    /// `nil` when it is no number.
    private func product(_ sizes: [Int]) -> Int? {
        sizes.reduce(1) { product, size in
            guard let product else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            return overflow ? nil : next
        }
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        let target = try config.member("target_shape")
        let shape = try target.array().map { try $0.int() }
        if let problem = Reshape.problem(shape) { throw target.refuse(problem) }
        self.init(shape, name: name)
    }
}
