import Benchmark
import Failure
import Hornet
import Workload

extension BenchmarkMetric {
    static let speed = BenchmarkMetric.custom("MB/s", polarity: .prefersLarger, useScalingFactor: false)
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .speed], units: [.speed: .count], warmupIterations: 1, maxDuration: .seconds(3),
        maxIterations: 50)

    /// A benchmark of work on `text`, whose bytes count.
    func benchmark(_ name: String, _ work: @escaping (LargeText) throws -> Void) {
        var text: LargeText?
        Benchmark(name) { benchmark in
            benchmark.orFail {
                if text == nil { text = try LargeText() }
                benchmark.startMeasurement()
                let time = try seconds { try work(text!) }
                benchmark.stopMeasurement()
                benchmark.measurement(.speed, Int(Double(text!.bytes.count) / time / 1e6))
            }
        }
    }

    benchmark("CSV: scan") { blackHole(try Table(csvBytes: $0.bytes).rowCount) }
    benchmark("CSV: every field a string") { text in
        let table = try Table(csvBytes: text.bytes)
        for name in table.columnNames { blackHole(Array(table[name])) }
    }
    benchmark("Tokenizer: fit") { text in
        var tokenizer = Tokenizer(numWords: Network.vocabulary)
        tokenizer.fit(onTexts: text.column)
        blackHole(tokenizer)
    }
    benchmark("Tokenizer: encode and pad") { text in
        blackHole(padSequences(text.tokenizer.textsToSequences(text.column), maxLength: Network.length))
    }
    benchmark("Labels: binarize") { text in
        var binarizer = MultiLabelBinarizer()
        blackHole(binarizer.fitTransform(text.tags))
    }
}
