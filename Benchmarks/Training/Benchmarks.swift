import Benchmark
import Failure
import Hornet
import Workload

extension BenchmarkMetric {
    static let step = BenchmarkMetric.custom("Time of a step (ns)", useScalingFactor: false)
    static let sameIds = BenchmarkMetric.custom("1,000,000 words, same ids (% of it)", useScalingFactor: false)
    static let spreadIds = BenchmarkMetric.custom("1,000,000 words, spread ids (% of it)", useScalingFactor: false)
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.step], units: [.step: .count, .sameIds: .count, .spreadIds: .count], warmupIterations: 2,
        maxDuration: .seconds(5), maxIterations: 50)

    for network in Network.allCases {
        var run: TrainingRun?
        Benchmark("Step: \(network)") { benchmark in
            if run == nil { run = TrainingRun(network) }
            benchmark.orFail { benchmark.measurement(.step, Int(try run!.secondsOfAStep() * 1e9)) }
        }
    }

    // The three take turns. A large table costs memory, but should hardly cost time: as many of its rows are touched.
    var runs: (small: TrainingRun, same: TrainingRun, spread: TrainingRun)?
    Benchmark(
        "Step, vocabulary of 10,000: dnn", configuration: .init(metrics: [.step, .sameIds, .spreadIds])
    ) { benchmark in
        if runs == nil {
            let vocabulary = 1_000_000
            runs = (
                TrainingRun(.dnn), TrainingRun(.dnn, vocabulary: vocabulary),
                TrainingRun(.dnn, vocabulary: vocabulary, stride: vocabulary / Network.vocabulary)
            )
        }
        benchmark.orFail {
            let small = try runs!.small.secondsOfAStep()
            benchmark.measurement(.step, Int(small * 1e9))
            benchmark.measurement(.sameIds, Int(try runs!.same.secondsOfAStep() / small * 100))
            benchmark.measurement(.spreadIds, Int(try runs!.spread.secondsOfAStep() / small * 100))
        }
    }
}
