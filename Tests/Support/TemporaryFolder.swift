#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder for the files of a test, removed in the end with them and with folders of files.
package final class TemporaryFolder {
    package let path: String

    package init() {
        var template = Array("/tmp/hornet-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder can be made in /tmp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    package func file(_ name: String) -> String { path + "/" + name }

    /// The names of the files in it, sorted.
    package var names: [String] { TemporaryFolder.names(in: path) }

    /// The names of what is in a folder, sorted; none where there is no such folder.
    package static func names(in folder: String) -> [String] {
        guard let folder = opendir(folder) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    deinit {
        chmod(path, 0o700)
        TemporaryFolder.remove(path)
    }

    private static func remove(_ folder: String) {
        for name in names(in: folder) {
            let entry = folder + "/" + name
            if unlink(entry) != 0 { remove(entry) }
        }
        rmdir(folder)
    }
}
