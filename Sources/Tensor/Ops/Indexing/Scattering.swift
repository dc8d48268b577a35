import HornetSupport

/// Writing to entries by their indices. Indices may be negative, and name an entry repeatedly: then the last value stays, or
/// all are added, in their order.
extension Tensor {
    /// A copy with `values` at the entries `indices` of an axis, the reverse of ``gathered(_:axis:)``: `values` broadcast to
    /// what that gives. Of an entry named repeatedly the last value stays.
    public func setting(_ values: Tensor, at indices: Indices, axis: Int) -> Tensor {
        scattered(values, indices, axis, "setting") { $0 = $1 }
    }

    /// A copy with `values` added to the entries `indices` of an axis, as often as each is named. NumPy's `add.at`.
    public func adding(_ values: Tensor, at indices: Indices, axis: Int) -> Tensor {
        scattered(values, indices, axis, "adding") { $0 += $1 }
    }

    /// A copy with an element for each index in its own place in the other axes, the reverse of ``takenAlong(_:axis:)``.
    /// `values` and `indices` broadcast. NumPy's `put_along_axis`.
    public func settingAlong(_ values: Tensor, at indices: Indices, axis: Int) -> Tensor {
        scatteredAlong(values, indices, axis, "settingAlong") { $0 = $1 }
    }

    /// The same with the values added.
    public func addingAlong(_ values: Tensor, at indices: Indices, axis: Int) -> Tensor {
        scatteredAlong(values, indices, axis, "addingAlong") { $0 += $1 }
    }

    @inline(__always)
    private func scattered(
        _ values: Tensor, _ indices: Indices, _ axis: Int, _ operation: StaticString, _ update: (inout Float, Float) -> Void
    ) -> Tensor {
        let axis = normalized(axis: axis, in: operation)
        let part = shape[..<axis] + indices.shape + shape[(axis + 1)...]
        require(
            Tensor.broadcastShape(Array(part), values.shape) == Array(part), operation,
            "values of the shape \(values.shape) do not fill the shape \(part)")
        let blocks = AxisSpan(shape: shape, axes: axis..<axis + 1)
        let places = indices.places(within: blocks.length, operation)
        let count = indices.count
        var result = self
        result.write { target in
            reading(values.broadcast(to: Array(part)), places) { values, places in
                for row in 0..<blocks.outer * count {
                    let entry = row / count * blocks.length + Int(places[row % count])
                    let (to, from) = (target + entry * blocks.inner, values + row * blocks.inner)
                    for i in 0..<blocks.inner { update(&to[i], from[i]) }
                }
            }
        }
        return result
    }

    @inline(__always)
    private func scatteredAlong(
        _ values: Tensor, _ indices: Indices, _ axis: Int, _ operation: StaticString,
        _ update: (inout Float, Float) -> Void
    ) -> Tensor {
        let axis = normalized(axis: axis, in: operation)
        require(
            indices.rank == rank, operation, "indices of the shape \(indices.shape) have other axes than \(shape)")
        var part = shape
        part[axis] = indices.shape[axis]
        require(
            Tensor.broadcastShape(part, indices.shape) == part && Tensor.broadcastShape(part, values.shape) == part,
            operation, "values \(values.shape) and indices \(indices.shape) do not fill the shape \(part)")
        let blocks = AxisSpan(shape: shape, axes: axis..<axis + 1)
        let places = indices.places(within: blocks.length, operation).spread(to: part)
        let count = part[axis]
        var result = self
        result.write { target in
            reading(values.broadcast(to: part), places) { values, places in
                for row in 0..<blocks.outer * count {
                    let to = target + row / count * blocks.length * blocks.inner
                    for i in 0..<blocks.inner {
                        let place = row * blocks.inner + i
                        update(&to[Int(places[place]) * blocks.inner + i], values[place])
                    }
                }
            }
        }
        return result
    }

    /// 1 for each index that is the last to name its entry, else 0.
    fileprivate static func lastMentions(_ indices: Indices, within size: Int) -> Tensor {
        let places = indices.places(within: size, "setting").ids
        var last: [Int32: Int] = [:]
        for (number, place) in places.enumerated() { last[place] = number }
        return Tensor(places.enumerated().map { last[$1] == $0 ? 1 : 0 }, shape: indices.shape)
    }
}

extension Value {
    /// ``Tensor/setting(_:at:axis:)``: the gradient of what was written over is 0.
    public func setting(_ values: Value, at indices: Indices, axis: Int) -> Value {
        let (x, new) = (tensor, values.tensor)
        return Value.recorded(x.setting(new, at: indices, axis: axis), from: [self, values]) { dy, dx in
            dx.add(dy.setting(0, at: indices, axis: axis), to: 0)
            let place = dy.normalized(axis: axis, in: "setting")
            let behind = [Int](repeating: 1, count: dy.rank - place - 1)
            let isLast = Tensor.lastMentions(indices, within: dy.shape[place]).reshaped(indices.shape + behind)
            dx.add((dy.gathered(indices, axis: axis) * isLast).summed(to: new.shape), to: 1)
        }
    }

    /// ``Tensor/adding(_:at:axis:)``, with its gradient.
    public func adding(_ values: Value, at indices: Indices, axis: Int) -> Value {
        let new = values.tensor
        return Value.recorded(tensor.adding(new, at: indices, axis: axis), from: [self, values]) { dy, dx in
            dx.add(dy, to: 0)
            dx.add(dy.gathered(indices, axis: axis).summed(to: new.shape), to: 1)
        }
    }
}
