#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Hornet
import Workload

/// A model with all that asks it. Its weights are as they were drawn: they do not change the time.
final class Subject {
    let predictor: Predictor
    let tagger: Tagger
    /// 3,000 texts as ids.
    let ids = TokenIds(documents: 3_000).x
    let texts: [String]
    let modelPath: String
    let taggerPath: String

    init(_ network: Network) throws {
        let corpus = try Corpus.news()
        let data = TrainingData(corpus)
        let model = network.model(labels: data.labels.classes.count)
        try model.build(inputShape: [nil, Network.length])
        predictor = try model.predictor()
        tagger = Tagger(tokenizer: data.tokenizer, model: model, labels: data.labels, maxLength: Network.length)
        texts = corpus.test.texts
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        modelPath = "\(folder)/hornet-benchmark-\(getpid()).model"
        taggerPath = "\(folder)/hornet-benchmark-\(getpid()).tagger"
        try model.save(modelPath)
        try tagger.save(taggerPath)
    }

    deinit {
        unlink(modelPath)
        unlink(taggerPath)
    }

    func oneText(_ call: Int) -> Indices {
        let row = call % ids.sampleCount
        return ids[row..<(row + 1)]
    }

    /// Runs `PeerRunner tag`, which stands beside this program, to its end.
    func startProcess() throws {
        let program = Subject.programFolder + "/PeerRunner"
        let words = [program, "tag", taggerPath, texts[0]]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { $0.withCString { strdup($0) } } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        var status: CInt = -1
        guard posix_spawn(&process, program, nil, nil, arguments, environ) == 0,
            waitpid(process, &status, 0) == process, status == 0
        else {
            throw HornetError(.file, at: program, "it could not be run, or failed (status \(status))")
        }
    }

    /// The folder of this program, which was started by another name.
    private static let programFolder: String = {
        var path = [UInt8](repeating: 0, count: 4_096)
        let length = path.withUnsafeMutableBytes { bytes in
            readlink("/proc/self/exe", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        let end = path[..<max(length, 0)].lastIndex(of: UInt8(ascii: "/")) ?? 0
        return String(decoding: path[..<end], as: UTF8.self)
    }()
}
