import CHornetKernels
import HornetSupport

/// Where the extremes are.
extension Tensor {
    /// The index of the largest element along the last axis, the lowest at ties; shape without that axis. A NaN counts as
    /// the largest, as in NumPy.
    public func argmax() -> Indices { argmax(axis: -1) }

    /// The index of the largest element along an axis, the lowest at ties; shape without that axis. A NaN counts as the
    /// largest, as in NumPy. Traps when the axis is empty.
    public func argmax(axis: Int) -> Indices { places(HORNET_MAX, "argmax", axis: axis) }

    /// The index of the smallest element along the last axis; see ``argmin(axis:)``.
    public func argmin() -> Indices { argmin(axis: -1) }

    /// The index of the smallest element along an axis, the lowest at ties; shape without that axis. A NaN counts as the
    /// smallest, as in NumPy. Traps when the axis is empty.
    public func argmin(axis: Int) -> Indices { places(HORNET_MIN, "argmin", axis: axis) }

    private func places(_ reduction: hornet_reduction, _ name: StaticString, axis: Int) -> Indices {
        let axis = normalized(axis: axis, in: name)
        require(shape[axis] > 0, name, "axis \(axis) of the shape \(shape) is empty")
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        var result = Indices(uninitialized: shape(reducing: [axis], keepingAxes: false))
        read { x in
            result.write { y in
                guard span.inner > 1 else {
                    return span.forEachOuter { outer in
                        for i in outer { y[i] = Tensor.place(reduction, x + i * span.length, span.length) }
                    }
                }
                span.forEachColumns { outer, columns in
                    hornet_column_extremes(
                        x + outer * span.length * span.inner + columns.lowerBound, span.inner,
                        y + outer * span.inner + columns.lowerBound, span.length, columns.count,
                        reduction == HORNET_MIN ? 1 : 0)
                }
            }
        }
        return result
    }

    /// Finds the extreme, then the first element that is equal to it.
    private static func place(_ reduction: hornet_reduction, _ x: UnsafePointer<Float>, _ count: Int) -> Int32 {
        Int32(hornet_find(x, count, reduced(reduction, x, count)))
    }
}
