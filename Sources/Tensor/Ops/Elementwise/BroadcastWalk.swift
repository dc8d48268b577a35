import CHornetKernels
import HornetSupport

/// How an elementwise operation goes through operands of different shapes without spreading any of them out.
///
/// Every operand gets a distance to step for each axis of the result, 0 where it repeats. Axes along which all operands go
/// on as they began are merged: `[m, n] + [n]` is m rows of n, `[a, b, c] + [c]` is a·b rows of c, and tensors of one
/// shape are a single row. Then an operand's distance along the last axis is 1 or 0, which is what the kernels take.
struct BroadcastWalk {
    /// Sizes of the merged axes of the result and each operand's step along them, innermost first.
    private var sizes: [Int] = []
    private var steps: [SIMD4<Int>] = []
    private let count: Int

    /// Up to four operands, whose shapes broadcast to `shape`.
    init(to shape: [Int], _ operands: [Int]...) {
        count = shape.reduce(1, *)
        var runs = SIMD4<Int>(repeating: 1)
        for (back, size) in shape.reversed().enumerated() {
            var step = SIMD4<Int>()
            for (number, operand) in operands.enumerated() where back < operand.count {
                let own = operand[operand.count - 1 - back]
                step[number] = own == 1 ? 0 : runs[number]
                runs[number] *= own
            }
            if size == 1 { continue }
            if let last = steps.last, step == last &* SIMD4(repeating: sizes[sizes.count - 1]) {
                sizes[sizes.count - 1] *= size
            } else {
                sizes.append(size)
                steps.append(step)
            }
        }
        if sizes.isEmpty {
            sizes = [1]
            steps = [SIMD4(repeating: 1)]
        }
    }

    /// For operands `a` and `b`, and a third one `c`.
    var strides: hornet_strides {
        let (step, row) = (steps[0], steps.count > 1 ? steps[1] : SIMD4())
        return hornet_strides(
            a_row: row.x, b_row: row.y, c_row: row.z, a_step: Int32(step.x), b_step: Int32(step.y), c_step: Int32(step.z))
    }

    /// Runs `body` on blocks of the result, on all threads where there is much to do: where each operand and the result
    /// start, and the block's rows and columns.
    func forEachBlock(_ body: (SIMD4<Int>, Int, Int, Int) -> Void) {
        guard count > 0 else { return }
        let columns = sizes[0]
        let rows = sizes.count > 1 ? sizes[1] : 1
        guard sizes.count > 1 else {
            Tensor.forEachPiece(of: columns) {
                body(steps[0] &* SIMD4(repeating: $0.lowerBound), $0.lowerBound, 1, $0.count)
            }
            return
        }
        let lines = count / columns
        let size = Swift.max(1, Tensor.pieceSize / columns)
        Parallel.forEachRange(of: lines, by: size, if: Tensor.isWorthThreads(count)) { range in
            var line = range.lowerBound
            while line < range.upperBound {
                let row = line % rows
                let taken = Swift.min(rows - row, range.upperBound - line)
                body(steps[1] &* SIMD4(repeating: row) &+ offset(of: line / rows), line * columns, taken, columns)
                line += taken
            }
        }
    }

    /// Where the operands start in block number `block` of rows.
    private func offset(of block: Int) -> SIMD4<Int> {
        var (rest, result) = (block, SIMD4<Int>())
        for axis in sizes.indices.dropFirst(2) {
            result &+= steps[axis] &* SIMD4(repeating: rest % sizes[axis])
            rest /= sizes[axis]
        }
        return result
    }
}

extension Tensor {
    /// `operation` on each two elements, broadcasting.
    static func combined(_ operation: hornet_operation, _ name: StaticString, _ a: Tensor, _ b: Tensor) -> Tensor {
        if a.shape == b.shape {
            return Tensor(a.shape) { y in
                reading(a, b) { combine(operation, $0, $1, into: y, a.count, aStep: 1, bStep: 1) }
            }
        }
        // What has one element and no more axes than the other.
        if b.count == 1 && b.rank <= a.rank { return combined(operation, a, b.scalar) }
        if a.count == 1 && a.rank <= b.rank { return combined(operation, a.scalar, b) }
        var result = Tensor(uninitialized: broadcastShape(a.shape, b.shape, name))
        let walk = BroadcastWalk(to: result.shape, a.shape, b.shape)
        var strides = walk.strides
        result.write { y in
            reading(a, b) { a, b in
                walk.forEachBlock { start, at, rows, columns in
                    hornet_combine(operation, a + start.x, b + start.y, y + at, rows, columns, &strides)
                }
            }
        }
        return result
    }

    /// The same with one number.
    static func combined(_ operation: hornet_operation, _ a: Tensor, _ b: Float) -> Tensor {
        var result = Tensor(uninitialized: a.shape)
        withUnsafePointer(to: b) { b in
            a.read { a in
                let count = result.count
                result.write { combine(operation, a, b, into: $0, count, aStep: 1, bStep: 0) }
            }
        }
        return result
    }

    static func combined(_ operation: hornet_operation, _ a: Float, _ b: Tensor) -> Tensor {
        var result = Tensor(uninitialized: b.shape)
        withUnsafePointer(to: a) { a in
            b.read { b in
                let count = result.count
                result.write { combine(operation, a, b, into: $0, count, aStep: 0, bStep: 1) }
            }
        }
        return result
    }

    private static func combine(
        _ operation: hornet_operation, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, _ count: Int, aStep: Int, bStep: Int
    ) {
        let strides = hornet_strides(
            a_row: 0, b_row: 0, c_row: 0, a_step: Int32(aStep), b_step: Int32(bStep), c_step: 0)
        withUnsafePointer(to: strides) { strides in
            forEachPiece(of: count) {
                let start = $0.lowerBound
                hornet_combine(operation, a + start * aStep, b + start * bStep, y + start, 1, $0.count, strides)
            }
        }
    }

    /// `self[i] = operation(self[i], other[i])`; `other` broadcasts to this shape.
    mutating func combine(_ operation: hornet_operation, _ name: StaticString, with other: Tensor) {
        if other.count == 1 && other.rank <= rank { return combine(operation, with: other.scalar) }
        require(
            Tensor.broadcastShape(shape, other.shape) == shape, name, "\(other.shape) does not broadcast to \(shape)")
        let walk = BroadcastWalk(to: shape, shape, other.shape)
        var strides = walk.strides
        write { y in
            other.read { b in
                walk.forEachBlock { start, at, rows, columns in
                    hornet_combine(operation, y + at, b + start.y, y + at, rows, columns, &strides)
                }
            }
        }
    }

    mutating func combine(_ operation: hornet_operation, with number: Float) {
        let count = count
        withUnsafePointer(to: number) { number in
            write { Tensor.combine(operation, $0, number, into: $0, count, aStep: 1, bStep: 0) }
        }
    }

    /// The shape of an elementwise operation; traps when there is none.
    static func broadcastShape(_ a: [Int], _ b: [Int], _ name: StaticString) -> [Int] {
        guard let shape = broadcastShape(a, b) else { trap(name, "the shapes \(a) and \(b) do not broadcast") }
        return shape
    }
}
