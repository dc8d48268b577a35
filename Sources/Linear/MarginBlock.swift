import CHornetKernels
import HornetSupport
import HornetTensor

/// The documents of all blocks, as the kernel reads them.
struct MarginDocuments: Sendable {
    let rows: SparseMatrix
    /// The stored columns with some more behind them that are asked for ahead.
    let ids: [Int32]
    /// `Σ x²` of each row, the bias' input among them.
    let squares: [Float]
    let biasInput: Float

    init(_ x: SparseMatrix, biasInput: Float) {
        rows = x
        self.biasInput = biasInput
        (ids, squares) = x.read { starts, columns, values in
            let ids = Array(UnsafeBufferPointer(start: columns, count: starts[x.rowCount])) + [Int32](repeating: 0, count: 16)
            let squares = (0..<x.rowCount).map { row in
                let stored = starts[row]..<starts[row + 1]
                return biasInput * biasInput + Float(hornet_sum_of_squares(values + stored.lowerBound, stored.count))
            }
            return (ids, squares)
        }
    }
}

/// Some labels that are learned together: their weights for one feature lie beside each other, a vector.
struct MarginBlock {
    static let width = Int(HORNET_MARGIN_LABELS)

    private let labelCount: Int
    private let documents: MarginDocuments
    private let settings: LinearSVC
    private var targets: [UInt16]
    /// Diagonal and top for each label.
    private var absent: [Float]
    private var present: [Float]
    /// The bias of labels that all documents have, or none.
    private var constants: [Float?]
    private var weights: [Float]
    private var alpha: [Float]

    init(_ labels: [Int], _ columns: LabelColumns, _ documents: MarginDocuments, _ settings: LinearSVC) {
        let (width, rowCount) = (Self.width, documents.rows.rowCount)
        labelCount = labels.count
        self.documents = documents
        self.settings = settings
        targets = Array(repeating: 0, count: rowCount)
        absent = Array(repeating: 0, count: 2 * width)
        present = absent
        constants = Array(repeating: nil, count: labels.count)
        weights = Array(repeating: 0, count: (documents.rows.columnCount + 1) * width)
        alpha = Array(repeating: 0, count: rowCount * width)
        for (lane, label) in labels.enumerated() {
            for row in columns.rows[label] { targets[Int(row)] |= 1 << UInt16(lane) }
            let count = columns.rows[label].count
            guard count > 0, count < rowCount else {
                constants[lane] = count == 0 ? -1 : 1
                continue
            }
            for (side, documentCount) in [(\Self.absent, rowCount - count), (\Self.present, count)] {
                let share = settings.classWeight == nil ? 1 : Float(rowCount) / Float(2 * documentCount)
                let c = settings.C * share
                self[keyPath: side][lane] = settings.loss == .hinge ? 0 : 0.5 / c
                self[keyPath: side][width + lane] = settings.loss == .hinge ? c : .infinity
            }
        }
    }

    /// Walks until every label is done.
    mutating func solve(random: RandomSource, pruningBelow bound: Float) -> BlockSolution {
        let rowCount = documents.rows.rowCount
        var random = random
        var order = (0..<Int32(rowCount)).map { $0 }
        var active = rowCount
        var last = Self.open
        var extremes = Self.open
        var unfinished = labelCount
        for _ in 0..<settings.maxIterations {
            order.withUnsafeMutableBufferPointer { shuffle($0[..<active], using: &random) }
            active = descend(&order, active: active, last: last, &extremes)
            unfinished = (0..<labelCount).count {
                constants[$0] == nil && extremes[Self.width + $0] - extremes[$0] > settings.tolerance
            }
            if unfinished == 0 {
                if active == rowCount { break }
                // Done with those that were left: now all of them have to agree, on weights without the roundings so far.
                (active, last) = (rowCount, Self.open)
                sumWeights()
                unfinished = labelCount
                continue
            }
            for lane in 0..<Self.width {
                last[lane] = extremes[lane] < 0 ? extremes[lane] : -.infinity
                last[Self.width + lane] = extremes[Self.width + lane] > 0 ? extremes[Self.width + lane] : .infinity
            }
        }
        return solution(unfinished: unfinished, pruningBelow: bound)
    }

    /// `Σ alpha·s·x` anew: what many steps have rounded away comes back.
    private mutating func sumWeights() {
        let (width, columnCount) = (Self.width, documents.rows.columnCount)
        weights = weights.map { _ in 0 }
        documents.rows.read { starts, columns, values in
            for row in targets.indices {
                for lane in 0..<labelCount {
                    let step = targets[row] >> UInt16(lane) & 1 == 1 ? alpha[row * width + lane] : -alpha[row * width + lane]
                    guard step != 0 else { continue }
                    for k in starts[row]..<starts[row + 1] { weights[Int(columns[k]) * width + lane] += step * values[k] }
                    weights[columnCount * width + lane] += step * documents.biasInput
                }
            }
        }
    }

    /// Extremes that put no row aside.
    private static let open = Array(repeating: -Float.infinity, count: width) + Array(repeating: Float.infinity, count: width)

    private func shuffle(_ order: Slice<UnsafeMutableBufferPointer<Int32>>, using random: inout RandomSource) {
        var order = order
        for place in order.indices.dropFirst().reversed() { order.swapAt(place, random.integer(below: place + 1)) }
    }

    private mutating func descend(_ order: inout [Int32], active: Int, last: [Float], _ extremes: inout [Float]) -> Int {
        documents.rows.read { starts, _, values in
            documents.ids.withUnsafeBufferPointer { ids in
                documents.squares.withUnsafeBufferPointer { squares in
                    var problem = hornet_margin_problem(
                        columns: documents.rows.columnCount, starts: starts, ids: ids.baseAddress, values: values,
                        squares: squares.baseAddress, targets: nil, absent: nil, present: nil,
                        bias_input: documents.biasInput)
                    return targets.withUnsafeBufferPointer { targets in
                        absent.withUnsafeBufferPointer { absent in
                            present.withUnsafeBufferPointer { present in
                                problem.targets = targets.baseAddress
                                problem.absent = absent.baseAddress
                                problem.present = present.baseAddress
                                return hornet_descend_margins(&problem, &order, active, &weights, &alpha, last, &extremes)
                            }
                        }
                    }
                }
            }
        }
    }

    private func solution(unfinished: Int, pruningBelow bound: Float) -> BlockSolution {
        let (featureCount, width) = (documents.rows.columnCount, Self.width)
        let bias = (0..<labelCount).map { constants[$0] ?? weights[featureCount * width + $0] * documents.biasInput }
        return BlockSolution(
            weights, featureCount: featureCount, width: width, bias: bias, unfinished: unfinished, pruningBelow: bound)
    }
}
