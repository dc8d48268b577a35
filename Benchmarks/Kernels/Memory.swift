import Benchmark
import CHornetKernels

/// What the machine's memory gives one thread: the measure for kernels that stream through arrays.
func memoryBenchmarks() {
    let count = 32 << 20
    func stream(_ name: String, bytes: Int, _ work: @escaping (Floats, Floats) -> Void) {
        var arrays: (Floats, Floats)?
        var timing: Timing?
        Benchmark("Memory: \(name)", configuration: .comparing([.bandwidth], maxIterations: 20)) { benchmark in
            if arrays == nil { arrays = (Floats(count), Floats(count)) }
            let (a, b) = arrays!
            if timing == nil { timing = Timing { work(a, b) } }
            benchmark.measurement(.bandwidth, Int(Double(bytes) / timing!.measure() / 1e6))
        }
    }
    stream("read 128 MiB", bytes: 4 * count) { a, _ in blackHole(hornet_sum(a.pointer, count)) }
    stream("copy 128 MiB", bytes: 8 * count) { a, b in b.pointer.update(from: a.pointer, count: count) }
}
