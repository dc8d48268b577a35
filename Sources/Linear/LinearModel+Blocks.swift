import HornetTensor

/// What a block of labels that are learned together found: its weights, feature by feature.
struct BlockSolution: Sendable {
    /// How many weights each feature has, with the labels within the block and the values in that order.
    fileprivate var counts: [UInt8]
    fileprivate var lanes: [UInt8] = []
    fileprivate var values: [Float] = []
    let bias: [Float]
    /// Labels that were given up before the tolerance was met.
    let unfinished: Int

    /// Takes what is not 0 and at least `bound` from `weights [featureCount, width]`, for the labels that `bias` counts.
    init(
        _ weights: UnsafePointer<Float>, featureCount: Int, width: Int, bias: [Float], unfinished: Int,
        pruningBelow bound: Float
    ) {
        counts = Array(repeating: 0, count: featureCount)
        self.bias = bias
        self.unfinished = unfinished
        for feature in 0..<featureCount {
            for lane in bias.indices {
                let weight = weights[feature * width + lane]
                guard weight != 0, abs(weight) >= bound else { continue }
                counts[feature] += 1
                lanes.append(UInt8(lane))
                values.append(weight)
            }
        }
    }
}

extension LinearModel {
    /// Learns `labels`, `width` at a time in their order, on all threads: `solve` gets the labels of a block and its number.
    /// Gives the model, and how many labels are unfinished.
    static func solving(
        _ labels: [Int], width: Int, featureCount: Int, _ solve: (_ labels: [Int], _ number: Int) -> BlockSolution
    ) -> (model: LinearModel, unfinished: Int) {
        let blocks = stride(from: 0, to: labels.count, by: width).map { start in
            Array(labels[start..<Swift.min(start + width, labels.count)])
        }
        var solved = [BlockSolution?](repeating: nil, count: blocks.count)
        solved.withUnsafeMutableBufferPointer { solved in
            nonisolated(unsafe) let solved = solved
            Parallel.forEach(blocks.count) { solved[$0] = solve(blocks[$0], $0) }
        }
        let solutions = solved.map { $0! }
        let model = LinearModel(joining: solutions, labels: blocks, featureCount: featureCount)
        return (model, solutions.reduce(0) { $0 + $1.unfinished })
    }

    /// The model of all labels from what their blocks found; `labels` are those of each block, in its order.
    private init(joining solutions: [BlockSolution], labels: [[Int]], featureCount: Int) {
        let labelCount = labels.reduce(0) { $0 + $1.count }
        var bias = [Float](repeating: 0, count: labelCount)
        for (block, solution) in zip(labels, solutions) {
            for (label, value) in zip(block, solution.bias) { bias[label] = value }
        }
        let count = solutions.reduce(0) { $0 + $1.values.count }
        let kernel = SparseMatrix(rowCount: featureCount, columnCount: labelCount, storedCount: count) { starts, columns, values in
            // A feature's weights, block by block, then in the order of their labels.
            var nexts = [Int](repeating: 0, count: solutions.count)
            var own: [(label: Int32, value: Float)] = []
            for feature in 0..<featureCount {
                own.removeAll(keepingCapacity: true)
                for block in solutions.indices {
                    for _ in 0..<solutions[block].counts[feature] {
                        let place = nexts[block]
                        own.append((Int32(labels[block][Int(solutions[block].lanes[place])]), solutions[block].values[place]))
                        nexts[block] += 1
                    }
                }
                own.sort { $0.label < $1.label }
                for (offset, weight) in own.enumerated() {
                    (columns[starts[feature] + offset], values[starts[feature] + offset]) = weight
                }
                starts[feature + 1] = starts[feature] + own.count
            }
        }
        self.init(kernel: kernel, bias: Tensor(bias))
    }
}
