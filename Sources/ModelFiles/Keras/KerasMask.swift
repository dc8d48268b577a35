import HornetLayers
import HornetSupport

/// A mask as a formula on values of a graph, by the operations that Keras 3 computes it with in functional models. Layers
/// here hand masks on by themselves: a file is read where its formulas are those that they would have, and written with them.
///
/// A formula names others by their places in ``KerasMasks``, where each stands once, so that equal ones are the same number.
enum KerasMask: Hashable {
    /// Where a value is not the number that means padding.
    case notEqual(value: Int, Double)
    /// Whether any feature of a step is.
    case any(Int)
    case or(Int, Int)
    /// Keras 2 merged masks so; none of Keras 3's layers does.
    case and(Int, Int)
    /// With an axis more.
    case expanded(Int)
    /// `false` for each number of a value; `true`.
    case zeros(value: Int)
    case ones(value: Int)
    case concatenated([Int], axis: Int)

    /// What goes into an operation.
    enum Operand {
        case value(Int)
        case mask(Int)
    }

    static let andClassName = "LogicalAnd"

    /// The class of the operation, its arguments, and what it takes; for files.
    var operation: (className: String, config: JSON.Object, operands: [Operand]) {
        switch self {
        case .notEqual(let value, _): ("NotEqual", [:], [.value(value)])
        case .any(let mask): ("Any", ["axis": -1, "keepdims": false], [.mask(mask)])
        case .or(let a, let b): ("LogicalOr", [:], [.mask(a), .mask(b)])
        case .and(let a, let b): (KerasMask.andClassName, [:], [.mask(a), .mask(b)])
        case .expanded(let mask): ("ExpandDims", ["axis": -1], [.mask(mask)])
        case .zeros(let value): ("ZerosLike", ["dtype": "bool"], [.value(value)])
        case .ones(let value): ("OnesLike", ["dtype": "bool"], [.value(value)])
        case .concatenated(let masks, let axis): ("Concatenate", ["axis": .integer(axis)], masks.map(Operand.mask))
        }
    }
}

/// The masks of a graph.
struct KerasMasks {
    private(set) var all: [KerasMask] = []
    private var places: [KerasMask: Int] = [:]

    mutating func place(of mask: KerasMask) -> Int {
        if let known = places[mask] { return known }
        places[mask] = all.count
        all.append(mask)
        return all.count - 1
    }

    /// The layers that hand the mask of their one input on.
    private static let passing: Set = [
        "Activation", "BatchNormalization", "Dense", "Dropout", "LayerNormalization", "SpatialDropout1D",
    ]
    private static let recurrent: Set = ["GRU", "LSTM", "SimpleRNN"]
    /// The layers that drop it.
    private static let dropping: Set = [
        "AveragePooling1D", "Conv1D", "Flatten", "GlobalAveragePooling1D", "GlobalMaxPooling1D", "MaxPooling1D", "Permute",
        "RepeatVector", "Reshape",
    ]
    /// The layers that are told the mask of their input.
    static let users: Set = recurrent.union(["BatchNormalization", "Bidirectional", "GlobalAveragePooling1D"])

    /// Whether a layer makes one value of several.
    static func merges(_ className: String) -> Bool { className == "Concatenate" || elementwise.contains(className) }
    private static let elementwise = choosing.union(["Add", "Average", "Subtract"])
    /// The layers whose values depend on masks in Keras 3, and do not in Keras 2.
    static let choosing: Set = ["Maximum", "Minimum", "Multiply"]

    /// The mask of what a layer gives for these values with their masks; `nil` when it has none. Layers of one's own are
    /// taken to hand it on.
    mutating func after(
        _ className: String, _ config: JSON.Object, _ inputs: [(value: Int, mask: Int?)], merging: MaskMerging
    ) -> Int? {
        func returnsSequences(_ config: JSON.Object) -> Bool { config["return_sequences"] == true }
        guard let input = inputs.first else { return nil }
        let masks = inputs.compactMap(\.mask)
        switch className {
        case "Embedding": return config["mask_zero"] == true ? place(of: .notEqual(value: input.value, 0)) : nil
        case "Masking":
            let padding = config["mask_value"].flatMap { try? $0.cursor(source: "").double() }
            return place(of: .any(place(of: .notEqual(value: input.value, padding ?? 0))))
        case _ where KerasMasks.elementwise.contains(className):
            if merging == .keras2 { return common(masks) }
            return masks.count == inputs.count ? masks.dropFirst().reduce(masks[0]) { place(of: .or($0, $1)) } : nil
        case "Concatenate":
            guard !masks.isEmpty else { return nil }
            var axis = -1
            if case .integer(let given)? = config["axis"] { axis = given }
            // What has a mask has three axes.
            if merging == .keras2, axis == -1 || axis == 2 { return common(masks) }
            let parts = inputs.map { value, mask in
                guard let mask else { return place(of: .ones(value: value)) }
                return place(of: .or(place(of: .expanded(mask)), place(of: .zeros(value: value))))
            }
            return place(of: .any(place(of: .concatenated(parts, axis: axis))))
        case "Bidirectional":
            guard case .object(let layer)? = config["layer"], case .object(let inner)? = layer["config"] else { return nil }
            return returnsSequences(inner) ? input.mask : nil
        case _ where KerasMasks.recurrent.contains(className): return returnsSequences(config) ? input.mask : nil
        case _ where KerasMasks.dropping.contains(className): return nil
        default: return inputs.count == 1 || KerasMasks.passing.contains(className) ? input.mask : nil
        }
    }

    /// Where all of these are.
    private mutating func common(_ masks: [Int]) -> Int? {
        masks.first.map { masks.dropFirst().reduce($0) { place(of: .and($0, $1)) } }
    }

    // MARK: Operations in files

    /// The mask that an operation of a file computes from values of the graph and masks; `nil` when it is none that masks
    /// are computed with.
    mutating func computed(
        by step: KerasStep, _ call: KerasStep.Call, _ inputs: [KerasMask.Operand]
    ) throws -> Int? {
        try KerasMasks.mask(step, call, inputs).map { place(of: $0) }
    }

    private static func mask(
        _ step: KerasStep, _ call: KerasStep.Call, _ inputs: [KerasMask.Operand]
    ) throws -> KerasMask? {
        let config = try step.description.member("config")
        let axis = try config.optional("axis")?.int()
        let masks = inputs.compactMap { if case .mask(let mask) = $0 { mask } else { nil } }
        let values = inputs.compactMap { if case .value(let value) = $0 { value } else { nil } }
        switch (step.className, values.count, masks.count) {
        case ("NotEqual", 1, 0): return call.numbers.count == 1 ? .notEqual(value: values[0], call.numbers[0]) : nil
        case ("Any", 0, 1): return axis == -1 ? .any(masks[0]) : nil
        case ("LogicalOr", 0, 2): return .or(masks[0], masks[1])
        case (KerasMask.andClassName, 0, 2): return .and(masks[0], masks[1])
        case ("ExpandDims", 0, 1): return axis == -1 ? .expanded(masks[0]) : nil
        case ("ZerosLike", 1, 0): return .zeros(value: values[0])
        case ("OnesLike", 1, 0): return .ones(value: values[0])
        case ("Concatenate", 0, 1...): return axis.map { .concatenated(masks, axis: $0) }
        default: return nil
        }
    }
}
