/// What distinguishes one recurrent layer from another: how one step makes the states after it from those before it.
///
/// A cell handles one step of one group at a time (see ``SequencePacking``) and allocates nothing meanwhile. Steps of
/// different groups run at the same time.
protocol RecurrentCell {
    init(_ run: RecurrentRun)

    /// Finishes the gates of a step, which hold the input's part, and writes the states after it.
    func forward(_ step: RecurrentStep)
    /// Turns the gates of a step into their gradients, and adds to the gradients of the states before it what those of
    /// the states after it bring. The c before it has no gradient yet, its h may have one from the output.
    func backward(_ step: RecurrentStep, _ gradients: StateGradients)

    /// From all rows at the end.
    func recurrentKernelGradient() -> Tensor
    /// The same for the bias that is added to the recurrent product, if there is one.
    var recurrentBiasGradient: Tensor? { get }
}

extension RecurrentCell {
    var recurrentBiasGradient: Tensor? { nil }
}

/// What all cells have: the input's part of the gates, the states, and the way from h into the gates.
struct RecurrentRun {
    let packing: SequencePacking
    let units: Int
    let activation: CellActivation
    let recurrentActivation: CellActivation
    /// Whether the way back follows: then every row keeps what it needs for that, else the rows of a group's steps take
    /// each other's place.
    let isRecorded: Bool
    /// First the projected input, then the gates, on the way back their gradients: `[kept rows, gates·units]`.
    let gates: Rows
    /// What the gates were before a function that is a formula.
    let gateInputs: Rows?
    /// h, and for LSTM c: before each row, and the last ones, `[state rows, units]`.
    let states: [Rows]
    let recurrent: GateProduct
    let recurrentBias: Tensor?

    /// How many rows an array has that keeps something of each packed row.
    var keptRows: Int { isRecorded ? packing.rowCount : packing.groups.count * SequencePacking.groupSize }

    func gate(_ number: Int, _ kept: Int) -> UnsafeMutablePointer<Float> { gates[kept] + number * units }
    func gateInput(_ number: Int, _ kept: Int) -> UnsafeMutablePointer<Float>? {
        isRecorded ? gateInputs.map { $0[kept] + number * units } : nil
    }
}

/// One step of the documents of a group that still run.
struct RecurrentStep {
    /// The packed rows.
    let rows: Range<Int>
    /// Where the first of them keeps its gates and what else the way back needs.
    let kept: Int
    /// Where the first of them has the states before it.
    let state: Int
    /// Where each of them has the states after it.
    let next: UnsafePointer<Int>
    let scratch: StepScratch

    var count: Int { rows.count }
}

/// What a walk back carries along.
struct StateGradients {
    /// Of each state, as ``RecurrentRun/states`` has them.
    let states: [Rows]
    let recurrent: GateProduct.Back
}

/// A group's memory for intermediate results, two blocks of `[groupSize, units]` and two rows of `units`.
struct StepScratch {
    /// For ``GateProduct``.
    let product: UnsafeMutablePointer<Float>
    /// For what a cell needs of all rows of a step.
    let block: UnsafeMutablePointer<Float>
    let row: UnsafeMutablePointer<Float>
    let otherRow: UnsafeMutablePointer<Float>

    /// The floats that a group's scratch takes, for products of so many inputs.
    static func size(_ units: Int, inputs: Int) -> Int {
        SequencePacking.groupSize * (max(units, inputs) + units) + 2 * units
    }

    init(_ start: UnsafeMutablePointer<Float>, units: Int) {
        row = start
        otherRow = row + units
        block = otherRow + units
        product = block + SequencePacking.groupSize * units
    }
}
