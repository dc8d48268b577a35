import HornetSupport

extension Tensor {
    /// The element in the middle, or the mean of the two in the middle; NaN when any is. Traps when there are none.
    public func median() -> Float { reshaped([count]).median(axis: 0).scalar }

    /// Medians along an axis, which vanishes, or stays with size 1; see ``median()``.
    public func median(axis: Int, keepingAxes: Bool = false) -> Tensor {
        quantile("median", QuantilePlace.init(middleOf:), axis: axis, keepingAxes: keepingAxes)
    }

    /// The element below which the fraction `q` of the others lies, interpolated linearly between neighbours: place
    /// `q·(n − 1)` of the sorted elements, as NumPy's `quantile` by default. NaN when any element is. Traps when there are
    /// none, or when `q` is not within 0 ... 1.
    public func quantile(_ q: Float) -> Float { reshaped([count]).quantile(q, axis: 0).scalar }

    /// Quantiles along an axis, which vanishes, or stays with size 1; see ``quantile(_:)``.
    public func quantile(_ q: Float, axis: Int, keepingAxes: Bool = false) -> Tensor {
        quantile("quantile", { QuantilePlace(q, of: $0) }, axis: axis, keepingAxes: keepingAxes)
    }

    private func quantile(
        _ name: StaticString, _ place: (Int) -> QuantilePlace, axis: Int, keepingAxes: Bool
    ) -> Tensor {
        let axis = normalized(axis: axis, in: name)
        let place = place(shape[axis])
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
        let y = tensor.median(axis: axis, keepingAxes: keepingAxes)
        return quantile(y, QuantilePlace.init(middleOf:), axis: axis)
    }

    /// ``Tensor/quantile(_:axis:keepingAxes:)``. The gradient goes to the two elements that were interpolated, by their
    /// weights; of equal ones to the first.
    public func quantile(_ q: Float, axis: Int, keepingAxes: Bool = false) -> Value {
        let y = tensor.quantile(q, axis: axis, keepingAxes: keepingAxes)
        return quantile(y, { QuantilePlace(q, of: $0) }, axis: axis)
    }

    private func quantile(_ y: Tensor, _ place: @escaping (Int) -> QuantilePlace, axis: Int) -> Value {
        let x = tensor
        return Value.recorded(y, from: [self]) { dy, dx in
            let axis = x.normalized(axis: axis, in: "quantile")
            let place = place(x.shape[axis])
            let span = AxisSpan(shape: x.shape, axes: axis..<axis + 1)
            var gradient = Tensor.zeros(x.shape)
            gradient.write { gradient in
                reading(x, dy) { x, dy in
                    for line in 0..<span.outer * span.inner {
                        let start = line / span.inner * span.length * span.inner + line % span.inner
                        let order = (0..<span.length).sorted {
                            (x[start + $0 * span.inner], $0) < (x[start + $1 * span.inner], $1)
                        }
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
    /// Whether it is the mean of the two, which also is a number when one of them is infinite.
    private let isMean: Bool

    init(_ q: Float, of count: Int) {
        require(q >= 0 && q <= 1, "quantile", "\(q) is not within 0 ... 1")
        require(count > 0, "quantile", "there are no elements")
        let place = q * Float(count - 1)
        lower = Swift.min(Int(place), count - 1)
        upper = Swift.min(lower + 1, count - 1)
        fraction = place - Float(lower)
        isMean = false
    }

    init(middleOf count: Int) {
        require(count > 0, "median", "there are no elements")
        lower = (count - 1) / 2
        upper = count / 2
        fraction = upper > lower ? 0.5 : 0
        isMean = true
    }

    /// The quantile of `line`, whose elements change places.
    func value(reordering line: UnsafeMutableBufferPointer<Float>) -> Float {
        if line.contains(where: \.isNaN) { return .nan }
        let low = QuantilePlace.select(line, lower)
        // Whatever lies behind is not smaller.
        let high = upper > lower ? line[upper...].min()! : low
        if isMean { return upper > lower ? (low + high) / 2 : low }
        // From the nearer end, as NumPy does.
        return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
    }

    /// The element that belongs to `place` in sorted order, which is brought there, with none smaller behind it.
    ///
    /// Elements below a pivot are gathered at the front, with a swap each time, needed or not, since a jump that nobody can
    /// foresee costs more than that. Where there are none, those that are equal to the pivot are.
    private static func select(_ line: UnsafeMutableBufferPointer<Float>, _ place: Int) -> Float {
        var (start, end) = (0, line.count)
        while end - start > 1 {
            let (a, b, c) = (line[start], line[(start + end) / 2], line[end - 1])
            let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
            let below = gather(line, start, end) { $0 < pivot }
            if place < below {
                end = below
            } else if below > start {
                start = below
            } else {
                start = gather(line, start, end) { $0 <= pivot }
                if place < start { return pivot }
            }
        }
        return line[place]
    }

    /// Brings the elements that pass to the front of `start ..< end`, and tells where they end.
    @inline(__always)
    private static func gather(
        _ line: UnsafeMutableBufferPointer<Float>, _ start: Int, _ end: Int, _ passes: (Float) -> Bool
    ) -> Int {
        let line = line.baseAddress!
        var front = start
        for i in start..<end {
            let element = line[i]
            line[i] = line[front]
            line[front] = element
            front += passes(element) ? 1 : 0
        }
        return front
    }
}
