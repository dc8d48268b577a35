#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Hornet
import Workload

/// An array operation under the name that NumPy's side gives it, too.
struct Operation {
    let name: String
    /// Seconds of one call, the median of several stretches of 3 milliseconds or more, and the sum of the result.
    let measure: () -> (time: Double, sum: Double)

    /// `prepare` makes the operands and gives what is to be timed.
    init(_ name: String, _ prepare: @escaping () -> () -> Tensor) {
        self.name = name
        measure = {
            Operation.measure(prepare()) { $0.scalars.reduce(0) { $0 + ($1.isFinite ? Double($1) : 0) } }
        }
    }

    /// The same for what gives one number.
    init(number name: String, _ prepare: @escaping () -> () -> Float) {
        self.name = name
        measure = { Operation.measure(prepare()) { Double($0) } }
    }

    private static func measure<R>(_ work: () -> R, _ sum: (R) -> Double) -> (time: Double, sum: Double) {
        var result = work()
        let once = min(seconds { result = work() }, seconds { result = work() })
        let repeats = max(1, Int(3e-3 / max(once, 1e-9)))
        var times: [Double] = []
        for _ in 0..<7 {
            times.append(seconds { for _ in 0..<repeats { result = work() } } / Double(repeats))
        }
        times.sort()
        return (times[times.count / 2], sum(result))
    }
}

/// Numbers that both sides make: `low + (high − low)·k/1024` with k = 389·i mod 1025 for element i.
func numbers(_ shape: [Int], _ low: Float = -2, _ high: Float = 2) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { low + (high - low) * (Float($0 * 389 % 1025) / 1024) }, shape: shape)
}

/// Numbers of `[0, 1)` in no order, nearly all different, that both sides make: the fractions of `i·0.6180339885` in
/// multiples of 2⁻²⁴.
func scattered(_ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { Float((UInt64($0) * 2_654_435_761) >> 8 & 0xFF_FFFF) * 0x1p-24 }, shape: shape)
}

/// Shapes as they stand in the names of operations.
func shown(_ shapes: [[Int]]) -> String {
    shapes.map { "(" + $0.map(String.init).joined(separator: ",") + ")" }.joined(separator: " ")
}

/// Writes what was printed now, not when the buffer is full.
func flushOutput() { fflush(nil) }
