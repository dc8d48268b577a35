#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the collection's files are read.
enum ReutersFiles {
    /// The `.sgm` files of the folder or archive at `path`, one after the other.
    static func read(_ path: String) throws -> [[UInt8]] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ReutersFormatError("\(path): \(String(cString: strerror(errno)))")
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        return isFolder ? try readFolder(path) : [try readArchive(path)]
    }

    private static func readFolder(_ path: String) throws -> [[UInt8]] {
        guard let folder = opendir(path) else {
            throw ReutersFormatError("\(path): \(String(cString: strerror(errno)))")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            if name.hasSuffix(".sgm") { names.append(name) }
        }
        return try names.map { name in
            guard let file = fopen("\(path)/\(name)", "rb") else {
                throw ReutersFormatError("\(path)/\(name): \(String(cString: strerror(errno)))")
            }
            defer { fclose(file) }
            return readToEnd(file)
        }
    }

    /// Lets `tar` unpack the archive into a pipe, so that nothing is written to disk.
    private static func readArchive(_ path: String) throws -> [UInt8] {
        #if canImport(Darwin)
            let pattern = "'*.sgm'"
        #else
            let pattern = "--wildcards '*.sgm'"
        #endif
        // A path in single quotes is itself for the shell, but for single quotes.
        let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        guard let pipe = popen("tar -xzOf \(quoted) \(pattern) 2>/dev/null", "r") else {
            throw ReutersFormatError("\(path): tar can't be run")
        }
        let bytes = readToEnd(pipe)
        guard pclose(pipe) == 0 else {
            throw ReutersFormatError("\(path): tar can't unpack .sgm files from it")
        }
        return bytes
    }

    private static func readToEnd(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
