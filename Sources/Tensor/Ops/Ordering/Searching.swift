import HornetSupport

/// Where equal elements put a place that is searched for.
public enum SearchSide: Sendable {
    /// Before them.
    case left
    /// Behind them.
    case right
}

extension Tensor {
    /// Where `values` would be inserted into this vector, which is in rising order, so that it stays so: shape of `values`.
    /// NaN counts as the largest. Traps unless this is a vector. NumPy's `searchsorted`.
    public func searchSorted(_ values: Tensor, side: SearchSide = .left) -> Indices {
        require(rank == 1, "searchSorted", "a vector is needed, this has the shape \(shape)")
        var result = Indices(uninitialized: values.shape)
        let (size, count) = (self.count, values.count)
        result.write { places in
            reading(self, values) { x, values in
                Parallel.forEachRange(of: count, by: 1 << 12, if: count > 1 << 13) { range in
                    for i in range {
                        let key = values[i].canonical.orderKey(descending: false)
                        // Halves without branches: `first` is moved on, or not.
                        var (first, rest) = (0, size)
                        while rest > 0 {
                            let half = rest / 2
                            let other = x[first + half].canonical.orderKey(descending: false)
                            let isBefore = side == .left ? other < key : other <= key
                            first += isBefore ? half + 1 : 0
                            rest = isBefore ? rest - half - 1 : half
                        }
                        places[i] = Int32(first)
                    }
                }
            }
        }
        return result
    }

    /// The different elements in rising order, where each element stands among them (of this shape), and how often each
    /// occurs. All NaN count as one, and −0 as 0. NumPy's `unique`.
    public func unique() -> (values: Tensor, inverse: Indices, counts: Indices) {
        let groups = array.groups()
        return (Tensor(groups.values), groups.inverse, groups.counts)
    }
}

extension Indices {
    /// ``Tensor/unique()`` of integers.
    public func unique() -> (values: Indices, inverse: Indices, counts: Indices) {
        let groups = array.groups()
        return (Indices(groups.values), groups.inverse, groups.counts)
    }
}

extension NDArray where Element: OrderedElement {
    /// Equal elements together, in rising order.
    fileprivate func groups() -> (values: NDArray, inverse: Indices, counts: Indices) {
        let order = reshaped([count]).argsortedRows(descending: false)
        var inverse = Indices(uninitialized: shape)
        var (values, counts): ([Element], [Int32]) = ([], [])
        var last: UInt32 = 0
        inverse.write { inverse in
            reading(self, order) { x, order in
                for i in 0..<count {
                    let place = Int(order[i])
                    let key = x[place].canonical.orderKey(descending: false)
                    if counts.isEmpty || key != last {
                        values.append(x[place].canonical)
                        counts.append(0)
                    }
                    last = key
                    counts[counts.count - 1] += 1
                    inverse[place] = Int32(counts.count - 1)
                }
            }
        }
        return (NDArray(values, shape: [values.count]), inverse, Indices(counts))
    }
}
