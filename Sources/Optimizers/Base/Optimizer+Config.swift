public import HornetSupport

extension Optimizer {
    /// All arguments under Keras' names, in Keras' order; `nil` when the learning rate follows a function of your own,
    /// which no file can hold.
    public final var config: JSON.Object? {
        guard let learningRate = rate.description else { return nil }
        var config: JSON.Object = [
            "name": .string(configName), "learning_rate": learningRate,
            "weight_decay": weightDecay > 0 ? .number(weightDecay) : .null, "clipnorm": .null,
            "global_clipnorm": .null, "clipvalue": .null, "use_ema": false, "ema_momentum": 0.99,
            "ema_overwrite_frequency": .null, "loss_scale_factor": .null, "gradient_accumulation_steps": .null,
        ]
        switch clipping {
        case .none: break
        case .norm(let limit): config["clipnorm"] = .number(limit)
        case .globalNorm(let limit): config["global_clipnorm"] = .number(limit)
        case .value(let limit): config["clipvalue"] = .number(limit)
        }
        for (key, value) in arguments { config[key] = value }
        return config
    }
}
