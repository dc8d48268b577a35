import HornetLayers
import HornetTensor

/// One output of a model before its last activation, as a function of a value within the model.
struct LabelValue {
    let model: Model
    let label: Int
    /// Which value of the model's graph it starts from; all later ones depend on earlier ones through it alone.
    let start: Int
    /// The real time steps of that value, `[1, time]`.
    var mask: Tensor?

    /// `[batch]` outputs.
    func callAsFunction(_ x: Value, _ pass: Pass) throws -> Value {
        let calls = model.graph.calls
        var values: [Value?] = Array(repeating: nil, count: calls.count + 1)
        values[start] = x.masked(by: mask.map { $0.gathered(Array(repeating: 0, count: x.shape[0])) })
        for (number, call) in calls.enumerated().dropFirst(start) {
            let (layer, inputs) = (model.layers[call.layer], call.inputs.map { values[$0]! })
            if number == calls.count - 1, layer.outputActivation != nil, let logits = try layer.logits(inputs[0], pass) {
                values[number + 1] = logits
            } else if let merge = layer as? MergeLayer {
                values[number + 1] = try merge.forward(inputs, pass)
            } else {
                values[number + 1] = try layer.forward(inputs[0], pass)
            }
        }
        let output = values[calls.count]!
        return output.sliced(label..<label + 1, axis: 1).reshaped([output.shape[0]])
    }

    /// The outputs for whole inputs, some at a time. The model runs as it does for answers.
    static func outputs(of model: Model, label: Int, for rows: TextPreparation.Rows) throws -> [Double] {
        let data: any ModelData =
            switch rows {
            case .ids(let ids): ids
            case .features(let features): features
            }
        var outputs: [Double] = []
        for first in stride(from: 0, to: data.sampleCount, by: 256) {
            let batch = data.batch(first..<min(first + 256, data.sampleCount))
            let output = try model.logits(batch)
            outputs += output.sliced(label..<label + 1, axis: 1).scalars.map(Double.init)
        }
        return outputs
    }

    /// Whether the outputs are linear in what they start from.
    var isLinear: Bool {
        let calls = model.graph.calls
        return calls.indices.dropFirst(start).allSatisfy { number in
            guard calls[number].inputs == [number] else { return false }
            let layer = model.layers[calls[number].layer]
            let isLast = number == calls.count - 1
            switch layer {
            case is Dropout: return true
            case is Activation: return isLast
            case let dense as Dense: return isLast || dense.activation.name == ActivationFunction.linear.name
            case let dense as SparseDense: return isLast || dense.activation.name == ActivationFunction.linear.name
            default: return false
            }
        }
    }
}

extension Model {
    /// The output before the last activation; the output itself where the last layer has none that can be left out.
    fileprivate func logits(_ x: Value) throws -> Tensor {
        if plan.outputActivation() != nil, let logits = try plan.logits(x, .inference()) { return logits.tensor }
        return try forward(x, .inference()).tensor
    }

    /// The embedding that alone takes the input.
    var leadingEmbedding: Embedding? {
        guard graph.hasSimpleEnds, let first = graph.calls.first, first.inputs == [0], graph.uses[0] == 1 else { return nil }
        return layers[first.layer] as? Embedding
    }

    /// The global pooling that all goes through right behind the leading embedding, and the number of its call.
    var leadingPooling: (layer: Layer, call: Int)? {
        guard leadingEmbedding != nil else { return nil }
        for (number, call) in graph.calls.enumerated().dropFirst() {
            guard call.inputs == [number], graph.uses[number] == 1 else { return nil }
            switch layers[call.layer] {
            case let layer where layer is GlobalMaxPool1D || layer is GlobalAveragePooling1D: return (layer, number)
            case is Dropout, is SpatialDropout1D: continue
            default: return nil
            }
        }
        return nil
    }
}
