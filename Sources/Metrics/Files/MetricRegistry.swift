package import HornetSupport

/// Makes metrics from their class names and arguments: how a metric comes back from a file.
package struct MetricRegistry: Sendable {
    /// Makes a metric called `name` from the arguments that its `config` gave.
    private typealias Make = @Sendable (_ config: JSON.Cursor, _ name: String) throws -> Metric

    private let makers: [(className: String, make: Make)] = [
        ("AUC", { try AUC(config: $0, name: $1) }),
        ("BinaryAccuracy", { BinaryAccuracy(threshold: try $0.threshold("threshold") ?? 0.5, name: $1) }),
        ("BinaryCrossentropy", { try BinaryCrossentropyMetric(config: $0, name: $1) }),
        ("CategoricalAccuracy", { CategoricalAccuracy(name: $1) }),
        ("F1Score", { F1Score(average: try $0.averaging, threshold: try $0.threshold("threshold"), name: $1) }),
        ("FBetaScore", { try FBetaScore(config: $0, name: $1) }),
        ("FalseNegatives", { FalseNegatives(thresholds: try $0.thresholds, name: $1) }),
        ("FalsePositives", { FalsePositives(thresholds: try $0.thresholds, name: $1) }),
        (
            "Precision",
            { Precision(thresholds: try $0.thresholds, topK: try $0.topK, classID: try $0.classID, name: $1) }
        ),
        ("Recall", { Recall(thresholds: try $0.thresholds, topK: try $0.topK, classID: try $0.classID, name: $1) }),
        ("SparseCategoricalAccuracy", { SparseCategoricalAccuracy(name: $1) }),
        ("SparseTopKCategoricalAccuracy", { SparseTopKCategoricalAccuracy(k: try $0.number(of: "k"), name: $1) }),
        ("TopKCategoricalAccuracy", { TopKCategoricalAccuracy(k: try $0.number(of: "k"), name: $1) }),
        ("TrueNegatives", { TrueNegatives(thresholds: try $0.thresholds, name: $1) }),
        ("TruePositives", { TruePositives(thresholds: try $0.thresholds, name: $1) }),
    ]

    /// The built-in metrics that Keras has, too.
    package init() {}

    /// The names of the classes that it knows.
    package var classNames: [String] { makers.map(\.className) }

    /// The metric of `{"class_name": …, "config": {"name": …, …}}`. Throws on an unknown class, and on arguments that this
    /// package does not have.
    package func metric(from description: JSON.Cursor) throws -> Metric {
        let className = try description.member("class_name").string()
        guard let maker = makers.first(where: { ByteKey($0.className) == ByteKey(className) }) else {
            throw description.refuse("there is no metric called \(className)")
        }
        let config = try description.member("config")
        return try maker.make(config, try config.member("name").string())
    }
}

extension JSON.Cursor {
    /// A threshold within 0...1; `nil` when there is none.
    fileprivate func threshold(_ key: String) throws -> Float? { try optional(key)?.threshold() }

    fileprivate func threshold() throws -> Float {
        guard (0...1).contains(try double()) else { throw refuse("a threshold is within 0...1") }
        return Float(try double())
    }

    /// One threshold, or several.
    fileprivate var thresholds: [Float]? {
        get throws {
            guard let thresholds = try optional("thresholds") else { return nil }
            guard case .array = thresholds.value else { return [try thresholds.threshold()] }
            let values = try thresholds.array().map { try $0.threshold() }
            guard !values.isEmpty else { throw thresholds.refuse("there is none") }
            return values
        }
    }

    /// A positive number; Keras' 5 when there is none.
    fileprivate func number(of key: String) throws -> Int { try optional(key)?.int(in: 1...Int(Int32.max)) ?? 5 }

    fileprivate var topK: Int? { get throws { try optional("top_k")?.int(in: 1...Int(Int32.max)) } }
    fileprivate var classID: Int? { get throws { try optional("class_id")?.int(in: 0...Int(Int32.max)) } }

    /// Keras' `None` gives a figure for each label, which no metric here does.
    fileprivate var averaging: Averaging {
        get throws {
            let name = try member("average")
            guard let average = Averaging(rawValue: try name.string()) else {
                throw name.refuse("there is no average called \(try name.string())")
            }
            return average
        }
    }
}

extension FBetaScore {
    fileprivate convenience init(config: JSON.Cursor, name: String) throws {
        let beta = try config.member("beta")
        guard try beta.double() > 0 else { throw beta.refuse("beta is positive") }
        self.init(
            beta: try beta.double(), average: try config.averaging, threshold: try config.threshold("threshold"),
            name: name)
    }
}

extension BinaryCrossentropyMetric {
    fileprivate convenience init(config: JSON.Cursor, name: String) throws {
        self.init(
            fromLogits: try config.optional("from_logits")?.bool() ?? false,
            labelSmoothing: Float(try config.optional("label_smoothing")?.double() ?? 0), name: name)
    }
}

extension AUC {
    fileprivate convenience init(config: JSON.Cursor, name: String) throws {
        var (curve, summation) = (Curve.roc, Summation.interpolation)
        if let given = try config.optional("curve") {
            guard ["ROC", "PR"].contains(try given.string()) else { throw given.refuse("there is no curve of that name") }
            curve = try given.string() == "ROC" ? .roc : .precisionRecall
        }
        if let given = try config.optional("summation_method") {
            guard let method = Summation(rawValue: try given.string()) else {
                throw given.refuse("there is no summation method of that name")
            }
            summation = method
        }
        self.init(
            numThresholds: try config.optional("num_thresholds")?.int(in: 2...100_000) ?? 200, curve: curve,
            summation: summation, thresholds: try config.thresholds,
            multiLabel: try config.optional("multi_label")?.bool() ?? false,
            labelWeights: try config.optional("label_weights")?.array().map { try $0.double() },
            fromLogits: try config.optional("from_logits")?.bool() ?? false, name: name)
    }
}
