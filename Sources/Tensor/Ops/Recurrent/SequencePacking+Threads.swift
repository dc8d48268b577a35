import CHornetKernels

/// Work on the groups of a batch, at the same time.
extension SequencePacking {
    /// Runs `body` on the number of each group. A thread gets the same groups each time, so that it finds in its cache
    /// what it left there; the long ones, which come first, are dealt out to and fro.
    func forEachGroup(_ body: (Int) -> Void) {
        let threads = Swift.max(1, Swift.min(Parallel.threadCount, groups.count))
        Parallel.forEach(threads) { thread in
            for number in groups.indices {
                let (round, place) = number.quotientAndRemainder(dividingBy: threads)
                if (round % 2 == 0 ? place : threads - 1 - place) == thread { body(number) }
            }
        }
    }

    /// The sum over all groups of what `add` adds to zeros for a group's rows. The order of the sum follows the groups
    /// alone.
    func summed(
        _ shape: [Int], _ add: (_ rows: Range<Int>, _ sum: UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        summed(shape) { number, sum in add(groups[number].rows, sum) }
    }

    func summed(_ shape: [Int], _ add: (_ group: Int, _ sum: UnsafeMutablePointer<Float>) -> Void) -> Tensor {
        guard groups.count > 0 else { return .zeros(shape) }
        let size = shape.reduce(1, *)
        let parts = Rows(count: groups.count, width: size)
        forEachGroup { number in
            parts[number].update(repeating: 0, count: size)
            add(number, parts[number])
        }
        let block = 4096
        Parallel.forEachRange(of: size, by: block, if: size * groups.count > 1 << 16) { elements in
            for number in groups.indices.dropFirst() {
                let (sum, part) = (parts[0] + elements.lowerBound, parts[number] + elements.lowerBound)
                hornet_add(sum, part, sum, elements.count)
            }
        }
        return parts.prefix(1).reshaped(shape)
    }

    /// The sum of all packed rows of `x`.
    func columnSums(_ x: Rows) -> Tensor {
        summed([x.width]) { (rows: Range<Int>, sum) in hornet_column_sums(x[rows.lowerBound], sum, rows.count, x.width) }
    }
}
