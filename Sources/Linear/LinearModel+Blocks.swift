import HornetTensor

extension LinearModel {
    /// The model of all labels from what their blocks found; `labels` are those of each block, in its order.
    init(joining solutions: [MarginBlock.Solution], labels: [[Int]], featureCount: Int) {
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
