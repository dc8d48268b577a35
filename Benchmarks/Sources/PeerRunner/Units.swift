import Hornet
import Workload

/// What can be measured, by name. Each unit may be run again and again; models go on training.
final class Units {
    static let names =
        ["train", "predict", "single"].flatMap { work in Network.allCases.map { "\($0.rawValue).\(work)" } }
        + ["dnn.tags", "model.load", "tagger.load", "tagger.learn"]
        + ["tokenizer.fit", "tokenizer.encode", "csv.scan", "csv.strings", "matmul"]

    private let folder: String
    private let corpus: Corpus
    private let data: TrainingData
    private var models: [Network: Sequential] = [:]
    private var epochs: [Network: Int] = [:]
    private lazy var large = Result { try Table(csv: folder + "/large.csv") }
    private lazy var largeTokenizer = Result {
        var tokenizer = Tokenizer(numWords: Network.vocabulary)
        tokenizer.fit(onTexts: try large.get()["text"])
        return tokenizer
    }

    init(_ folder: String) throws {
        self.folder = folder
        corpus = Corpus(train: try .init(csv: folder + "/train.csv"), test: try .init(csv: folder + "/test.csv"))
        data = TrainingData(corpus)
    }

    /// Runs a unit and tells its times in seconds and its proofs.
    func run(_ unit: String) throws -> JSON {
        let parts = unit.split(separator: ".").map(String.init)
        if let network = Network(rawValue: parts[0]) {
            switch parts[1] {
            case "train": return try train(network)
            case "predict": return try predict(network)
            case "single": return try single(network)
            case "tags": return try tags(network)
            default: break
            }
        }
        switch unit {
        case "model.load": return try loadModel()
        case "tagger.load": return try loadTagger()
        case "tagger.learn": return try learn()
        case "tokenizer.fit": return try fitTokenizer()
        case "tokenizer.encode": return try encode()
        case "csv.scan": return try scan()
        case "csv.strings": return try readStrings()
        case "matmul": return matmul()
        default: throw HornetError(.configuration, at: "PeerRunner", "there is no unit \(unit)")
        }
    }

    // MARK: The networks

    private func model(_ network: Network) throws -> Sequential {
        if let model = models[network] { return model }
        let model = network.model(labels: data.labels.classes.count)
        try model.build(inputShape: [nil, Network.length])
        models[network] = model
        return model
    }

    private func train(_ network: Network) throws -> JSON {
        let model = try model(network)
        let epoch = epochs[network, default: 0]
        epochs[network] = epoch + 1
        var loss = Double.nan
        let time = try seconds {
            let history = try model.fit(
                data.x, data.y, epochs: epoch + 1, batchSize: Network.batchSize, verbose: .silent, initialEpoch: epoch)
            loss = history["loss"][0]
        }
        return reply(["seconds": time], ["loss": .number(loss), "samples": .integer(data.x.sampleCount)])
    }

    private func predict(_ network: Network) throws -> JSON {
        let model = try model(network)
        var scores = Tensor(0)
        let time = try seconds { scores = try model.predict(data.testX) }
        return reply(["seconds": time], proof(of: scores))
    }

    /// One text a call, as ids.
    private func single(_ network: Network) throws -> JSON {
        let predictor = try model(network).predictor()
        let texts = (0..<data.testX.sampleCount).map { data.testX[$0..<($0 + 1)] }
        var scores = Tensor(0)
        let times = try latencies { scores = try predictor.predict(texts[$0 % texts.count]) }
        return reply(times, proof(of: scores))
    }

    /// One text a call, as text.
    private func tags(_ network: Network) throws -> JSON {
        let tagger = try tagger(network)
        let texts = corpus.test.texts
        var count = 0
        let times = try latencies { count += try tagger.tags(for: texts[$0 % texts.count]).count }
        return reply(times, ["finite": true])
    }

    private func tagger(_ network: Network) throws -> Tagger {
        Tagger(tokenizer: data.tokenizer, model: try model(network), labels: data.labels, maxLength: Network.length)
    }

    private func loadModel() throws -> JSON {
        let path = folder + "/hornet.model"
        try model(.dnn).save(path)
        var outputs: Int?
        let time = try seconds { outputs = try Sequential.load(path).layers.last?.outputShape?.last }
        return reply(["seconds": time], ["outputs": .integer(outputs ?? 0)])
    }

    private func loadTagger() throws -> JSON {
        let path = folder + "/hornet.tagger"
        try tagger(.dnn).save(path)
        var count = 0
        let time = try seconds { count = try Tagger(contentsOf: path).labels.count }
        return reply(["seconds": time], ["outputs": .integer(count)])
    }

