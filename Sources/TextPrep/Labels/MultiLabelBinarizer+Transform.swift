import HornetSupport
public import HornetTensor

extension MultiLabelBinarizer {
    /// Rows of 0 and 1, shape `[samples.count, classes.count]`. Labels that are no class are ignored, with a
    /// ``Warning``. Traps when the binarizer is not fitted.
    public func transform(_ samples: some Collection<some Collection<String>>) -> Tensor {
        dense(knownRows(samples, at: "MultiLabelBinarizer.transform"))
    }

    /// As ``transform(_:)``, in compressed rows: for thousands of classes.
    public func transformSparse(_ samples: some Collection<some Collection<String>>) -> SparseMatrix {
        SparseMatrix(ones: knownRows(samples, at: "MultiLabelBinarizer.transform"), columnCount: classes.count)
    }

    /// Learns the classes of `samples` and transforms them in one pass.
    public mutating func fitTransform(_ samples: some Collection<some Collection<String>>) -> Tensor {
        let rows = fitRows(samples, at: "MultiLabelBinarizer.fit")
        return dense(rows)
    }

    /// As ``fitTransform(_:)``, in compressed rows.
    public mutating func fitTransformSparse(_ samples: some Collection<some Collection<String>>) -> SparseMatrix {
        let rows = fitRows(samples, at: "MultiLabelBinarizer.fit")
        return SparseMatrix(ones: rows, columnCount: classes.count)
    }

    private func dense(_ rows: [[Int32]]) -> Tensor {
        let width = classes.count
        var result = Tensor(uninitialized: [rows.count, width])
        result.withUnsafeMutableBufferPointer { scalars in
            scalars.initialize(repeating: 0)
            for (row, columns) in rows.enumerated() {
                for column in columns { scalars[row * width + Int(column)] = 1 }
            }
        }
        return result
    }
}
