import Benchmark

let benchmarks: @Sendable () -> Void = {
    memoryBenchmarks()
    productBenchmarks()
    elementwiseBenchmarks()
    rowBenchmarks()
    embeddingBenchmarks()
    optimizerBenchmarks()
    textBenchmarks()
}
