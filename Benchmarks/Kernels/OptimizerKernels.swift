import Benchmark
import CHornetKernels

/// Updates of a dense layer's weights, and of 256 MB of them, which only memory limits.
func optimizerBenchmarks() {
    for (place, count) in [("in cache", 8_192), ("from memory", 16 << 20)] {
        // Made when first used: most runs are of other benchmarks.
        var made: [Floats] = []
        func arrays() -> [UnsafeMutablePointer<Float>] {
            if made.isEmpty { made = (0..<4).map { _ in Floats(count) } }
            return made.map(\.pointer)
        }
        func kernel(
            _ name: String, arrays moved: Int,
            _ work: @escaping (hornet_kernel_table, [UnsafeMutablePointer<Float>]) -> Void
        ) {
            kernelBenchmark("Optimizer, \(place): \(name)", bytes: moved * 4 * count) { work($0, arrays()) }
        }
        kernel("sgd", arrays: 3) { $0.sgd($1[0], $1[3], 1e-9, count) }
        kernel("sgd_momentum", arrays: 5) { $0.sgd_momentum($1[0], $1[1], $1[3], 1e-9, 0.9, 0, count) }
        kernel("rmsprop_with_complement", arrays: 5) {
            $0.rmsprop_with_complement($1[0], $1[2], $1[3], 1e-9, 0.9, 0.1, 1e-7, count)
        }
        kernel("adam_with_complements", arrays: 7) {
            $0.adam_with_complements($1[0], $1[1], $1[2], $1[3], 1e-9, 0.1, 0.001, 1e-7, count)
        }
        kernel("adam_decay_with_complements", arrays: 6) {
            $0.adam_decay_with_complements($1[0], $1[1], $1[2], 1e-9, 1e-6, 1e-6, 1e-7, count)
        }
        kernel("adam_catch_up", arrays: 6) {
            $0.adam_catch_up($1[0], $1[1], $1[2], [1e-9, 1e-9, 1e-9, 1e-9], 4, 1, 0.999999, 0.999999, 1e-7, count)
        }
    }
}
