import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of its own for one test, removed at the end with its files and with folders of files.
final class ScratchFolder {
    let path: String

    init() {
        path = "/tmp/hornet-files-\(UInt64.random(in: .min ... .max))"
        mkdir(path, 0o700)
    }

    deinit { remove(path) }

    private func remove(_ folder: String) {
        for name in names(in: folder) {
            let entry = folder + "/" + name
            if unlink(entry) != 0 { remove(entry) }
        }
        rmdir(folder)
    }

    var entries: [String] { names(in: path) }

    func names(in folder: String) -> [String] {
        guard let folder = opendir(folder) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func put(_ text: String, in name: String) throws {
        try writeAtomically(to: path + "/" + name) { try $0.write(text) }
    }
}
