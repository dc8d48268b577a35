#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that the tests read: golden values written by `Tests/Oracles`, and data sets that may be absent.
package enum Fixture {
    /// The folder `Tests/Fixtures`.
    package static let folder: String = {
        let here = #filePath
        let tests = here.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        return tests.joined(separator: "/") + "/Fixtures"
    }()

    package static func path(_ name: String) -> String { folder + "/" + name }

    /// The whole file `Tests/Fixtures/<name>`. Stops the test run when it is missing.
    package static func bytes(_ name: String) -> [UInt8] {
        guard let file = fopen(path(name), "rb") else { fatalError("no fixture \(path(name))") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let read = fread(&chunk, 1, chunk.count, file), read > 0 { bytes += chunk[..<read] }
        return bytes
    }
}
