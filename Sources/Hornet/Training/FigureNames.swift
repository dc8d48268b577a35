import HornetMetrics
import HornetSupport

/// What a model's figures are called, by Keras' rules: a metric by its name, and by that of its output where there are
/// several. Names that were given before are numbered, or say first that they are weighted.
/// [Keras: CompileMetrics](https://github.com/keras-team/keras/blob/master/keras/src/trainers/compile_utils.py)
struct FigureNames {
    /// Of each output's loss; `nil` where it is not shown: it has none, or is the only one.
    let losses: [String?]
    /// Of each output's metrics, then of its weighted ones.
    let metrics: [[String]]
    let weightedMetrics: [[String]]

    init(_ outputs: [Model.Compilation.Output], _ outputNames: [String]) {
        let isAlone = outputs.count == 1
        func full(_ name: String, _ output: Int) -> String { isAlone ? name : "\(outputNames[output])_\(name)" }
        var counts: [ByteKey: Int] = [:]
        func numbered(_ name: String) -> String {
            let count = counts[ByteKey(name), default: 0]
            counts[ByteKey(name)] = count + 1
            return count == 0 ? name : "\(name)_\(count)"
        }
        let showsLosses = outputs.count { $0.loss != nil } > 1
        losses = outputs.indices.map { showsLosses && outputs[$0].loss != nil ? "\(outputNames[$0])_loss" : nil }
        metrics = outputs.indices.map { output in outputs[output].metrics.map { numbered(full($0.name, output)) } }
        weightedMetrics = outputs.indices.map { output in
            outputs[output].weightedMetrics.map { metric in
                let name = full(metric.name, output)
                return numbered(counts[ByteKey(name)] == nil ? name : full("weighted_\(metric.name)", output))
            }
        }
    }

    /// Whether a figure is a loss, of one output or of all.
    func isLoss(_ name: String) -> Bool {
        (["loss"] + losses.compactMap(\.self)).contains { $0.utf8.elementsEqual(name.utf8) }
    }
}

extension Model.Compilation {
    /// The metric whose figure is called `name`.
    func metric(called name: String) -> Metric? {
        zip(names.metrics + names.weightedMetrics, outputs.map(\.metrics) + outputs.map(\.weightedMetrics))
            .lazy.flatMap { zip($0, $1) }.first { $0.0.utf8.elementsEqual(name.utf8) }?.1
    }
}
