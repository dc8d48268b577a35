import HornetSupport

/// True and predicted labels that fit each other, with the weights of the samples.
struct LabelPair {
    enum Content {
        case labels(target: LabelRows, predicted: LabelRows)
        case classes(target: [Int32], predicted: [Int32])
    }

    let content: Content
    let sampleCount: Int
    let weights: [Double]?
    /// The labels that figure in the data: all columns, or all class ids that occur, ascending.
    let presentLabels: [Int]

    init(
        _ target: some LabelArray, _ predicted: some LabelArray, sampleWeight: [Double]?, _ place: String
    ) throws(HornetError) {
        let (target, predicted) = (try target.labelSets(), try predicted.labelSets())
        sampleCount = target.sampleCount
        guard predicted.sampleCount == sampleCount else {
            throw HornetError(
                .shape, at: place, "\(sampleCount) samples have true labels, \(predicted.sampleCount) have predictions")
        }
        guard sampleCount > 0 else { throw HornetError(.data, at: place, "there are no samples") }
        weights = try checkedWeights(sampleWeight, count: sampleCount, place)
        switch (target.content, predicted.content) {
        case (.labels(let starts, let columns, let width), .labels(let otherStarts, let otherColumns, let otherWidth)):
            guard width == otherWidth, width > 0 else {
                throw HornetError(
                    .shape, at: place, "the true labels have \(width) columns, the predicted ones \(otherWidth)")
            }
            content = .labels(
                target: LabelRows(rowStarts: starts, columns: columns),
                predicted: LabelRows(rowStarts: otherStarts, columns: otherColumns))
            presentLabels = Array(0..<width)
        case (.classes(let ids), .classes(let otherIDs)):
            content = .classes(target: ids, predicted: otherIDs)
            presentLabels = Set(ids).union(otherIDs).sorted().map(Int.init)
        default:
            throw HornetError(
                .shape, at: place, "class ids can't be compared with a matrix of labels",
                remedy: "Pass Indices [samples] twice, or two matrices [samples, labels]")
        }
    }

    var isMultiLabel: Bool {
        if case .labels = content { true } else { false }
    }

    func weight(_ sample: Int) -> Double { weights?[sample] ?? 1 }
}

/// The labels of each sample in compressed rows.
struct LabelRows {
    let rowStarts: [Int]
    let columns: [Int32]

    subscript(row: Int) -> ArraySlice<Int32> { columns[rowStarts[row]..<rowStarts[row + 1]] }
}

/// Calls `body` with the labels that two ascending rows share.
func forEachShared(_ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>, _ body: (Int32) -> Void) {
    var (i, j) = (a.startIndex, b.startIndex)
    while i < a.endIndex && j < b.endIndex {
        if a[i] == b[j] {
            body(a[i])
            i += 1
            j += 1
        } else if a[i] < b[j] {
            i += 1
        } else {
            j += 1
        }
    }
}

/// Weights that can be used: one a sample, finite, not all 0.
func checkedWeights(_ weights: [Double]?, count: Int, _ place: String) throws(HornetError) -> [Double]? {
    guard let weights else { return nil }
    guard weights.count == count else {
        throw HornetError(.shape, at: place, "\(weights.count) sample weights for \(count) samples")
    }
    if let bad = weights.firstIndex(where: { !$0.isFinite }) {
        throw HornetError(.data, at: place, "the weight of sample \(bad) is \(weights[bad])")
    }
    guard weights.contains(where: { $0 != 0 }) else {
        throw HornetError(.data, at: place, "every sample weight is 0")
    }
    return weights
}
