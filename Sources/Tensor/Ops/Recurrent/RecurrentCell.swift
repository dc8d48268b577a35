/// What distinguishes one recurrent layer from another: how one step makes the states after it from those before it.
///
/// A cell handles the rows of one step of one group at a time (see ``SequencePacking``) and allocates nothing
/// meanwhile. Steps of different groups may run at the same time.
protocol RecurrentCell {
    init(_ run: RecurrentRun)

    /// Finishes the gates of `rows` and writes the states after them.
    func forward(_ rows: Range<Int>, _ scratch: StepScratch)
    /// Turns the gates of `rows` into their gradients, and adds to the gradients of the states before the rows what
    /// those of the states after them bring. The rows' own c has no gradient yet, their h may have one from the output.
    func backward(_ rows: Range<Int>, _ gradients: [Rows], _ scratch: StepScratch)

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
    /// First the projected input, then the gates, on the way back their gradients: `[rows, gates·units]`.
    let gates: Rows
    /// What the gates were before a function that is a formula.
    let gateInputs: Rows?
    /// h, and for LSTM c: before each row, and the last ones: `[rows + batch, units]`.
    let states: [Rows]
    let recurrent: GateProduct
    let recurrentBias: Tensor?

    func gate(_ number: Int, _ row: Int) -> UnsafeMutablePointer<Float> { gates[row] + number * units }
    func gateInput(_ number: Int, _ row: Int) -> UnsafeMutablePointer<Float>? {
        gateInputs.map { $0[row] + number * units }
    }
}

/// A group's memory for intermediate results, two blocks of `[groupSize, units]` and two rows of `units`.
struct StepScratch {
    /// For ``GateProduct``.
    let product: UnsafeMutablePointer<Float>
    /// For what a cell needs of all rows of a step.
    let block: UnsafeMutablePointer<Float>
    let row: UnsafeMutablePointer<Float>
    let otherRow: UnsafeMutablePointer<Float>

    /// The floats that a group's scratch takes.
    static func size(_ units: Int) -> Int { (2 * SequencePacking.groupSize + 2) * units }

    init(_ start: UnsafeMutablePointer<Float>, units: Int) {
        product = start
        block = start + SequencePacking.groupSize * units
        row = block + SequencePacking.groupSize * units
        otherRow = row + units
    }
}
