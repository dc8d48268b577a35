import Benchmark
import Failure
import Hornet
import Workload

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock], warmupIterations: 100, maxDuration: .seconds(3), maxIterations: 5_000)

    for network in Network.allCases {
        var subject: Subject?
        func benchmark(_ name: String, iterations: Int = 5_000, _ work: @escaping (Subject, Int) throws -> Void) {
            var calls = 0
            Benchmark(
                "\(name): \(network)",
                configuration: .init(warmupIterations: min(iterations, 100), maxIterations: iterations)
            ) { benchmark in
                benchmark.orFail {
                    if subject == nil { subject = try Subject(network) }
                    benchmark.startMeasurement()
                    try work(subject!, calls)
                    benchmark.stopMeasurement()
                    calls += 1
                }
            }
        }
        benchmark("Latency, ids to scores") { blackHole(try $0.predictor.predict($0.oneText($1))) }
        benchmark("Latency, text to tags") { blackHole(try $0.tagger.tags(for: $0.texts[$1 % $0.texts.count])) }
        benchmark("Throughput, 3,000 texts", iterations: 50) { subject, _ in
            blackHole(try subject.predictor.predict(subject.ids))
        }
        benchmark("Load a model", iterations: 50) { subject, _ in blackHole(try Sequential.load(subject.modelPath)) }
        benchmark("Load a tagger", iterations: 50) { subject, _ in
            blackHole(try Tagger(contentsOf: subject.taggerPath))
        }
        benchmark("Start of a process to first tags", iterations: 20) { subject, _ in try subject.startProcess() }
    }
}
