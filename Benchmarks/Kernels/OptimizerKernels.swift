import Benchmark
import CHornetKernels
import Hornet
import Workload

/// Updates of a dense layer's weights, of 256 MB of them, which only memory limits, and of some rows of an embedding.
func optimizerBenchmarks() {
    for (place, count) in [("in cache", 8_192), ("from memory", 16 << 20)] {
        let arrays = LazyArrays(count)
        func kernel(
            _ name: String, arrays moved: Int,
            _ work: @escaping (hornet_kernel_table, [UnsafeMutablePointer<Float>]) -> Void
        ) {
            kernelBenchmark("Optimizer, \(place): \(name)", bytes: moved * 4 * count) { work($0, arrays.pointers) }
        }
        kernel("sgd", arrays: 3) { $0.sgd($1[0], $1[3], 1e-9, count) }
        kernel("sgd_momentum", arrays: 5) { $0.sgd_momentum($1[0], $1[1], $1[3], 1e-9, 0.9, 0, count) }
        kernel("rmsprop", arrays: 5) { $0.rmsprop($1[0], $1[2], $1[3], 1e-9, 0.9, 0.1, 1e-7, count) }
        kernel("adam", arrays: 7) { $0.adam($1[0], $1[1], $1[2], $1[3], 1e-9, 0.1, 0.001, 1e-7, count) }
    }
    rowBenchmarks(of: Set(TokenIds(documents: Network.batchSize).x.ids).sorted(), columns: 128)
}

/// The rows that one step of training touches.
private func rowBenchmarks(of rows: [Int32], columns: Int) {
    let table = LazyArrays(Network.vocabulary * columns)
    let places = rows.indices.map { Int32($0) }
    let bytes = 4 * rows.count * columns
    kernelBenchmark("Optimizer, rows: adam_rows", bytes: 7 * bytes) {
        let (w, m, v, g) = (table.pointers[0], table.pointers[1], table.pointers[2], table.pointers[3])
        $0.adam_rows(w, m, v, g, rows, places, rows.count, columns, 1e-9, 0.1, 0.001, 1e-7)
    }
    let (now, terms) = (64, 4)
    let sums = [Double](repeating: 1e-9, count: now * terms)
    let powers = [Float](repeating: 0.999999, count: now + 1)
    let since = rows.indices.map { Int32($0 % now) }
    kernelBenchmark("Optimizer, rows: adam_catch_up_rows", bytes: 6 * bytes) { kernels in
        let (w, m, v) = (table.pointers[0], table.pointers[1], table.pointers[2])
        sums.withUnsafeBufferPointer { sums in
            powers.withUnsafeBufferPointer { powers in
                var history = hornet_adam_history(
                    sums: sums.baseAddress!, terms: terms, scale: 1, w_factors: nil, m_powers: powers.baseAddress!,
                    v_powers: powers.baseAddress!, now: Int32(now), epsilon: 1e-7)
                kernels.adam_catch_up_rows(w, m, v, rows, since, rows.count, columns, &history)
            }
        }
    }
}

/// Weights, two moments and a gradient, made when they are first used: most runs are of other benchmarks.
private final class LazyArrays {
    private let count: Int
    private lazy var arrays = (0..<4).map { _ in Floats(count) }

    init(_ count: Int) { self.count = count }

    var pointers: [UnsafeMutablePointer<Float>] { arrays.map(\.pointer) }
}
