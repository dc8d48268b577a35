#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files of `Examples/Data`.
enum DataFile {
    struct Missing: Error {
        let path: String
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let examples = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = examples.joined(separator: "/") + "/Data/" + name
        guard let file = fopen(path, "rb") else { throw Missing(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let read = fread(&chunk, 1, chunk.count, file), read > 0 { bytes += chunk[..<read] }
        return bytes
    }
}
