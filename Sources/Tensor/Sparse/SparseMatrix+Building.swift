import HornetSupport

extension SparseMatrix {
    /// A matrix whose `storedCount` columns and values `fill` writes, and the number of the stored value that each row
    /// begins with; the first of these is there.
    package init(
        rowCount: Int, columnCount: Int, storedCount: Int,
        fill: (
            _ starts: UnsafeMutablePointer<Int>, _ columns: UnsafeMutablePointer<Int32>,
            _ values: UnsafeMutablePointer<Float>
        ) -> Void
    ) {
        var starts = NDArray<Int>(uninitialized: [rowCount + 1])
        var columns = Indices(uninitialized: [storedCount])
        var values = Tensor(uninitialized: [storedCount])
        starts.withUnsafeMutableBufferPointer { starts in
            starts[0] = 0
            columns.write { columns in values.write { values in fill(starts.baseAddress!, columns, values) } }
        }
        self.init(rowCount: rowCount, columnCount: columnCount, starts: starts, columns: columns, values: values)
    }

    /// The same places with other values, one for each that is stored here.
    package func withValues(_ fill: (_ old: UnsafePointer<Float>, _ new: UnsafeMutablePointer<Float>) -> Void) -> SparseMatrix {
        let range = storedRange
        return SparseMatrix(rowCount: rowCount, columnCount: columnCount, storedCount: range.count) { starts, columns, values in
            read { ownStarts, ownColumns, ownValues in
                for row in 0...rowCount { starts[row] = ownStarts[row] - range.lowerBound }
                columns.update(from: ownColumns + range.lowerBound, count: range.count)
                fill(ownValues + range.lowerBound, values)
            }
        }
    }

    /// The elements of a matrix that are not 0.
    public init(_ dense: Tensor) {
        require(dense.rank == 2, "SparseMatrix", "the shape \(dense.shape) is no matrix")
        let (rows, width) = (dense.shape[0], dense.shape[1])
        self = dense.withUnsafeBufferPointer { dense in
            let count = dense.count { $0 != 0 }
            return SparseMatrix(rowCount: rows, columnCount: width, storedCount: count) { starts, columns, values in
                var next = 0
                for row in 0..<rows {
                    for column in 0..<width where dense[row * width + column] != 0 {
                        columns[next] = Int32(column)
                        values[next] = dense[row * width + column]
                        next += 1
                    }
                    starts[row + 1] = next
                }
            }
        }
    }

    /// A matrix with the share `density` of its elements, rounded to a whole number of them, at random places, drawn
    /// uniformly from `[0, 1)`. [SciPy: random](https://docs.scipy.org/doc/scipy/reference/generated/scipy.sparse.random.html)
    public static func random(
        _ rowCount: Int, _ columnCount: Int, density: Double = 0.01, using random: inout RandomSource
    ) -> SparseMatrix {
        require((0...1).contains(density), "SparseMatrix.random", "the density \(density) is not within 0...1")
        let all = rowCount * columnCount
        let count = Int((density * Double(all)).rounded(.toNearestOrEven))
        // Floyd's: each draw that is taken already gives its place to the newest number.
        var places = Set<Int>(minimumCapacity: count)
        for newest in all - count..<all {
            let place = random.integer(below: newest + 1)
            places.insert(places.contains(place) ? newest : place)
        }
        let draws = Tensor.uniform([count], using: &random)
        return SparseMatrix(rowCount: rowCount, columnCount: columnCount, storedCount: count) { starts, columns, values in
            for row in 0...rowCount { starts[row] = 0 }
            draws.read { values.update(from: $0, count: count) }
            for (k, place) in places.sorted().enumerated() {
                columns[k] = Int32(place % columnCount)
                starts[place / columnCount + 1] += 1
            }
            for row in 0..<rowCount { starts[row + 1] += starts[row] }
        }
    }

    /// The dense twin, shape `[rowCount, columnCount]`.
    public var dense: Tensor { dense(rows: 0..<rowCount) }

    /// The rows at `indices` as a dense tensor `[indices.count, columnCount]`.
    public func dense(rows indices: some Collection<Int>) -> Tensor {
        var result = Tensor.zeros([indices.count, columnCount])
        result.write { target in
            read { starts, columns, values in
                for (position, row) in indices.enumerated() {
                    require(row >= 0 && row < rowCount, "dense", "row \(row) is not within 0..<\(rowCount)")
                    for k in starts[row]..<starts[row + 1] { target[position * columnCount + Int(columns[k])] = values[k] }
                }
            }
        }
        return result
    }
}
