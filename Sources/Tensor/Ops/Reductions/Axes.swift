import CHornetKernels
import HornetSupport

/// What reductions over axes share.
extension Tensor {
    /// Each of `axes` counted from the front, ascending. Traps on one that is not there or is named twice.
    func normalized(axes: [Int], in operation: StaticString) -> [Int] {
        let sorted = axes.map { normalized(axis: $0, in: operation) }.sorted()
        for (axis, next) in zip(sorted, sorted.dropFirst()) {
            require(axis != next, operation, "an axis is named twice in \(axes)")
        }
        return sorted
    }

    /// The shape that is left when `axes` (normalized) are reduced: they vanish, or stay with size 1.
    func shape(reducing axes: [Int], keepingAxes: Bool) -> [Int] {
        var result = shape
        for axis in axes.reversed() {
            if keepingAxes { result[axis] = 1 } else { result.remove(at: axis) }
        }
        return result
    }

    /// How many elements each element of a reduction comes from.
    func elementCount(along axes: [Int], in operation: StaticString) -> Int {
        normalized(axes: axes, in: operation).reduce(1) { $0 * shape[$1] }
    }

    /// `reduction` over `axes`: neighbours at once, from the last to the first.
    func reduced(
        _ reduction: hornet_reduction, _ name: StaticString, axes: [Int], keepingAxes: Bool
    ) -> Tensor {
        let axes = normalized(axes: axes, in: name)
        var (result, reduction) = (self, reduction)
        var end = axes.count
        while end > 0 {
            var start = end - 1
            while start > 0 && axes[start - 1] == axes[start] - 1 { start -= 1 }
            let span = AxisSpan(shape: result.shape, axes: axes[start]..<axes[end - 1] + 1)
            var kept = result.shape
            for axis in axes[start..<end] { kept[axis] = 1 }
            result = result.reduced(reduction, name, over: span, to: kept)
            // What was counted is added up.
            if reduction == HORNET_NONZERO { reduction = HORNET_SUM }
            end = start
        }
        return keepingAxes ? result : result.reshaped(shape(reducing: axes, keepingAxes: false))
    }

    private func reduced(
        _ reduction: hornet_reduction, _ name: StaticString, over span: AxisSpan, to shape: [Int]
    ) -> Tensor {
        var result = Tensor(uninitialized: shape)
        if result.count == 0 { return result }
        if reduction == HORNET_MAX || reduction == HORNET_MIN {
            require(span.length > 0, name, "the shape \(self.shape) has no elements there")
        }
        read { x in
            result.write { y in
                guard span.inner > 1 else {
                    return span.forEachOuter { outer in
                        for i in outer { y[i] = Tensor.reduced(reduction, x + i * span.length, span.length) }
                    }
                }
                span.forEachColumns { outer, columns in
                    hornet_reduce_columns(
                        reduction, x + outer * span.length * span.inner + columns.lowerBound, span.inner,
                        y + outer * span.inner + columns.lowerBound, span.length, columns.count)
                }
            }
        }
        return result
    }

    /// `reduction` of elements that lie together.
    static func reduced(_ reduction: hornet_reduction, _ x: UnsafePointer<Float>, _ count: Int) -> Float {
        switch reduction {
        case HORNET_SUM: sum(x, count)
        case HORNET_PRODUCT: hornet_product(x, count)
        case HORNET_NONZERO: Float(hornet_count_nonzero(x, count))
        case HORNET_MAX: inPieces(x, count, hornet_max)
        default: inPieces(x, count, hornet_min)
        }
    }

    /// The extreme of many elements, on all threads: that of each piece's.
    private static func inPieces(
        _ x: UnsafePointer<Float>, _ count: Int, _ extreme: (UnsafePointer<Float>, Int) -> Float
    ) -> Float {
        guard isWorthThreads(count) else { return extreme(x, count) }
        let pieces = (count + pieceSize - 1) / pieceSize
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: pieces) { found in
            let found = found.baseAddress!
            Parallel.forEachRange(of: count, by: pieceSize) {
                found[$0.lowerBound / pieceSize] = extreme(x + $0.lowerBound, $0.count)
            }
            return extreme(found, pieces)
        }
    }

    /// Blocks are summed by the kernel in Float, and the blocks in Double, so that rounding does not grow with `count`.
    static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
        let block = 4096
        if count <= block { return hornet_sum(x, count) }
        return Float(
            sumInDouble(x, count) { x, count in
                var total = 0.0
                for start in stride(from: 0, to: count, by: block) {
                    total += Double(hornet_sum(x + start, Swift.min(block, count - start)))
                }
                return total
            })
    }

    /// The sum of what `partialSum` gives for each piece, on all threads where there are many; the pieces depend on `count`
    /// alone, and so does the order.
    static func sumInDouble(
        _ x: UnsafePointer<Float>, _ count: Int, _ partialSum: (UnsafePointer<Float>, Int) -> Double
    ) -> Double {
        let size = 2 * pieceSize
        if count <= size { return partialSum(x, count) }
        let pieces = (count + size - 1) / size
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: pieces) { sums in
            let sums = sums.baseAddress!
            Parallel.forEachRange(of: count, by: size, if: isWorthThreads(count)) {
                sums[$0.lowerBound / size] = partialSum(x + $0.lowerBound, $0.count)
            }
            var total = 0.0
            for index in 0..<pieces { total += sums[index] }
            return total
        }
    }
}

/// Neighbouring axes of a tensor, and how many elements lie before, along and behind them: `[outer, length, inner]`.
struct AxisSpan {
    let outer: Int
    let length: Int
    let inner: Int

    init(shape: [Int], axes: Range<Int>) {
        outer = shape[..<axes.lowerBound].reduce(1, *)
        length = shape[axes].reduce(1, *)
        inner = shape[axes.upperBound...].reduce(1, *)
    }

    /// Ranges of the outer index, on all threads where there is much to do.
    func forEachOuter(_ body: (Range<Int>) -> Void) {
        let each = Swift.max(1, length * inner)
        Parallel.forEachRange(
            of: outer, by: Swift.max(1, Tensor.pieceSize / each), if: Tensor.isWorthThreads(outer * each), body)
    }

    /// Each outer index with ranges of the inner one; a range is as many columns as a kernel takes at a time, or more.
    func forEachColumns(_ body: (Int, Range<Int>) -> Void) {
        if outer > 1 {
            return forEachOuter { for index in $0 { body(index, 0..<inner) } }
        }
        let block = 128
        let size = Swift.max(1, Tensor.pieceSize / (Swift.max(1, length) * block)) * block
        Parallel.forEachRange(of: inner, by: size, if: Tensor.isWorthThreads(length * inner)) { body(0, $0) }
    }
}
