/// An array with a name for each axis: what `einsum` computes with. Names are numbers, and none stands twice.
struct LabeledArray<Array: Contractible> {
    private(set) var array: Array
    private(set) var labels: [Int]

    init(_ array: Array, _ labels: [Int]) { (self.array, self.labels) = (array, labels) }

    func size(of label: Int) -> Int { array.shape[labels.firstIndex(of: label)!] }

    /// Summed over the axes that are not in `kept`.
    func summed(keeping kept: [Int]) -> LabeledArray {
        let gone = labels.indices.filter { !kept.contains(labels[$0]) }
        if gone.isEmpty { return self }
        if gone.count == labels.count {
            return LabeledArray(array.flattened().sum(axes: [0], keepingAxes: false), [])
        }
        return LabeledArray(array.sum(axes: gone, keepingAxes: false), labels.filter(kept.contains))
    }

    /// The axes in the order of `order`, which names them all.
    func arranged(_ order: [Int]) -> Array {
        order == labels ? array : array.permuted(order.map { labels.firstIndex(of: $0)! })
    }

    /// The product of both, summed over the axes that are not in `kept`: one matrix product, batched by the axes that both
    /// sides have and that are kept. The order of the result's axes is the product's.
    func multiplied(_ other: LabeledArray, keeping kept: [Int]) -> LabeledArray {
        let left = summed(keeping: kept + other.labels)
        let right = other.summed(keeping: kept + labels)
        let (own, others) = (left.labels, right.labels)
        let batch = own.filter { others.contains($0) && kept.contains($0) }
        let rows = own.filter { !others.contains($0) }
        let columns = others.filter { !own.contains($0) }
        let inner = own.filter { others.contains($0) && !kept.contains($0) }
        // A result whose columns come first is the product the other way round.
        if let row = rows.first, let column = columns.first, let rowPlace = kept.firstIndex(of: row),
            let columnPlace = kept.firstIndex(of: column), columnPlace < rowPlace
        {
            return right.product(left, batch, columns, rows, inner)
        }
        return left.product(right, batch, rows, columns, inner)
    }

    private func product(
        _ right: LabeledArray, _ batch: [Int], _ rows: [Int], _ columns: [Int], _ inner: [Int]
    ) -> LabeledArray {
        if inner.isEmpty && (rows.isEmpty || columns.isEmpty) {
            let ones = [Int](repeating: 1, count: rows.count + columns.count)
            let (a, b) = (arranged(batch + rows), right.arranged(batch + columns))
            let shared = batch.count
            let full = a.shape.count >= b.shape.count ? rows : columns
            let product =
                rows.isEmpty && !columns.isEmpty
                ? a.reshaped(Swift.Array(a.shape[..<shared]) + ones) * b
                : a * b.reshaped(Swift.Array(b.shape[..<shared]) + ones)
            return LabeledArray(product, batch + full)
        }
        let isLeftTurned = labels != batch + rows + inner && labels == batch + inner + rows
        let isRightTurned = right.labels != batch + inner + columns && right.labels == batch + columns + inner
        let sizes = (batch: batch.map(size(of:)), rows: rows.map(size(of:)), columns: columns.map(right.size(of:)))
        let (m, n) = (sizes.rows.reduce(1, *), sizes.columns.reduce(1, *))
        let k = inner.map(size(of:)).reduce(1, *)
        let a = isLeftTurned ? array : arranged(batch + rows + inner)
        let b = isRightTurned ? right.array : right.arranged(batch + inner + columns)
        let product = a.reshaped(sizes.batch + (isLeftTurned ? [k, m] : [m, k])).matmul(
            b.reshaped(sizes.batch + (isRightTurned ? [n, k] : [k, n])), transposeLeft: isLeftTurned,
            transposeRight: isRightTurned)
        return LabeledArray(product.reshaped(sizes.batch + sizes.rows + sizes.columns), batch + rows + columns)
    }
}
