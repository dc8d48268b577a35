public import HornetSupport

/// `values[i]` while the step is at most `boundaries[i]`, the last value afterwards. Traps unless there is one value
/// more than boundaries.
/// [Keras: PiecewiseConstantDecay](https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/)
public struct PiecewiseConstantDecay: LearningRateSchedule {
    public let boundaries: [Int]
    public let values: [Double]

    public init(
        boundaries: [Int], values: [Double]
    ) {
        require(
            values.count == boundaries.count + 1, "PiecewiseConstantDecay",
            "\(boundaries.count) boundaries need one value more, not \(values.count)")
        self.boundaries = boundaries
        self.values = values
    }

    public var config: JSON.Object? {
        [
            "boundaries": .array(boundaries.map(JSON.integer)), "values": .array(values.map(JSON.number)),
            "name": "PiecewiseConstant",
        ]
    }

    public func rate(at step: Int) -> Float {
        Float(values[boundaries.firstIndex { step <= $0 } ?? boundaries.count])
    }
}

extension LearningRate {
    /// See ``PiecewiseConstantDecay``.
    public static func piecewiseConstant(
        boundaries: [Int], values: [Double]
    ) -> LearningRate {
        schedule(PiecewiseConstantDecay(boundaries: boundaries, values: values))
    }
}

extension PiecewiseConstantDecay {
    init(config: JSON.Cursor) throws {
        let boundaries = try config.member("boundaries").array().map { try $0.int() }
        let values = try config.member("values").array().map { try $0.double() }
        guard values.count == boundaries.count + 1 else {
            throw config.refuse("\(boundaries.count) boundaries need one value more, not \(values.count)")
        }
        self.init(boundaries: boundaries, values: values)
    }
}
