import HornetSupport
public import HornetTensor

/// A score for each label, `x · kernel + bias`: above 0 the label is more likely to be there than not.
///
/// Most weights of a text classifier are zero or next to it, so the kernel is sparse: what it takes to tag a document
/// follows the weights of the document's own words.
public struct LinearModel: Sendable, Equatable {
    /// The weights, `[features, labels]`.
    public let kernel: SparseMatrix
    /// What a document without a single known feature scores, `[labels]`.
    public let bias: Tensor

    /// Traps unless `bias` has one element for each column of `kernel`.
    public init(kernel: SparseMatrix, bias: Tensor) {
        require(
            bias.shape == [kernel.columnCount], "LinearModel",
            "the kernel has the shape \(kernel.shape), the bias \(bias.shape)")
        self.kernel = kernel
        self.bias = bias
    }

    /// The number of features it takes.
    public var featureCount: Int { kernel.rowCount }
    /// The number of labels it scores.
    public var labelCount: Int { kernel.columnCount }

    /// The scores `x · kernel + bias` of documents `[rows, features]`, shape `[rows, labels]`. Traps when `x` has another
    /// number of features.
    public func decisionFunction(_ x: SparseMatrix) -> Tensor {
        require(
            x.columnCount == featureCount, "LinearModel.decisionFunction",
            "the documents have the shape \(x.shape), the kernel \(kernel.shape)")
        return x.matmul(kernel, adding: bias)
    }

    /// The same for dense documents.
    public func decisionFunction(_ x: Tensor) -> Tensor { x.matmul(kernel.dense) + bias }

    /// `1 / (1 + exp(−score))`: what a ``LogisticRegression`` holds for the probability of each label.
    public func probabilities(_ x: SparseMatrix) -> Tensor { decisionFunction(x).sigmoid() }

    /// The same for dense documents.
    public func probabilities(_ x: Tensor) -> Tensor { decisionFunction(x).sigmoid() }

    /// The labels that score above 0 as 1, the others as 0, shape `[rows, labels]`.
    public func predict(_ x: SparseMatrix) -> Tensor { decisionFunction(x).thresholded(above: 0) }

    /// The model without the weights whose size is below `bound`. A text classifier keeps a few weights in a hundred and
    /// decides as well. [Babbar and Schölkopf 2017](https://arxiv.org/abs/1609.02521) drop those below .01.
    public func pruned(below bound: Float) -> LinearModel {
        let kept = kernel.read { starts, _, values in
            (starts[0]..<starts[kernel.rowCount]).count { abs(values[$0]) >= bound }
        }
        let shape = kernel.shape
        let pruned = SparseMatrix(rowCount: shape[0], columnCount: shape[1], storedCount: kept) { newStarts, newColumns, newValues in
            kernel.read { starts, columns, values in
                var next = 0
                for row in 0..<shape[0] {
                    for k in starts[row]..<starts[row + 1] where abs(values[k]) >= bound {
                        (newColumns[next], newValues[next]) = (columns[k], values[k])
                        next += 1
                    }
                    newStarts[row + 1] = next
                }
            }
        }
        return LinearModel(kernel: pruned, bias: bias)
    }
}
