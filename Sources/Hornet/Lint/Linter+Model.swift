import HornetLayers
import HornetMetrics
import HornetSupport

/// Whether the model's end is one for these labels.
extension Linter {
    /// An output of the model.
    struct End {
        /// `nil` for the only one.
        let name: String?
        let units: Int?
        /// Of the layer that makes it.
        let activation: String?
        /// Loss and metrics, if the model is compiled.
        let compiled: Model.Compilation.Output?

        var place: String { name.map { "output \($0): " } ?? "" }
    }

    var ends: [End] {
        guard let model else { return [] }
        return model.graph.outputs.enumerated().map { number, value in
            let layer = model.graph.maker(of: value).map { model.layers[$0.layer] }
            return End(
                name: model.graph.outputs.count > 1 ? model.outputNames[number] : nil,
                units: model.outputShapes.isEmpty ? unbuiltUnits(model) : model.outputShapes[number].last,
                activation: layer?.outputActivation?.name, compiled: model.compilation?.outputs[number])
        }
    }

    /// Only a chain waits for its data to be built.
    private func unbuiltUnits(_ model: Model) -> Int? {
        model.layers.lazy.reversed().compactMap { ($0 as? Dense)?.units ?? ($0 as? SparseDense)?.units }.first
    }

    /// Those that may be of the labels: the only one, or of several those with as many units as there are labels.
    var labelEnds: [End] {
        let ends = ends
        return ends.count == 1 ? ends : ends.filter { $0.units == data.classes.count }
    }

    func outputCount() -> LintReport.Finding? {
        let (ends, count) = (ends, data.classes.count)
        guard !ends.isEmpty, !ends.contains(where: { $0.units == nil || $0.units == count }) else { return nil }
        let units = ends.map { ($0.name.map { "\($0): " } ?? "") + "\($0.units!)" }.joined(separator: ", ")
        return finding(
            .outputCount, .error,
            ends.count == 1 ? "Outputs that are not as many as labels" : "No output has as many units as there are labels",
            ["the model has \(units), there are \(count) labels"],
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

    func activationsAndLosses() -> [LintReport.Finding] {
        let count = ends.count
        return ends.compactMap { activationAndLoss($0, isOfLabels: count == 1 || $0.units == data.classes.count) }
    }

    private func activationAndLoss(_ end: End, isOfLabels: Bool) -> LintReport.Finding? {
        guard let loss = end.compiled?.loss, let name = end.activation else { return nil }
        func found(_ problem: String, _ remedy: String) -> LintReport.Finding {
            finding(
                .activationAndLoss, .error, "An activation at the end that does not fit the loss",
                ["\(end.place)\(problem): activation \(name), loss \(loss.name)"] + (isOfLabels ? [severalLabels] : []), remedy)
        }
        let takesLogits = loss.config?["from_logits"] == .bool(true)
        switch loss.targetKind {
        case .binary where takesLogits:
            guard name == "sigmoid" || name == "softmax" else { return nil }
            return found("the loss takes logits and gets probabilities", "fromLogits: false, or no activation")
        case .binary:
            guard Linter.othersThanSigmoid.contains(name) else { return nil }
            let problem = name == "softmax" ? "the labels compete for one sum of 1" : "the outputs are no probabilities"
            return found(problem, "activation: .sigmoid, so that each label is a yes or no of its own")
        case .categorical, .sparseCategorical:
            guard isOfLabels, rowsWithSeveral > 0 else { return nil }
            return found("the loss is one for a single label a row", "activation: .sigmoid with loss: .binaryCrossentropy")
        case .real: return nil
        }
    }

    /// Metrics that say little where most labels are absent.
    func emptyMetric() -> LintReport.Finding? {
        let (elements, ones) = (data.training.count * data.classes.count, data.trainingCounts.reduce(0, +))
        var evidence: [String] = []
        for metric in labelEnds.flatMap({ ($0.compiled?.metrics ?? []) + ($0.compiled?.weightedMetrics ?? []) }) {
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
