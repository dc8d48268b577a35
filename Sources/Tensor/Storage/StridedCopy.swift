import CHornetKernels

/// Copies elements of four bytes between two arrays that are walked in steps of their own along each axis.
///
/// Axes are ordered by the steps of the target, and those that continue each other are taken as one. What is left is done
/// in runs of memory, in transposed blocks, or, where neither side allows that, one by one.
enum StridedCopy {
    private struct Axis {
        var size, from, to: Int
    }

    /// Shorter axes are not worth a block, nor a loop of their own.
    private static let short = 8

    /// `target[Σ iₐ·to[a]] = source[Σ iₐ·from[a]]` for all `0 ≤ iₐ < sizes[a]`; no place of the target is met twice. On all
    /// threads where there is enough to copy.
    static func run(
        sizes: [Int], _ source: UnsafePointer<Float>, from: [Int], _ target: UnsafeMutablePointer<Float>, to: [Int]
    ) {
        // A list on the stack: most copies are so small that arrays would take longer.
        withUnsafeTemporaryAllocation(of: Axis.self, capacity: sizes.count + 1) { axes in
            var (count, total) = (0, 1)
            for axis in sizes.indices where sizes[axis] != 1 {
                total *= sizes[axis]
                var place = count
                while place > 0 && axes[place - 1].to.magnitude < to[axis].magnitude {
                    axes[place] = axes[place - 1]
                    place -= 1
                }
                axes[place] = Axis(size: sizes[axis], from: from[axis], to: to[axis])
                count += 1
            }
            guard total > 0 else { return }
            let merged = merge(axes, count)
            guard merged > 0 else { return target.pointee = source.pointee }
            copy(axes.baseAddress!, merged, total, source, target)
        }
    }

    /// Joins axes that continue each other, and says how many are left.
    private static func merge(_ axes: UnsafeMutableBufferPointer<Axis>, _ count: Int) -> Int {
        var merged = 0
        for i in 0..<count {
            let axis = axes[i]
            if merged > 0, axes[merged - 1].from == axis.from * axis.size, axes[merged - 1].to == axis.to * axis.size {
                axes[merged - 1] = Axis(size: axes[merged - 1].size * axis.size, from: axis.from, to: axis.to)
            } else {
                axes[merged] = axis
                merged += 1
            }
        }
        return merged
    }

    private static func copy(
        _ axes: UnsafeMutablePointer<Axis>, _ count: Int, _ total: Int, _ source: UnsafePointer<Float>,
        _ target: UnsafeMutablePointer<Float>
    ) {
        let isLarge = total >= 1 << 16
        if count == 1 {
            let axis = axes[0]
            guard isLarge else { return line(axis, source, target) }
            return Parallel.forEachRange(of: axis.size, by: 1 << 15) { range in
                let part = Axis(size: range.count, from: axis.from, to: axis.to)
                line(part, source + range.lowerBound * axis.from, target + range.lowerBound * axis.to)
            }
        }
        let last = axes[count - 1]
        var isPlane = false
        if last.to == 1 && last.from != 1 && last.size >= short {
            // The axis along which the source lies together becomes the other side of the blocks.
            for place in stride(from: count - 2, through: 0, by: -1) where axes[place].from == 1 && axes[place].size >= short {
                let axis = axes[place]
                for i in place..<count - 2 { axes[i] = axes[i + 1] }
                axes[count - 2] = axis
                isPlane = true
                break
            }
        } else if last.size < short && axes[count - 2].size > 2 * short && !isLarge {
            (axes[count - 2], axes[count - 1]) = (last, axes[count - 2])
        }
        // The threads share the longest of the axes that may be the outermost.
        var longest = 0
        for place in 0..<(isPlane ? Swift.max(count - 2, 1) : count - 1) where isLarge && axes[place].size > axes[longest].size {
            longest = place
        }
        let shared = axes[longest]
        for i in stride(from: longest, to: 0, by: -1) { axes[i] = axes[i - 1] }
        axes[0] = shared
        guard isLarge else { return walk(shared, axes + 1, count - 1, isPlane, source, target) }
        Parallel.forEachRange(of: shared.size, by: Swift.max(1, (shared.size << 15) / total)) { range in
            let part = Axis(size: range.count, from: shared.from, to: shared.to)
            walk(
                part, axes + 1, count - 1, isPlane, source + range.lowerBound * shared.from,
                target + range.lowerBound * shared.to)
        }
    }

    /// `first`, and under it the `count` axes of `rest`.
    private static func walk(
        _ first: Axis, _ rest: UnsafePointer<Axis>, _ count: Int, _ isPlane: Bool, _ source: UnsafePointer<Float>,
        _ target: UnsafeMutablePointer<Float>
    ) {
        if count == 1 {
            let last = rest.pointee
            if isPlane { return hornet_transpose(source, last.from, target, first.to, last.size, first.size) }
            for i in 0..<first.size { line(last, source + i * first.from, target + i * first.to) }
            return
        }
        for i in 0..<first.size {
            walk(rest.pointee, rest + 1, count - 1, isPlane, source + i * first.from, target + i * first.to)
        }
    }

    @inline(__always)
    private static func line(_ axis: Axis, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        let (count, from, to) = (axis.size, axis.from, axis.to)
        if to == 1 {
            if from == 1 {
                // A call costs more than a few elements.
                if count >= 16 {
                    target.update(from: source, count: count)
                } else {
                    for i in 0..<count { target[i] = source[i] }
                }
            } else if from == 0 {
                target.update(repeating: source.pointee, count: count)
            } else if from == -1 {
                let end = source - (count - 1)
                for i in 0..<count { target[i] = end[count - 1 - i] }
            } else {
                for i in 0..<count { target[i] = source[i &* from] }
            }
        } else if from == 1 {
            for i in 0..<count { target[i &* to] = source[i] }
        } else {
            for i in 0..<count { target[i &* to] = source[i &* from] }
        }
    }
}
