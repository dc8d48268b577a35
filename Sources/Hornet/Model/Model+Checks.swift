import HornetLayers
import HornetSupport

extension Model {
    /// Throws unless the arrays are samples of the same number, without NaN. Errors call them by the names.
    static func check(_ arrays: [(name: String, data: any ModelData)], batchSize: Int, call: String) throws {
        guard batchSize > 0 else {
            throw HornetError(.configuration, at: call, "the batch size \(batchSize) is not positive")
        }
        guard arrays[0].data.sampleCount > 0 else {
            throw HornetError(.data, at: call, "there are no samples", remedy: "Is the table empty?")
        }
        try checkCounts(arrays, call: call)
        for (name, data) in arrays {
            guard let row = data.firstNonFiniteSample() else { continue }
            throw HornetError(
                .data, at: call, "\(name) holds a NaN or an infinity in sample \(row)",
                remedy: "Training on it would make every weight NaN")
        }
    }

    /// Throws unless all have the same number of samples.
    static func checkCounts(_ arrays: [(name: String, data: any ModelData)], call: String) throws {
        let first = arrays[0]
        for (name, data) in arrays where data.sampleCount != first.data.sampleCount {
            let shapes = [first.data, data].map { Shape([$0.sampleCount] + $0.sampleShape) }
            throw HornetError(
                .shape, at: call,
                "\(first.name) has \(first.data.sampleCount) samples, \(name) has \(data.sampleCount): "
                    + "the shapes \(shapes[0]) and \(shapes[1])",
                remedy: "Axis 0 of \(arrays.count == 2 ? "both" : "all") counts the samples")
        }
    }

    /// Throws unless the model takes one array.
    func checkHasOneInput() throws {
        guard graph.inputCount == 1 else {
            throw HornetError(
                .configuration, at: "model \(name)",
                "it has \(graph.inputCount) inputs: \(inputNames.joined(separator: ", "))",
                remedy: "Give arrays, [x1, x2], in that order")
        }
    }

    /// Throws unless the model gives one array.
    func checkHasOneOutput() throws {
        guard graph.outputs.count == 1 else {
            throw HornetError(
                .configuration, at: "model \(name)", "it has \(graph.outputs.count) outputs: \(outputList)",
                remedy: "Give and take arrays, also where one is enough: [x], [y1, y2]")
        }
    }

    /// Throws unless there is an array for each input.
    func checkCount(ofInputs x: [any ModelData], call: String) throws {
        guard x.count == graph.inputCount else {
            throw HornetError(
                .shape, at: call, "x has \(Model.arrays(x)), the model has \(graph.inputCount) inputs: "
                    + Model.list(inputNames, inputShapes))
        }
    }

    private static func arrays(_ data: [any ModelData]) -> String {
        let shapes = data.map { Shape([$0.sampleCount] + $0.sampleShape).description }
        return "\(data.count) arrays" + (shapes.isEmpty ? "" : " of the shapes \(shapes.joined(separator: ", "))")
    }

    private static func list(_ names: [String], _ shapes: [Shape]) -> String {
        names.enumerated().map { shapes.isEmpty ? $1 : "\($1) \(shapes[$0])" }.joined(separator: ", ")
    }

    /// The targets of each output, from one for each or one for each that has a loss; `nil` where nothing is compared.
    func targets(_ y: [any ModelData], _ compilation: Compilation, call: String) throws -> [(any ModelData)?] {
        let outputs = compilation.outputs
        if y.count == outputs.count {
            return zip(y, outputs).map { y, output in
                output.loss == nil && output.metrics.isEmpty && output.weightedMetrics.isEmpty ? nil : y
            }
        }
        let compared = outputs.filter { $0.loss != nil }
        let measured = outputs.filter { $0.loss == nil && !($0.metrics + $0.weightedMetrics).isEmpty }
        guard y.count == compared.count, measured.isEmpty else {
            throw HornetError(
                .shape, at: call, "y has \(Model.arrays(y)), the model has \(outputs.count) outputs: "
                    + Model.list(outputNames, outputShapes))
        }
        var rest = y[...]
        return outputs.map { $0.loss == nil ? nil : rest.removeFirst() }
    }

    /// Throws unless the targets have the shape of the model's output, or are class numbers for a loss that takes them.
    func checkOutput(_ number: Int, _ y: any ModelData, _ loss: Loss?, call: String) throws {
        guard isBuilt, loss?.targetKind != .sparseCategorical else { return }
        let output = outputShapes[number]
        let expected = Array(output.sizes.dropFirst())
        let fits = expected.count == y.sampleShape.count
            && zip(expected, y.sampleShape).allSatisfy { $0 == nil || $0 == $1 }
        guard fits else {
            let place = graph.outputs.count > 1 ? " for the output \(outputNames[number])" : ""
            throw HornetError(
                .shape, at: call, "y has the shape \(Shape([nil] + y.sampleShape))\(place), the model gives \(output)",
                remedy: "The last layer needs one unit a label")
        }
    }

    /// The size of the last axis of an output; 1 while it is not known.
    func outputCount(_ number: Int) -> Int { (isBuilt ? outputShapes[number].last ?? nil : nil) ?? 1 }

    /// How many of `count` samples train: the last `share` of them is kept for validation, as Keras cuts it.
    static func split(_ count: Int, _ share: Double) throws -> Int {
        guard share >= 0, share < 1 else {
            throw HornetError(.configuration, at: "fit", "validationSplit is \(share)", remedy: "It is a share, at least 0 and below 1")
        }
        if share == 0 { return count }
        let split = Int((Double(count) * (1 - share)).rounded(.down))
        guard split > 0, split < count else {
            throw HornetError(
                .configuration, at: "fit", "validationSplit \(share) of \(count) samples leaves \(split) for training",
                remedy: "Both parts need at least one sample")
        }
        return split
    }
}
