import HornetSupport
public import HornetTensor

extension MultiLabelBinarizer {
    /// Rows of 0 and 1, shape `[samples.count, classes.count]`. Labels that are no class are ignored, with a
    /// ``Warning``. Traps when the binarizer is not fitted.
    public func transform(_ samples: [[String]]) -> Tensor {
        dense(knownRows(samples, at: "MultiLabelBinarizer.transform"))
    }

    /// As ``transform(_:)``, in compressed rows: for thousands of classes.
    public func transformSparse(_ samples: [[String]]) -> SparseMatrix {
        sparse(knownRows(samples, at: "MultiLabelBinarizer.transform"))
    }

    /// Learns the classes of `samples` and transforms them in one pass.
    public mutating func fitTransform(_ samples: [[String]]) -> Tensor {
        let rows = fitRows(samples, at: "MultiLabelBinarizer.fit")
        return dense(rows)
    }

    /// As ``fitTransform(_:)``, in compressed rows.
    public mutating func fitTransformSparse(_ samples: [[String]]) -> SparseMatrix {
        let rows = fitRows(samples, at: "MultiLabelBinarizer.fit")
        return sparse(rows)
    }

    private func dense(_ rows: LabelRows) -> Tensor {
        let width = classes.count, height = rows.starts.count - 1
        var result = Tensor(uninitialized: [height, width])
        result.withUnsafeMutableBufferPointer { scalars in
            scalars.initialize(repeating: 0)
            for row in 0..<height {
                for column in rows.columns[rows.starts[row]..<rows.starts[row + 1]] {
                    scalars[row * width + Int(column)] = 1
                }
            }
        }
        return result
    }

    private func sparse(_ rows: LabelRows) -> SparseMatrix {
        do {
            return try SparseMatrix(
                rowCount: rows.starts.count - 1, columnCount: classes.count, rowStarts: rows.starts,
                columns: rows.columns, values: Array(repeating: 1, count: rows.columns.count))
        } catch { trap("MultiLabelBinarizer", "\(error)") }
    }
}
