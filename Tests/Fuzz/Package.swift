// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Hornet", path: "../..")],
    targets: [
        // libFuzzer brings the main function.
        .executableTarget(name: "Fuzz", dependencies: [.product(name: "Hornet", package: "Hornet")])
    ],
    swiftLanguageModes: [.v6]
)
