import HornetSupport

/// What stands between the brackets of `x[1, 0..<3, .all]`, one for each axis: a number, a range, a stride, `.all`,
/// `.newAxis` or `.ellipsis`.
///
/// | Hornet | NumPy | |
/// |---|---|---|
/// | `x[1, ...]`, `x[1, .all]` | `x[1]` | one entry: its axis goes |
/// | `x[-1, ...]` | `x[-1]` | counted from the end |
/// | `x[0..<3, 1...]` | `x[0:3, 1:]` | ranges, which have to lie within the axis |
/// | `x[..., 2]`, `x[.ellipsis, 2]` | `x[..., 2]` | all axes that are not named |
/// | `x[.stride(by: 2)]`, `x[.stride(by: -1)]` | `x[::2]`, `x[::-1]` | every second entry, backwards |
/// | `x[.newAxis, .all]` | `x[None]` | a new axis of size 1 |
public protocol TensorIndex {
    /// The same as one type.
    var axisIndex: AxisIndex { get }
}

/// See ``TensorIndex``.
public struct AxisIndex: TensorIndex, Sendable {
    enum Kind: Sendable {
        case entry(Int)
        case range(Int, Int?)
        case stride(from: Int?, to: Int?, by: Int)
        case newAxis
        case ellipsis
    }

    let kind: Kind
    public var axisIndex: AxisIndex { self }

    /// Whether it takes up an axis of the array.
    var isAxis: Bool {
        switch kind {
        case .entry, .range, .stride: true
        case .newAxis, .ellipsis: false
        }
    }
}

extension TensorIndex where Self == AxisIndex {
    /// The whole axis.
    public static var all: AxisIndex { AxisIndex(kind: .range(0, nil)) }
    /// A new axis of size 1.
    public static var newAxis: AxisIndex { AxisIndex(kind: .newAxis) }
    /// The whole of all axes that nothing is said about; once at most.
    public static var ellipsis: AxisIndex { AxisIndex(kind: .ellipsis) }
    /// Python's slice `from:to:by`: the entries `from`, `from + step`, … before `to`. Negative places count from the end,
    /// places beyond the axis are brought to its ends, and what is left out is the end where the walk starts or stops. Traps
    /// on a step of 0.
    public static func stride(from: Int? = nil, to: Int? = nil, by step: Int) -> AxisIndex {
        require(step != 0, "subscript", "a stride of 0 gets nowhere")
        return AxisIndex(kind: .stride(from: from, to: to, by: step))
    }
}

extension Int: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .entry(self)) }
}

extension Range<Int>: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(lowerBound, upperBound)) }
}

extension ClosedRange<Int>: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(lowerBound, upperBound + 1)) }
}

extension PartialRangeFrom<Int>: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(lowerBound, nil)) }
}

extension PartialRangeUpTo<Int>: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(0, upperBound)) }
}

extension PartialRangeThrough<Int>: TensorIndex {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(0, upperBound + 1)) }
}

extension StridedView {
    /// What `indices` choose of a contiguous array. Traps on places outside, and on more indices than axes.
    init(of shape: [Int], _ indices: [any TensorIndex]) {
        let named = indices.count { $0.axisIndex.isAxis }
        require(named <= shape.count, "subscript", "\(named) indices for the \(shape.count) axes of \(shape)")
        let steps = StridedView.rowMajor(shape)
        self.init(sizes: [], strides: [])
        var axis = 0
        var hasEllipsis = false

        func takeAll(_ count: Int) {
            sizes += shape[axis..<axis + count]
            strides += steps[axis..<axis + count]
            axis += count
        }
        for index in indices {
            switch index.axisIndex.kind {
            case .newAxis:
                sizes.append(1)
                strides.append(0)
            case .ellipsis:
                require(!hasEllipsis, "subscript", "there are two ellipses")
                hasEllipsis = true
                takeAll(shape.count - named)
            case .entry(let entry):
                let place = entry < 0 ? entry + shape[axis] : entry
                require(
                    place >= 0 && place < shape[axis], "subscript", "index \(entry) is outside axis \(axis) of \(shape)")
                start += place * steps[axis]
                axis += 1
            case .range(let lower, let upper):
                let upper = upper ?? shape[axis]
                require(
                    lower >= 0 && lower <= upper && upper <= shape[axis], "subscript",
                    "\(lower)..<\(upper) is not within axis \(axis) of \(shape)")
                append(size: upper - lower, step: steps[axis], from: lower * steps[axis])
                axis += 1
            case .stride(let from, let to, let step):
                let size = shape[axis]
                // Where a walk may start or stop, as in Python: one before the array when it goes backwards.
                let ends = step > 0 ? 0...size : -1...size - 1
                func place(_ place: Int?, or missing: Int) -> Int {
                    guard let place else { return missing }
                    let counted = place < 0 ? place + size : place
                    return Swift.min(Swift.max(counted, ends.lowerBound), ends.upperBound)
                }
                let first = place(from, or: step > 0 ? 0 : size - 1)
                let end = place(to, or: step > 0 ? size : -1)
                let count = Swift.max(0, (end - first + step - step.signum()) / step)
                append(size: count, step: step * steps[axis], from: count > 0 ? first * steps[axis] : 0)
                axis += 1
            }
        }
        takeAll(shape.count - axis)
    }

    private mutating func append(size: Int, step: Int, from place: Int) {
        sizes.append(size)
        strides.append(step)
        start += place
    }
}
