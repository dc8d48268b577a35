/// What a figure becomes when its denominator is 0, such as the precision of a label that is never predicted.
public enum ZeroDivision: Sendable, Equatable {
    /// 0, and a `Warning`, which goes to standard error unless the program handles it.
    case warn
    /// 0.
    case zero
    /// 1.
    case one
    /// NaN, and left out of averages.
    case nan

    var value: Double {
        switch self {
        case .warn, .zero: 0
        case .one: 1
        case .nan: .nan
        }
    }
}
