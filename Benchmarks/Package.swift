// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

let hornet: Target.Dependency = .product(name: "Hornet", package: "Hornet")
let benchmark: Target.Dependency = .product(name: "Benchmark", package: "benchmark")

/// Benchmarks of one kind. The plugin finds them because their folder's parent is called `Benchmarks`, as this one is.
func suite(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + [benchmark, hornet, "Workload", "Failure"], path: name,
        swiftSettings: strict, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Hornet", path: ".."),
        .package(name: "Examples", path: "../Examples"),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CBLAS", pkgConfig: "openblas"),
        .target(
            name: "Workload",
            dependencies: [hornet, .product(name: "ReutersCorpus", package: "Examples")], swiftSettings: strict),
        .target(name: "Failure", dependencies: [benchmark], swiftSettings: strict),
        .executableTarget(name: "PeerRunner", dependencies: ["Workload", hornet], swiftSettings: strict),
        .executableTarget(name: "ArrayRunner", dependencies: ["Workload", hornet], swiftSettings: strict),

        suite("Kernels", uses: ["CBLAS", .product(name: "HornetKernelsForBenchmarks", package: "Hornet")]),
        suite("Text", uses: []),
        suite("Training", uses: []),
        suite("Inference", uses: ["PeerRunner"]),
    ],
    swiftLanguageModes: [.v6]
)
