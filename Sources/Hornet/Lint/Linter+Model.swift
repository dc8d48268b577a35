import HornetLayers
import HornetMetrics
import HornetSupport

/// Whether the model's end is one for these labels.
extension Linter {
    /// The loss of a compiled model with one output.
    var soleLoss: Loss? { model?.graph.outputs.count == 1 ? model?.compilation?.outputs[0].loss : nil }

    /// Outputs of the model, built or not.
    private var outputs: Int? {
        guard let model, model.graph.outputs.count == 1 else { return nil }
        if let shape = model.outputShape { return shape.last }
        return model.layers.lazy.reversed().compactMap { ($0 as? Dense)?.units ?? ($0 as? SparseDense)?.units }.first
    }

    func outputCount() -> LintReport.Finding? {
        guard let outputs, outputs != data.classes.count else { return nil }
        return finding(
            .outputCount, .error, "Outputs that are not as many as labels",
            ["the model has \(outputs), there are \(data.classes.count) labels"],
            "Dense(binarizer.classes.count, activation: .sigmoid) as the last layer")
    }

    /// Activations after which a number is no probability of one label.
    private static let othersThanSigmoid = [
        "linear", "relu", "tanh", "softmax", "log_softmax", "softplus", "softsign", "silu", "exponential",
    ]

    private var rowsWithSeveral: Int { data.labels[data.training].count { $0.count > 1 } }
    private var severalLabels: String {
        "\(percentage(rowsWithSeveral, of: data.training.count)) of the training rows have several labels"
    }

    func activationAndLoss() -> LintReport.Finding? {
        guard let model, let loss = soleLoss, let name = model.layers.last?.outputActivation?.name else {
            return nil
        }
        func found(_ severity: LintReport.Severity, _ problem: String, _ remedy: String) -> LintReport.Finding {
            finding(
                .activationAndLoss, severity, "An activation at the end that does not fit the loss",
                ["\(problem): activation \(name), loss \(loss.name)", severalLabels], remedy)
        }
        let takesLogits = loss.config?["from_logits"] == .bool(true)
        switch loss.targetKind {
        case .binary where takesLogits:
            guard name == "sigmoid" || name == "softmax" else { return nil }
            return found(.error, "the loss takes logits and gets probabilities", "fromLogits: false, or no activation")
        case .binary:
            guard Linter.othersThanSigmoid.contains(name) else { return nil }
            let problem = name == "softmax" ? "the labels compete for one sum of 1" : "the outputs are no probabilities"
            return found(.error, problem, "activation: .sigmoid, so that each label is a yes or no of its own")
        case .categorical, .sparseCategorical:
            guard rowsWithSeveral > 0 else { return nil }
            return found(
                .error, "the loss is one for a single label a row", "activation: .sigmoid with loss: .binaryCrossentropy")
        case .real: return nil
        }
    }

    /// Metrics that say little where most labels are absent.
    func emptyMetric() -> LintReport.Finding? {
        guard let model else { return nil }
        let (elements, ones) = (data.training.count * data.classes.count, data.trainingCounts.reduce(0, +))
        var evidence: [String] = []
        for metric in model.compilation?.allMetrics ?? [] {
            if metric is BinaryAccuracy, 10 * ones < elements {
                evidence.append("\(metric.name): always saying no scores \(percentage(elements - ones, of: elements))")
            } else if metric is CategoricalAccuracy, rowsWithSeveral > 0 {
                evidence.append("\(metric.name) compares the largest output with one label; \(severalLabels)")
            }
        }
        guard !evidence.isEmpty else { return nil }
        return finding(
            .emptyMetric, .warning, "A metric that says little about these labels", evidence,
            "Look at .f1(average: .micro) and .f1(average: .macro)")
    }
}
