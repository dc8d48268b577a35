// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A module of the library: `HornetX` in `Sources/X`. The prefix keeps clear of other packages'
/// `Metrics`; the folder stays short.
func module(_ folder: String, uses dependencies: [Target.Dependency]) -> Target {
    let name = folder == "Hornet" ? folder : "Hornet" + folder
    return .target(
        name: name, dependencies: dependencies, path: "Sources/\(folder)", swiftSettings: strict)
}

func tests(of folder: String, uses dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: folder + "Tests", dependencies: dependencies + ["HornetTestSupport"],
        path: "Tests/\(folder)Tests", swiftSettings: strict)
}

let package = Package(
    name: "Hornet",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Hornet", targets: ["Hornet"]),
        // Apart, so that programs without exports do not load what it needs.
        .library(name: "HornetExport", targets: ["HornetExport"]),
        // For the package in Benchmarks alone: it compares the kernels with their twins. No promise to anybody else.
        .library(name: "HornetKernelsForBenchmarks", targets: ["CHornetKernels"]),
    ],
    dependencies: [
        // Its default traits bring in all of Foundation.
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    ],
    targets: [
        .systemLibrary(
            name: "COpenBLAS", path: "Sources/COpenBLAS", pkgConfig: "openblas lapacke",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
        .target(name: "CHornetKernels", path: "Sources/CKernels"),
        // Finds libhdf5 and libzip when a Keras file is opened; links neither.
        .target(name: "CHornetModelFiles", path: "Sources/CModelFiles"),

        module("Support", uses: []),
        module("Tensor", uses: ["COpenBLAS", "CHornetKernels", "HornetSupport"]),
        module("Layers", uses: ["HornetTensor", "HornetSupport"]),
        module("Optimizers", uses: ["CHornetKernels", "HornetTensor", "HornetSupport"]),
        module("TextPrep", uses: ["CHornetKernels", "HornetTensor", "HornetSupport"]),
        module("Linear", uses: ["CHornetKernels", "HornetTensor", "HornetSupport"]),
        module("Metrics", uses: ["HornetTensor", "HornetSupport"]),
        module(
            "ModelFiles",
            uses: [
                "CHornetModelFiles", "HornetTensor", "HornetSupport", "HornetLayers", "HornetOptimizers", "HornetMetrics",
            ]),
        module(
            "Hornet",
            uses: [
                "HornetSupport", "HornetTensor", "HornetLayers", "HornetOptimizers", "HornetTextPrep",
                "HornetMetrics", "HornetModelFiles", "HornetLinear",
            ]),
        .target(
            name: "HornetExport",
            dependencies: [
                "Hornet", "HornetLayers", "HornetTensor", "HornetSupport",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            path: "Sources/Export", exclude: ["Schemas/generate.sh", "Schemas/onnx.proto", "Schemas/tensorflow.proto"],
            swiftSettings: strict),

        .target(
            name: "HornetTestSupport", dependencies: ["HornetSupport", "HornetTensor"],
            path: "Tests/Support", swiftSettings: strict),
        tests(of: "Support", uses: ["HornetSupport"]),
        tests(of: "Kernel", uses: ["CHornetKernels"]),
        tests(of: "Tensor", uses: ["HornetTensor", "HornetSupport", "COpenBLAS"]),
        tests(of: "Layers", uses: ["HornetLayers", "HornetTensor", "HornetSupport"]),
        tests(of: "Optimizers", uses: ["HornetOptimizers", "HornetModelFiles", "HornetTensor", "HornetSupport"]),
        tests(of: "Linear", uses: ["HornetLinear", "HornetTensor", "HornetSupport"]),
        tests(of: "TextPrep", uses: ["HornetTextPrep", "HornetTensor", "HornetSupport"]),
        tests(of: "Metrics", uses: ["HornetMetrics", "HornetTensor", "HornetSupport"]),
        tests(of: "ModelFiles", uses: ["HornetModelFiles", "HornetTensor", "HornetSupport"]),
        .executableTarget(
            name: "SavingWriter", dependencies: ["Hornet", "HornetSupport"], path: "Tests/SavingWriter",
            swiftSettings: strict),
        tests(of: "Hornet", uses: ["Hornet", "HornetModelFiles", "HornetSupport", "HornetTensor", "SavingWriter"]),
        // Writes what Tests/Browser looks at.
        .executableTarget(
            name: "SampleReports", dependencies: ["Hornet", "HornetSupport"], path: "Tests/SampleReports",
            swiftSettings: strict),
        // Writes what Tests/Oracles/exports.py checks.
        .executableTarget(
            name: "ExportedModels", dependencies: ["Hornet", "HornetExport", "HornetSupport"],
            path: "Tests/ExportedModels", swiftSettings: strict),
        tests(
            of: "Export",
            uses: [
                "HornetExport", "Hornet", "HornetSupport", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
