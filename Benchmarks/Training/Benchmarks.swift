import Benchmark
import Hornet
import Workload

extension BenchmarkMetric {
    static let step = BenchmarkMetric.custom("Time of a step (ns)", useScalingFactor: false)
    static let sameIds = BenchmarkMetric.custom("1,000,000 words, same ids (% of it)", useScalingFactor: false)
    static let spreadIds = BenchmarkMetric.custom("1,000,000 words, spread ids (% of it)", useScalingFactor: false)
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.step], warmupIterations: 2, maxDuration: .seconds(5), maxIterations: 50)

    for network in Network.allCases {
        var run: TrainingRun?
        Benchmark("Training: \(network)") { benchmark in
            benchmark.reporting {
                if run == nil { run = TrainingRun(network) }
                benchmark.measurement(.step, Int(try run!.secondsOfAStep() * 1e9))
            }
        }
    }

    // The three take turns. A large table costs memory, but should hardly cost time: as many of its rows are touched.
    var runs: (small: TrainingRun, same: TrainingRun, spread: TrainingRun)?
    Benchmark(
        "Training: dnn, vocabulary of 10,000", configuration: .init(metrics: [.step, .sameIds, .spreadIds])
    ) { benchmark in
        benchmark.reporting {
            if runs == nil {
                runs = (
                    TrainingRun(.dnn), TrainingRun(.dnn, vocabulary: 1_000_000),
                    TrainingRun(.dnn, vocabulary: 1_000_000, stride: 1_000_000 / Network.vocabulary)
                )
            }
            let small = try runs!.small.secondsOfAStep()
            benchmark.measurement(.step, Int(small * 1e9))
            benchmark.measurement(.sameIds, Int(try runs!.same.secondsOfAStep() / small * 100))
            benchmark.measurement(.spreadIds, Int(try runs!.spread.secondsOfAStep() / small * 100))
        }
    }
}

extension Benchmark {
    /// Makes an error that `body` throws the benchmark's failure.
    func reporting(_ body: () throws -> Void) {
        do { try body() } catch { self.error("\(error)") }
    }
}
