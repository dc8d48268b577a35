import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// The cells by the names that `recurrent.json` has for them.
enum RecurrentCellOfTests: String, CaseIterable {
    case lstm, gru
    case resetBefore = "gru reset before"
    case simple

    func layer(
        _ units: Int = 3, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid,
        useBias: Bool = true, dropout: Float = 0, recurrentDropout: Float = 0, returnSequences: Bool = false,
        goBackwards: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil
    ) -> RecurrentLayer {
        switch self {
        case .lstm:
            LSTM(
                units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias,
                dropout: dropout, recurrentDropout: recurrentDropout, returnSequences: returnSequences, goBackwards: goBackwards,
                zeroOutputForMask: zeroOutputForMask, name: name)
        case .gru, .resetBefore:
            GRU(
                units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias,
                dropout: dropout, recurrentDropout: recurrentDropout, returnSequences: returnSequences, goBackwards: goBackwards,
                resetAfter: self == .gru, zeroOutputForMask: zeroOutputForMask, name: name)
        case .simple:
            SimpleRNN(
                units, activation: activation, useBias: useBias, dropout: dropout, recurrentDropout: recurrentDropout,
                returnSequences: returnSequences, goBackwards: goBackwards, zeroOutputForMask: zeroOutputForMask,
                name: name)
        }
    }
}

/// Recurrent layers against Keras, through ``runLayerTest(_:in:sourceLocation:_:)`` (`Tests/Oracles/recurrent.py`).
@Suite struct RecurrentLayerTests {
    private func run(_ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ make: () -> [Layer]) throws {
        try runLayerTest(name, in: "recurrent.json", sourceLocation: sourceLocation, make)
    }

    @Test(arguments: RecurrentCellOfTests.allCases, [false, true])
    func directionsSequencesAndHoles(_ cell: RecurrentCellOfTests, _ backwards: Bool) throws {
        for sequences in [false, true] {
            let name = cell.rawValue + (sequences ? " sequences" : "") + (backwards ? " backwards" : "")
            for suffix in ["", " holes"] {
                try run(name + suffix) { [cell.layer(returnSequences: sequences, goBackwards: backwards)] }
            }
            guard sequences else { continue }
            try run(name + " zero output") {
                [cell.layer(returnSequences: true, goBackwards: backwards, zeroOutputForMask: true)]
            }
        }
    }

    @Test(arguments: RecurrentCellOfTests.allCases) func paddingAndSizes(_ cell: RecurrentCellOfTests) throws {
        try run("\(cell.rawValue) pre") { [cell.layer()] }
        try run("\(cell.rawValue) post") { [cell.layer()] }
        try run("\(cell.rawValue) nothing real") { [cell.layer(2)] }
        try run("\(cell.rawValue) without bias") { [cell.layer(useBias: false)] }
        try run("\(cell.rawValue) of one") { [cell.layer(1)] }
    }

    @Test(arguments: RecurrentCellOfTests.allCases) func activations(_ cell: RecurrentCellOfTests) throws {
        try run("\(cell.rawValue) kernels") { [cell.layer(activation: .relu, recurrentActivation: .tanh)] }
        try run("\(cell.rawValue) formulas") { [cell.layer(activation: .softsign, recurrentActivation: .softmax)] }
        guard cell != .simple else { return }
        try run("\(cell.rawValue) formula in the gates") { [cell.layer(recurrentActivation: .softplus)] }
        try run("\(cell.rawValue) linear") { [cell.layer(activation: .linear)] }
    }

    @Test(arguments: Bidirectional.MergeMode.allCases, [false, true])
    func bidirectional(_ mode: Bidirectional.MergeMode, _ sequences: Bool) throws {
        let name = "bidirectional \(mode.rawValue)" + (sequences ? " sequences" : "")
        for suffix in ["", " holes"] {
            try run(name + suffix) { [Bidirectional(LSTM(2, returnSequences: sequences), mergeMode: mode)] }
        }
    }

    @Test func bidirectionalPairs() throws {
        try run("bidirectional gru") { [Bidirectional(GRU(2, returnSequences: true))] }
        try run("bidirectional simple") { [Bidirectional(SimpleRNN(2))] }
        try run("bidirectional pair") {
            [
                Bidirectional(
                    LSTM(2, returnSequences: true, name: "there"),
                    backwardLayer: GRU(3, returnSequences: true, goBackwards: true, name: "back"))
            ]
        }
        try run("bidirectional the other way round") {
            [
                Bidirectional(
                    LSTM(2, returnSequences: true, goBackwards: true, name: "back"),
                    backwardLayer: LSTM(2, returnSequences: true, name: "there"))
            ]
        }
    }

    @Test func stacks() throws {
        try run("lstm wide") { [LSTM(17)] }
        try run("stack") {
            [
                Embedding(inputDim: 7, outputDim: 3, maskZero: true), SpatialDropout1D(0.5),
                LSTM(4, returnSequences: true), GRU(3, returnSequences: true), SimpleRNN(2), Dense(2, activation: .sigmoid),
            ]
        }
        try run("stack backwards") {
            [
                Embedding(inputDim: 7, outputDim: 3, maskZero: true), LSTM(3, returnSequences: true, goBackwards: true),
                LSTM(2),
            ]
        }
        try run("bidirectional stack") {
            [
                Embedding(inputDim: 7, outputDim: 3, maskZero: true), Bidirectional(LSTM(2, returnSequences: true)),
                Bidirectional(GRU(2), mergeMode: .sum), Dense(2, activation: .sigmoid),
            ]
        }
        try run("masking") { [Masking(maskValue: 0.5)] }
        try run("masking before") { [Masking(maskValue: 0.5), LSTM(2, returnSequences: true), GRU(2)] }
    }

    /// The ordeal notices a layer that is not the fixture's.
    @Test func theOrdealCanFail() {
        withKnownIssue("another direction") { try run("lstm") { [LSTM(3, goBackwards: true)] } }
        withKnownIssue("another reset") { try run("gru") { [GRU(3, resetAfter: false)] } }
        withKnownIssue("another merge") { try run("bidirectional sum") { [Bidirectional(LSTM(2), mergeMode: .mul)] } }
        withKnownIssue("no zeros") { try run("lstm sequences zero output") { [LSTM(3, returnSequences: true)] } }
    }
}
