public import ArgumentParser
public import Hornet

/// A program that trains a network to tag texts, tests it, and tags with it. An example adds the network.
public protocol TaggerExample: ParsableCommand {
    var data: DataOptions { get }
    var model: ModelOptions { get }
    var training: TrainingOptions { get }
    var output: OutputOptions { get }

    /// The network: from word ids `[batch, model.length]` to the probability of each tag `[batch, tagCount]`.
    func layers(tagCount: Int) -> [Layer]
}

extension TaggerExample {
    public func run() throws {
        let report = Report(level: output.level, digits: output.digits)
        let data = try data.load(seed: training.seed)
        report.describe(data)

        let tagger = try train(on: data.train)
        try report.evaluate(tagger, on: data.test)
        try report.tag(output.tag, with: tagger)
        try report.explain(output.explain, with: tagger)

        if let path = output.save {
            try tagger.save(path)
            report.say("\nSaved to \(path)")
        }
    }
}
