import CHornetKernels

/// Copies elements of four bytes between two arrays that are walked in steps of their own along each axis.
///
/// Axes are ordered by the steps of the target, and those that continue each other are taken as one. What is left is
/// done in runs of memory, in transposed blocks, or, where neither side allows that, one by one.
struct StridedCopy {
    private struct Axis {
        var size, from, to: Int
    }

    private var axes: [Axis] = []
    private var isEmpty = false

    /// `target[Σ iₐ·to[a]] = source[Σ iₐ·from[a]]` for all `0 ≤ iₐ < sizes[a]`; no place of the target is met twice.
    init(sizes: [Int], from: [Int], to: [Int]) {
        for axis in sizes.indices where sizes[axis] != 1 {
            isEmpty = isEmpty || sizes[axis] == 0
            axes.append(Axis(size: sizes[axis], from: from[axis], to: to[axis]))
        }
        guard !isEmpty, axes.count > 1 else { return }
        var merged: [Axis] = []
        for axis in axes.sorted(by: { $0.to.magnitude > $1.to.magnitude }) {
            if let outer = merged.last, outer.from == axis.from * axis.size, outer.to == axis.to * axis.size {
                merged[merged.count - 1] = Axis(size: outer.size * axis.size, from: axis.from, to: axis.to)
            } else {
                merged.append(axis)
            }
        }
        axes = merged
    }

    /// On all threads where there is enough to copy.
    func run(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        guard !isEmpty else { return }
        guard let first = axes.first else { return target.pointee = source.pointee }
        let count = axes.reduce(1) { $0 * $1.size }
        guard count >= 1 << 16 else { return StridedCopy.copy(axes, source, target) }
        Parallel.forEachRange(of: first.size, by: Swift.max(1, (first.size << 15) / count)) { range in
            var part = axes
            part[0].size = range.count
            StridedCopy.copy(part, source + range.lowerBound * first.from, target + range.lowerBound * first.to)
        }
    }

    private static func copy(_ axes: [Axis], _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        var outer = axes
        let last = outer.removeLast()
        if last.to == 1, last.from != 1, let place = outer.lastIndex(where: { $0.from == 1 && $0.size > 3 }) {
            let row = outer.remove(at: place)
            return forEach(outer[...], source, target) {
                hornet_transpose($0, last.from, $1, row.to, last.size, row.size)
            }
        }
        let rows = outer.popLast() ?? Axis(size: 1, from: 0, to: 0)
        forEach(outer[...], source, target) { source, target in
            for r in 0..<rows.size { line(last, source + r * rows.from, target + r * rows.to) }
        }
    }

    private static func forEach(
        _ axes: ArraySlice<Axis>, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>,
        _ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) {
        guard let axis = axes.first else { return body(source, target) }
        for i in 0..<axis.size { forEach(axes.dropFirst(), source + i * axis.from, target + i * axis.to, body) }
    }

    @inline(__always)
    private static func line(_ axis: Axis, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        // A call costs more than a few elements.
        if axis.from == 1 && axis.to == 1 && axis.size >= 16 {
            target.update(from: source, count: axis.size)
        } else if axis.from == 0 && axis.to == 1 {
            target.update(repeating: source.pointee, count: axis.size)
        } else {
            for i in 0..<axis.size { target[i * axis.to] = source[i * axis.from] }
        }
    }
}
