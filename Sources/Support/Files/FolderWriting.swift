#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes the file `name` in `folder` as ``writeAtomically(to:_:)`` does. Folders that are missing are made; a new `folder`
/// appears together with its whole file, and after a failure nothing that was made is left.
package func writeAtomically(
    to name: String, inFolder folder: String, _ body: (inout FileWriter) throws -> Void
) throws {
    let folder = withoutTrailingSlashes(folder)
    var status = stat()
    guard stat(folder, &status) != 0 else {
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw HornetError(.file, at: folder, "is no folder", remedy: "Remove it, or choose another name")
        }
        return try writeAtomically(to: folder + "/" + name, body)
    }
    let parents = try NewFolders(upTo: splitPath(folder).folder)
    let temporary = splitPath(folder).folder + "/.hornet-" + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp"
    do {
        guard mkdir(temporary, 0o777) == 0 else {
            throw HornetError.system(folder, "a temporary folder can't be made beside it", code: errno)
        }
        do {
            try writeAtomically(to: temporary + "/" + name, body)
        } catch let error as HornetError {
            throw HornetError(error.kind, at: folder + "/" + name, error.problem, remedy: error.remedy)
        }
        guard rename(temporary, folder) == 0 else { throw HornetError.system(folder, "can't be made", code: errno) }
    } catch {
        unlink(temporary + "/" + name)
        rmdir(temporary)
        parents.remove()
        throw error
    }
}

/// Makes the folder `path`, and those above it that are missing; nothing where it is there.
package func makeFolder(_ path: String) throws { _ = try NewFolders(upTo: withoutTrailingSlashes(path)) }

/// Folders that were missing.
private struct NewFolders {
    /// The outermost first.
    private var made: [String] = []

    /// Makes `path` and what is missing above it.
    init(upTo path: String) throws {
        var missing: [String] = []
        var current = path
        while access(current, F_OK) != 0, errno == ENOENT {
            missing.append(current)
            current = splitPath(withoutTrailingSlashes(current)).folder
        }
        for folder in missing.reversed() {
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                let code = errno
                remove()
                throw HornetError.system(folder, "can't be made", code: code)
            }
            made.append(folder)
        }
    }

    /// Removes those that are still empty.
    func remove() {
        for folder in made.reversed() { rmdir(folder) }
    }
}

/// `serving/news/1` for `serving/news/1/`.
private func withoutTrailingSlashes(_ path: String) -> String {
    var bytes = path.utf8[...]
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(Substring(bytes))
}