    /// The tutorial from texts to F1: tokenizer, at most 20 epochs with early stopping, test.
    private func learn() throws -> JSON {
        var scores = Tensor(0)
        var binarizer = MultiLabelBinarizer()
        let time = try seconds {
            let y = binarizer.fitTransform(corpus.train.tags)
            var tokenizer = Tokenizer(numWords: Network.vocabulary)
            tokenizer.fit(onTexts: corpus.train.texts)
            let x = padSequences(tokenizer.textsToSequences(corpus.train.texts), maxLength: Network.length)
            let model = Network.dnn.model(labels: binarizer.classes.count)
            try model.fit(
                x, y, epochs: 20, batchSize: Network.batchSize, validationSplit: 0.2, verbose: .silent,
                callbacks: [.earlyStopping(monitor: "val_loss", patience: 3, restoreBestWeights: true)])
            scores = try model.predict(
                padSequences(tokenizer.textsToSequences(corpus.test.texts), maxLength: Network.length))
        }
        let truth = binarizer.transform(corpus.test.tags)
        let f1 = try f1Score(truth, scores.thresholded(above: 0.5), average: .micro)
        return reply(["seconds": time], ["micro_f1": .number(f1)])
    }

    // MARK: Text

    private func fitTokenizer() throws -> JSON {
        let texts = try large.get()["text"]
        var tokenizer = Tokenizer(numWords: Network.vocabulary)
        let time = seconds { tokenizer.fit(onTexts: texts) }
        return reply(["seconds": time], ["words": .integer(tokenizer.wordIndex.count)])
    }

    private func encode() throws -> JSON {
        let texts = try large.get()["text"]
        let tokenizer = try largeTokenizer.get()
        var ids = Indices([Int32]())
        let time = seconds { ids = padSequences(tokenizer.textsToSequences(texts), maxLength: Network.length) }
        return reply(["seconds": time], ["sum": .integer(ids.ids.reduce(0) { $0 + Int($1) })])
    }

    private func scan() throws -> JSON {
        var rows = 0
        let time = try seconds { rows = try Table(csv: folder + "/large.csv").rowCount }
        return reply(["seconds": time], ["rows": .integer(rows)])
    }

    /// Until every field is a `String` of its own.
    private func readStrings() throws -> JSON {
        var columns: [[String]] = []
        let time = try seconds {
            let table = try Table(csv: folder + "/large.csv")
            columns = try table.columnNames.map { Array(try table.column($0)) }
        }
        return reply(["seconds": time], ["rows": .integer(columns[0].count)])
    }

    // MARK: Products

    private func matmul() -> JSON {
        var random = RandomSource(seed: 1)
        var times: JSON.Object = [:]
        var sum: Float = 0
        for (m, k, n) in matmulShapes {
            let a = uniform([m, k], &random)
            let b = uniform([k, n], &random)
            let repeats = max(1, 200_000_000 / (m * k * n))
            let time = seconds { for _ in 0..<repeats { sum += a.matmul(b)[0, 0] } }
            times["\(m)x\(k)x\(n)"] = .number(time / Double(repeats))
        }
        return reply(times, ["finite": .bool(sum.isFinite)])
    }
}

/// `m`, `k` and `n` of the products that the networks compute, and one large one.
let matmulShapes = [
    (32, 128, 64), (32, 64, 90), (256, 128, 64), (32, 64, 256), (3_200, 128, 256), (1_024, 1_024, 1_024),
]

private func uniform(_ shape: [Int], _ random: inout RandomSource) -> Tensor {
    Tensor((0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &random) }, shape: shape)
}

private func reply(_ times: JSON.Object, _ proof: JSON.Object) -> JSON {
    ["times": .object(times), "proof": .object(proof)]
}

private func reply(_ times: [String: Double], _ proof: JSON.Object) -> JSON {
    reply(JSON.Object(times.map { ($0.key, .number($0.value)) }), proof)
}

private func proof(of scores: Tensor) -> JSON.Object {
    ["shape": .array(scores.shape.map(JSON.integer)), "finite": .bool(scores.isFinite)]
}

/// Median and 99th percentile over 5,000 calls.
private func latencies(_ call: (Int) throws -> Void) rethrows -> [String: Double] {
    for warmUp in 0..<100 { try call(warmUp) }
    var times: [Double] = []
    for index in 0..<5_000 { times.append(try seconds { try call(index) }) }
    times.sort()
    return ["p50": times[times.count / 2], "p99": times[times.count * 99 / 100]]
}
