import HornetSupport

/// Elements in order along an axis. NaN counts as larger than any number, and stands last in both directions, as NumPy puts
/// it.
extension Tensor {
    /// The elements of each row along `axis` in order. NumPy's `sort`; `-np.sort(-x)` when `descending`.
    public func sorted(axis: Int = -1, descending: Bool = false) -> Tensor {
        alongRows(axis, "sorted") { Tensor($0.array.sortedRows(descending: descending)) }
    }

    /// The places of the elements of each row along `axis` in their order, equal ones as they stand: `takenAlong` puts them
    /// in order. NumPy's `argsort(stable=True)`; that of `-x` when `descending`.
    public func argsorted(axis: Int = -1, descending: Bool = false) -> Indices {
        alongRows(axis, "argsorted") { $0.array.argsortedRows(descending: descending) }
    }

    /// The `k` largest elements of each row along `axis` in falling order, and their places; of equal ones those that stand
    /// first. Traps unless `k` is within `0 ... size of the axis`.
    public func topK(_ k: Int, axis: Int = -1) -> (values: Tensor, indices: Indices) {
        let axis = normalized(axis: axis, in: "topK")
        require(k >= 0 && k <= shape[axis], "topK", "axis \(axis) of \(shape) has no \(k) elements")
        if axis == rank - 1 {
            let (values, places) = array.firstOfRows(k, descending: true)
            return (Tensor(values), places)
        }
        let (values, places) = movedAxis(axis, to: -1).array.firstOfRows(k, descending: true)
        return (Tensor(values).movedAxis(-1, to: axis), places.movedAxis(-1, to: axis))
    }
}

extension Indices {
    /// ``Tensor/sorted(axis:descending:)`` of integers.
    public func sorted(axis: Int = -1, descending: Bool = false) -> Indices {
        alongRows(axis, "sorted") { Indices($0.array.sortedRows(descending: descending)) }
    }

    /// ``Tensor/argsorted(axis:descending:)`` of integers.
    public func argsorted(axis: Int = -1, descending: Bool = false) -> Indices {
        alongRows(axis, "argsorted") { $0.array.argsortedRows(descending: descending) }
    }
}

extension Value {
    /// ``Tensor/sorted(axis:descending:)``, with its gradient.
    public func sorted(axis: Int = -1, descending: Bool = false) -> Value {
        let x = tensor
        return Value.recorded(x.sorted(axis: axis, descending: descending), from: [self]) { dy, dx in
            let places = x.argsorted(axis: axis, descending: descending)
            dx.add(Tensor.zeros(x.shape).settingAlong(dy, at: places, axis: axis), to: 0)
        }
    }

    /// ``Tensor/topK(_:axis:)``, with the gradient of the values.
    public func topK(_ k: Int, axis: Int = -1) -> (values: Value, indices: Indices) {
        let (values, places) = tensor.topK(k, axis: axis)
        let shape = shape
        let recorded = Value.recorded(values, from: [self]) { dy, dx in
            dx.add(Tensor.zeros(shape).settingAlong(dy, at: places, axis: axis), to: 0)
        }
        return (recorded, places)
    }
}

extension Shaped {
    /// What `body` makes of the array with `axis` as its last one, with that axis put back.
    fileprivate func alongRows<Result: Shaped>(
        _ axis: Int, _ operation: StaticString, _ body: (Self) -> Result
    ) -> Result {
        let axis = normalized(axis: axis, in: operation)
        if axis == shape.count - 1 { return body(self) }
        return body(movedAxis(axis, to: -1)).movedAxis(-1, to: axis)
    }
}
