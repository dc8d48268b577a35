import Benchmark
import CHornetKernels
import Workload

extension BenchmarkMetric {
    static let time = BenchmarkMetric.custom("Time (ns)", useScalingFactor: false)
    /// 1,000 MB/s are 1 GB/s. Every array that is read or written counts once.
    static let bandwidth = BenchmarkMetric.custom("MB/s", polarity: .prefersLarger, useScalingFactor: false)
    static let arithmetic = BenchmarkMetric.custom("MFLOP/s", polarity: .prefersLarger, useScalingFactor: false)
    static let twin = BenchmarkMetric.custom("Twin's time (%)", polarity: .prefersLarger, useScalingFactor: false)
    static let raw = BenchmarkMetric.custom("Over raw sgemm (%)", useScalingFactor: false)
}

extension Benchmark.Configuration {
    /// For benchmarks that report what they measured themselves; figures are shown whole, not in thousands.
    static func comparing(_ metrics: [BenchmarkMetric], maxIterations: Int = 100) -> Benchmark.Configuration {
        .init(
            metrics: metrics, units: Dictionary(uniqueKeysWithValues: metrics.map { ($0, .count) }),
            warmupIterations: 3, maxDuration: .seconds(1), maxIterations: maxIterations)
    }
}

/// Seconds of one call, from enough calls in a row to be measured.
struct Timing {
    private let repeats: Int
    private let work: () -> Void

    init(_ work: @escaping () -> Void) {
        self.work = work
        work()
        var once = seconds(work)
        once = min(once, seconds(work))
        repeats = max(1, Int(50e-6 / max(once, 1e-9)))
    }

    func measure() -> Double {
        seconds { for _ in 0..<repeats { work() } } / Double(repeats)
    }
}

/// A kernel beside its naive twin: time, bytes a second, and how the twin's time compares.
func kernelBenchmark(_ name: String, bytes: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
    guard let fast = hornet_kernel_table_for("public"), let naive = hornet_kernel_table_for("naive") else { return }
    var turns: (Timing, Timing)?
    Benchmark(name, configuration: .comparing([.time, .bandwidth, .twin])) { benchmark in
        if turns == nil { turns = (Timing { work(fast.pointee) }, Timing { work(naive.pointee) }) }
        let (time, twin) = (turns!.0.measure(), turns!.1.measure())
        benchmark.measurement(.time, Int(time * 1e9))
        benchmark.measurement(.bandwidth, Int(Double(bytes) / time / 1e6))
        benchmark.measurement(.twin, Int(twin / time * 100))
    }
}

/// Numbers that stay where they are.
final class Floats {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int

    /// `count` numbers around 1, so that nothing overflows, vanishes or divides by zero.
    init(_ count: Int) {
        self.count = count
        let base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
        pointer = base.bindMemory(to: Float.self, capacity: count)
        for index in 0..<count { pointer[index] = 0.5 + Float(index % 97) / 97 }
    }

    deinit { pointer.deallocate() }

    var elements: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

/// Ids that stay where they are.
final class Ids {
    let pointer: UnsafeMutablePointer<Int32>

    init(_ ids: [Int32]) {
        pointer = .allocate(capacity: ids.count)
        pointer.initialize(from: ids, count: ids.count)
    }

    /// Zeros.
    convenience init(_ count: Int) { self.init([Int32](repeating: 0, count: count)) }

    deinit { pointer.deallocate() }
}
