import HornetSupport

/// How the losses for imbalanced labels come back from the arguments that their `config` gave.

extension JSON.Cursor {
    fileprivate func float(_ name: String, default value: Float) throws -> Float {
        try optional(name).map { Float(try $0.double()) } ?? value
    }

    /// As `float`, refused unless `isGood`: what comes from a file must not trap.
    fileprivate func float(
        _ name: String, default value: Float, where isGood: (Float) -> Bool
    ) throws -> Float {
        let found = try float(name, default: value)
        guard found.isFinite, isGood(found) else { throw refuse("\(name) is \(found)") }
        return found
    }

    fileprivate func flag(_ name: String, default value: Bool) throws -> Bool { try optional(name)?.bool() ?? value }

    fileprivate var fromLogits: Bool { get throws { try flag("from_logits", default: false) } }
    fileprivate var labelSmoothing: Float {
        get throws { try float("label_smoothing", default: 0) { $0 >= 0 && $0 <= 1 } }
    }

    fileprivate func counts(upTo limit: Int) throws -> [Int] {
        try member("positive_counts").array().map { try $0.int(in: 0...limit) }
    }
}

extension PositiveWeightedCrossentropy {
    convenience init(config: JSON.Cursor) throws {
        let weights = try config.member("positive_weights").array().map { Float(try $0.double()) }
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw config.refuse("positive_weights must be finite and not negative")
        }
        self.init(
            positiveWeights: weights, fromLogits: try config.fromLogits, labelSmoothing: try config.labelSmoothing)
    }
}

extension BinaryFocalCrossentropy {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            applyClassBalancing: try config.flag("apply_class_balancing", default: false),
            alpha: try config.float("alpha", default: 0.25) { $0 >= 0 && $0 <= 1 },
            gamma: try config.float("gamma", default: 2) { $0 >= 0 }, fromLogits: try config.fromLogits,
            labelSmoothing: try config.labelSmoothing)
    }
}

extension AsymmetricLoss {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            gammaNegative: try config.float("gamma_negative", default: 4) { $0 >= 0 },
            gammaPositive: try config.float("gamma_positive", default: 1) { $0 >= 0 },
            margin: try config.float("margin", default: 0.05) { $0 >= 0 && $0 < 1 },
            focusGradient: try config.flag("focus_gradient", default: true), fromLogits: try config.fromLogits,
            labelSmoothing: try config.labelSmoothing)
    }
}

extension ClassBalancedLoss {
    convenience init(config: JSON.Cursor) throws {
        let beta = try config.optional("beta")?.double() ?? 0.999
        guard beta >= 0, beta < 1 else { throw config.refuse("beta is \(beta)") }
        self.init(
            positiveCounts: try config.counts(upTo: .max), beta: beta,
            gamma: try config.float("gamma", default: 0) { $0 >= 0 }, fromLogits: try config.fromLogits,
            labelSmoothing: try config.labelSmoothing)
    }
}

extension DistributionBalancedLoss {
    convenience init(config: JSON.Cursor) throws {
        let sampleCount = try config.member("sample_count").int(in: 1...Int.max)
        let smoothing = Smoothing(
            alpha: try config.float("alpha", default: 0.1) { _ in true },
            beta: try config.float("beta", default: 10) { _ in true },
            mu: try config.float("mu", default: 0.2) { _ in true })
        self.init(
            positiveCounts: try config.counts(upTo: sampleCount), sampleCount: sampleCount, smoothing: smoothing,
            lambda: try config.float("lambda", default: 2) { $0 > 0 },
            kappa: try config.float("kappa", default: 0.05) { _ in true },
            gamma: try config.float("gamma", default: 2) { $0 >= 0 }, fromLogits: try config.fromLogits,
            labelSmoothing: try config.labelSmoothing)
    }
}
