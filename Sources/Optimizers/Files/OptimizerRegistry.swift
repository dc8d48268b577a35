public import HornetSupport

/// Makes optimizers from their class names and arguments: how one comes back from a file.
public struct OptimizerRegistry: Sendable {
    /// Makes an optimizer from the arguments that its `config` gave.
    public typealias Make = @Sendable (_ config: JSON.Cursor) throws -> Optimizer

    private var makers: [(className: String, make: Make)] = [
        ("Adadelta", { try Adadelta(config: $0) }),
        ("Adagrad", { try Adagrad(config: $0) }),
        ("Adam", { try Adam(config: $0) }),
        ("AdamW", { try AdamW(config: $0) }),
        ("Adamax", { try Adamax(config: $0) }),
        ("Lion", { try Lion(config: $0) }),
        ("Nadam", { try Nadam(config: $0) }),
        ("RMSprop", { try RMSprop(config: $0) }),
        ("SGD", { try SGD(config: $0) }),
    ]

    /// The built-in optimizers.
    public init() {}

    /// Adds an optimizer of your own, or replaces a built-in one.
    public mutating func register(_ className: String, _ make: @escaping Make) {
        makers.insert((className, make), at: 0)
    }

    /// The optimizer of `{"class_name": …, "config": {…}}`. Throws on an unknown class, on arguments that don't fit it,
    /// and on what Keras can do and this package can't (moving averages of the weights, accumulated gradients).
    public func optimizer(from description: JSON.Cursor) throws -> Optimizer {
        let className = try description.member("class_name").string()
        guard let maker = makers.first(where: { ByteKey($0.className) == ByteKey(className) }) else {
            throw description.refuse("there is no optimizer called \(className); register it if it is one of your own")
        }
        let config = try description.member("config")
        if try config.optional("use_ema")?.bool() ?? false { throw config.refuse("use_ema is not supported") }
        for key in ["loss_scale_factor", "gradient_accumulation_steps"] where try config.optional(key) != nil {
            throw config.refuse("\(key) is not supported")
        }
        return try maker.make(config)
    }
}

/// The arguments that all optimizers have.
extension JSON.Cursor {
    var learningRate: LearningRate {
        get throws { try LearningRate(config: member("learning_rate")) }
    }

    /// A number within 0...1.
    func share() throws -> Double {
        let share = try double()
        guard (0...1).contains(share) else { throw refuse("\(share) is not within 0...1") }
        return share
    }

    var clipping: GradientClipping {
        get throws {
            let limits = try ["clipnorm", "global_clipnorm", "clipvalue"].map { try optional($0)?.double() }
            guard limits.count(where: { $0 != nil }) < 2 else {
                throw refuse("only one of clipnorm, global_clipnorm and clipvalue may be set")
            }
            if let limit = limits[0] { return .norm(limit) }
            if let limit = limits[1] { return .globalNorm(limit) }
            if let limit = limits[2] { return .value(limit) }
            return .none
        }
    }

    var weightDecay: Double {
        get throws {
            guard let decay = try optional("weight_decay") else { return 0 }
            guard try decay.double() >= 0 else { throw decay.refuse("a weight decay is not negative") }
            return try decay.double()
        }
    }
}
