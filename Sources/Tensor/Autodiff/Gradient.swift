/// The gradient of a loss with respect to a parameter.
public enum Gradient: Sendable {
    /// One number for each element.
    case dense(Tensor)
    /// Only some rows are not zero: what an embedding gets.
    case rows(RowSparse)

    /// The gradient as a tensor of the parameter's shape.
    public var dense: Tensor {
        switch self {
        case .dense(let tensor): tensor
        case .rows(let rows): rows.dense
        }
    }

    /// The stored numbers: all elements, or those of the touched rows. What clipping scales.
    package var stored: Tensor {
        get {
            switch self {
            case .dense(let tensor): tensor
            case .rows(let rows): rows.values
            }
        }
        set {
            switch self {
            case .dense: self = .dense(newValue)
            case .rows(var rows):
                rows.values = newValue
                self = .rows(rows)
            }
        }
    }

    static func + (a: Gradient, b: Gradient) -> Gradient {
        switch (a, b) {
        case (.dense(let a), .dense(let b)): .dense(a + b)
        case (.rows(let sparse), .dense(let full)), (.dense(let full), .rows(let sparse)):
            .dense(sparse.added(to: full))
        case (.rows(let a), .rows(let b)): .rows(a.merged(with: b))
        }
    }
}
