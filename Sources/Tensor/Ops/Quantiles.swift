import HornetSupport

extension Tensor {
    /// The element in the middle, or the mean of the two in the middle; NaN when any is. Traps when there are none.
    public func median() -> Float { quantile(0.5) }

    /// Medians along an axis, which vanishes, or stays with size 1; see ``median()``.
    public func median(axis: Int, keepingAxes: Bool = false) -> Tensor {
        quantile(0.5, axis: axis, keepingAxes: keepingAxes)
    }

    /// The element below which the fraction `q` of the others lies, interpolated linearly between neighbours: place
    /// `q·(n − 1)` of the sorted elements, as NumPy's `quantile` by default. NaN when any element is. Traps when there are
    /// none, or when `q` is not within 0 ... 1.
    public func quantile(_ q: Float) -> Float { reshaped([count]).quantile(q, axis: 0).scalar }

    /// Quantiles along an axis, which vanishes, or stays with size 1; see ``quantile(_:)``.
    public func quantile(_ q: Float, axis: Int, keepingAxes: Bool = false) -> Tensor {
        let axis = normalized(axis: axis, in: "quantile")
        let place = QuantilePlace(q, of: shape[axis])
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        var result = Tensor(uninitialized: shape(reducing: [axis], keepingAxes: keepingAxes))
        read { x in
            result.write { y in
                span.forEachOuter { outers in
                    withUnsafeTemporaryAllocation(of: Float.self, capacity: span.length) { line in
                        for outer in outers {
                            for column in 0..<span.inner {
                                let start = x + outer * span.length * span.inner + column
                                for i in 0..<span.length { line[i] = start[i * span.inner] }
                                y[outer * span.inner + column] = place.value(reordering: line)
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}

extension Value {
    /// ``Tensor/median(axis:keepingAxes:)``, with its gradient.
    public func median(axis: Int, keepingAxes: Bool = false) -> Value {
        quantile(0.5, axis: axis, keepingAxes: keepingAxes)
    }

    /// ``Tensor/quantile(_:axis:keepingAxes:)``. The gradient goes to the two elements that were interpolated, by their
    /// weights; of equal ones to the first.
    public func quantile(_ q: Float, axis: Int, keepingAxes: Bool = false) -> Value {
        let x = tensor
        return Value.recorded(x.quantile(q, axis: axis, keepingAxes: keepingAxes), from: [self]) { dy, dx in
            let axis = x.normalized(axis: axis, in: "quantile")
            let place = QuantilePlace(q, of: x.shape[axis])
            let span = AxisSpan(shape: x.shape, axes: axis..<axis + 1)
            var gradient = Tensor.zeros(x.shape)
            gradient.write { gradient in
                reading(x, dy) { x, dy in
                    for line in 0..<span.outer * span.inner {
                        let start = line / span.inner * span.length * span.inner + line % span.inner
                        let order = (0..<span.length).sorted { (x[start + $0 * span.inner], $0) < (x[start + $1 * span.inner], $1) }
                        gradient[start + order[place.lower] * span.inner] += dy[line] * (1 - place.fraction)
                        gradient[start + order[place.upper] * span.inner] += dy[line] * place.fraction
                    }
                }
            }
            dx.add(gradient, to: 0)
        }
    }
}

/// Between which two of the sorted elements a quantile lies.
private struct QuantilePlace {
    let lower: Int
    let upper: Int
    let fraction: Float

    init(_ q: Float, of count: Int) {
        require(q >= 0 && q <= 1, "quantile", "\(q) is not within 0 ... 1")
        require(count > 0, "quantile", "there are no elements")
        let place = q * Float(count - 1)
        lower = Swift.min(Int(place), count - 1)
        upper = Swift.min(lower + 1, count - 1)
        fraction = place - Float(lower)
    }

    /// The quantile of `line`, whose elements change places.
    func value(reordering line: UnsafeMutableBufferPointer<Float>) -> Float {
        if line.contains(where: \.isNaN) { return .nan }
        partition(line, around: lower)
        let low = line[lower]
        // Whatever lies behind is not smaller.
        let high = upper > lower ? line[upper...].min()! : low
        // From the nearer end, as NumPy does.
        return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
    }

    /// Hoare's selection: brings the element that belongs to `place` in sorted order there, smaller ones before it.
    private func partition(_ line: UnsafeMutableBufferPointer<Float>, around place: Int) {
        var (low, high) = (0, line.count - 1)
        while low < high {
            let pivot = line[(low + high) / 2]
            var (i, j) = (low, high)
            while i <= j {
                while line[i] < pivot { i += 1 }
                while line[j] > pivot { j -= 1 }
                if i <= j {
                    line.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if place <= j { high = j } else if place >= i { low = i } else { return }
        }
    }
}
