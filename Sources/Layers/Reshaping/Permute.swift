public import HornetSupport
public import HornetTensor

/// Puts the axes of each sample into another order, counted from 1: `Permute([2, 1])` makes
/// `[batch, channels, time]` of `[batch, time, channels]`.
/// [Keras: Permute](https://keras.io/api/layers/reshaping_layers/permute/)
public final class Permute: Layer {
    public let dims: [Int]

    /// Traps unless `dims` names each axis from 1 on once.
    public init(_ dims: [Int], name: String? = nil) {
        if let problem = Permute.problem(dims) { trap("Permute", problem) }
        self.dims = dims
        super.init(name: name)
    }

    private static func problem(_ dims: [Int]) -> String? {
        dims.sorted() == Array(0..<dims.count).map { $0 + 1 } ? nil : "\(dims) does not name each axis from 1 on once"
    }

    public override var className: String { "Permute" }
    public override var config: JSON.Object? { ["dims": .array(dims.map { .integer($0) })] }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == dims.count + 1 else {
            throw refuse(inputShape, expected: "\(dims.count) axes behind the batch axis")
        }
        return Shape([inputShape[0]] + dims.map { inputShape[$0] })
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value { x.permuted([0] + dims) }

    convenience init(config: JSON.Cursor, name: String) throws {
        let member = try config.member("dims")
        let dims = try member.array().map { try $0.int() }
        if let problem = Permute.problem(dims) { throw member.refuse(problem) }
        self.init(dims, name: name)
    }
}
