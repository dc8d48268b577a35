import HornetSupport

extension LearningRate {
    /// Reads a number, or class and arguments of a schedule.
    init(config: JSON.Cursor) throws {
        guard case .object = config.value else {
            self = .constant(Float(try config.double()))
            return
        }
        let className = try config.member("class_name").string()
        let arguments = try config.member("config")
        guard let schedule = LearningRate.schedules.first(where: { ByteKey($0.className) == ByteKey(className) }) else {
            throw config.refuse("there is no learning-rate schedule called \(className)")
        }
        self = .schedule(try schedule.make(arguments))
    }

    private typealias Make = @Sendable (JSON.Cursor) throws -> any LearningRateSchedule
    private static let schedules: [(className: String, make: Make)] = [
        ("CosineDecay", { try CosineDecay(config: $0) }),
        ("CosineDecayRestarts", { try CosineDecayRestarts(config: $0) }),
        ("ExponentialDecay", { try ExponentialDecay(config: $0) }),
        ("InverseTimeDecay", { try InverseTimeDecay(config: $0) }),
        ("PiecewiseConstantDecay", { try PiecewiseConstantDecay(config: $0) }),
        ("PolynomialDecay", { try PolynomialDecay(config: $0) }),
    ]
}

extension JSON.Cursor {
    /// The number of steps under `key`, at least 1.
    func steps(_ key: String) throws -> Int { try member(key).int(in: 1...Int(Int32.max)) }
}
