import HornetSupport
import HornetTensor

/// What can be learned from: a row for each document and a column for each feature.
protocol Documents {
    var shape: [Int] { get }
    var hasOnlyNumbers: Bool { get }
}

extension SparseMatrix: Documents {}

extension Tensor: Documents {
    var hasOnlyNumbers: Bool { isFinite }
}

extension Documents {
    /// Throws unless this is a matrix of numbers with some rows and columns.
    func requireMatrix(at place: String) throws {
        guard shape.count == 2, shape[0] > 0, shape[1] > 0 else {
            throw HornetError(.shape, at: place, "the documents have the shape \(shape)", remedy: "Give some rows and columns")
        }
        try requireNumbers(at: place)
    }

    private func requireNumbers(at place: String) throws {
        guard hasOnlyNumbers else { throw HornetError(.data, at: place, "the documents hold a NaN or an infinity") }
    }

    /// Throws unless this is a matrix of numbers with some rows, as many as `targets` has, which are called `name`.
    func requireFit(_ targets: (rows: Int, columns: Int), _ name: String, at place: String) throws {
        guard shape.count == 2, shape[0] == targets.rows, targets.rows > 0 else {
            throw HornetError(
                .shape, at: place, "the documents have the shape \(shape), the \(name) [\(targets.rows), \(targets.columns)]",
                remedy: "Give one row of \(name) for each document")
        }
        try requireNumbers(at: place)
    }
}
