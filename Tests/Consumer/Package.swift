// swift-tools-version: 6.0
import PackageDescription

// A package as users have it: Hornet in one graph, and in one file, with a web framework and with swift-metrics.
// No module, product or type of theirs may get into each other's way.
let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Hornet", path: "../.."),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.0.0"),
    ],
    targets: [
        .executableTarget(
            name: "TaggingService",
            dependencies: [
                .product(name: "Hornet", package: "Hornet"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
