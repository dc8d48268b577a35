// swift-tools-version: 6.0
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

let hornet: Target.Dependency = .product(name: "Hornet", package: "Hornet")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "NewsCorpus", targets: ["NewsCorpus"]),
        .library(name: "ReutersCorpus", targets: ["ReutersCorpus"]),
    ],
    dependencies: [
        .package(name: "Hornet", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        .target(name: "NewsCorpus", swiftSettings: strict),
        .executableTarget(
            name: "MakeCorpus", dependencies: ["NewsCorpus", hornet, argumentParser], swiftSettings: strict),
        .target(name: "ReutersCorpus", swiftSettings: strict),
        .target(
            name: "TaggerExample", dependencies: ["ReutersCorpus", hornet, argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "DNNTagger", dependencies: ["TaggerExample", hornet, argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "LSTMTagger", dependencies: ["TaggerExample", hornet, argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "TextTagger", dependencies: ["TaggerExample", hornet, argumentParser], swiftSettings: strict),
        .testTarget(
            name: "NewsCorpusTests", dependencies: ["NewsCorpus", hornet], swiftSettings: strict),
        .testTarget(name: "ReutersCorpusTests", dependencies: ["ReutersCorpus"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
