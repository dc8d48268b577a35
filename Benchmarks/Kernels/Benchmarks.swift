import Benchmark

let benchmarks: @Sendable () -> Void = {
    // Each benchmark measures what it compares in turns, and reports that; the time of a turn itself says nothing.
    Benchmark.defaultConfiguration = .init(metrics: [], warmupIterations: 3, maxDuration: .seconds(1), maxIterations: 100)
    memoryBenchmarks()
    productBenchmarks()
    elementwiseBenchmarks()
    rowBenchmarks()
    embeddingBenchmarks()
    optimizerBenchmarks()
}
