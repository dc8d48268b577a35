import Hornet
import Hummingbird
import Logging
import Metrics
import MetricsTestKit

/// A web service that tags texts and counts them, tried out without a socket.
@main
struct TaggingService {
    static func main() async throws {
        let metrics = TestMetrics()
        MetricsSystem.bootstrap(metrics)
        let service = TagHandler(tagger: try trainedTagger())
        let router = Router(context: LocalContext.self)
        router.post("tags") { request, context in try await service.tags(request, context) }

        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/tags"),
            body: RequestBody(buffer: ByteBuffer(string: "stocks fall")))
        let context = LocalContext(source: LocalSource())
        let answer = try await service.tags(request, context)
        let response = try await router.buildResponder().respond(to: request, context: context)
        let count = metrics.counterTotal(label: "texts_tagged")

        print("answer: \(answer), status: \(response.status.code), texts tagged: \(count)")
        guard answer == "Economy", response.status == .ok, count == 2 else {
            fatalError("expected the answer Economy, the status 200 and 2 tagged texts")
        }
    }

    /// A tagger that knows four texts by heart.
    static func trainedTagger() throws -> Tagger {
        let texts = ["stocks fall sharply", "stocks and bonds", "team wins match", "match ends in draw"]
        var labels = MultiLabelBinarizer()
        let y = labels.fitTransform([["Economy"], ["Economy"], ["Sports"], ["Sports"]])
        var tokenizer = Tokenizer()
        tokenizer.fit(onTexts: texts)
        let x = padSequences(tokenizer.textsToSequences(texts), maxLength: 4)

        let model = Sequential(
            [Embedding(inputDim: 20, outputDim: 4), GlobalMaxPool1D(), Dense(2, activation: .sigmoid)], seed: 1)
        model.compile(optimizer: .adam(learningRate: 0.05), loss: .binaryCrossentropy, metrics: [.f1()])
        try model.fit(x, y, epochs: 100, verbose: .silent)
        return Tagger(tokenizer: tokenizer, model: model, labels: labels, maxLength: 4)
    }
}

/// Answers a text with its tags.
struct TagHandler: Sendable {
    let tagger: Tagger
    let counter = Counter(label: "texts_tagged")

    func tags(_ request: Request, _ context: some RequestContext) async throws -> String {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        counter.increment()
        return try tagger.tags(for: String(buffer: body)).joined(separator: ", ")
    }
}

/// The context of a request that came from no connection.
struct LocalContext: RequestContext {
    typealias Source = LocalSource

    var coreContext: CoreRequestContextStorage

    init(source: LocalSource) { coreContext = CoreRequestContextStorage(source: source) }
}

struct LocalSource: RequestContextSource {
    let logger = Logger(label: "tagging")
}
