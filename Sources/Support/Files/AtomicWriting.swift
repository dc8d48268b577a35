#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes the file at `path` so that a reader, or a crash, sees the old content or the new, never a part.
///
/// The bytes go to a temporary file in the same folder, reach the disk (`fsync`), then take the name. Any
/// failure, also of `body`, removes the temporary file and leaves the old one as it was. The new file keeps
/// the old one's permissions; a symbolic link stays, and the file it leads to is replaced. A process that is killed
/// meanwhile leaves the temporary file, `.hornet-….tmp`, which nobody needs.
package func writeAtomically(to path: String, _ body: (inout FileWriter) throws -> Void) throws {
    let replacement = try Replacement(of: path)
    do {
        var writer = FileWriter(descriptor: replacement.descriptor, path: path)
        try body(&writer)
        try writer.flush()
        try replacement.commit()
    } catch {
        replacement.abandon()
        throw error
    }
}

/// The same for a text, as UTF-8.
package func writeAtomically(_ text: String, to path: String) throws {
    try writeAtomically(to: path) { file in try file.write(text) }
}

/// As ``writeAtomically(to:_:)``, for libraries that write a file by its name: `body` gets the path of the
/// temporary file, which exists and is empty.
package func replaceAtomically(_ path: String, _ body: (_ temporaryPath: String) throws -> Void) throws {
    let replacement = try Replacement(of: path)
    do {
        try body(replacement.temporaryPath)
        try replacement.commit()
    } catch {
        replacement.abandon()
        throw error
    }
}

/// A temporary file that is to take the place of `path`.
private struct Replacement {
    /// As the user named it, for messages.
    let path: String
    /// What is replaced: `path` with symbolic links followed.
    let target: String
    let temporaryPath: String
    let descriptor: Int32

    init(of path: String) throws {
        self.path = path
        target = try followingLinks(path)
        let (folder, name) = splitPath(target)
        guard !name.isEmpty else {
            throw HornetError(.file, at: path, "names a folder", remedy: "Add the name of a file")
        }
        var old = stat()
        let exists = stat(target, &old) == 0
        if exists { try Replacement.check(old, target, path) }

        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        temporaryPath = "\(folder)/.hornet-\(random).tmp"
        let temporary = temporaryPath
        // Private until it has the old file's permissions, which may be narrower than usual.
        descriptor = retrying {
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, exists ? 0o600 : 0o666)
        }
        guard descriptor >= 0 else {
            let code = errno
            throw HornetError.system(
                path, "a temporary file can't be made in its folder", code: code,
                remedy: code == ENOENT ? "Create the folder \(folder) first" : "")
        }
        if exists {
            // Only root may give a file away; for everyone else the owner is right already.
            _ = fchown(descriptor, old.st_uid, old.st_gid)
            _ = fchmod(descriptor, old.st_mode & 0o7777)
        }
    }

    private static func check(_ old: stat, _ target: String, _ path: String) throws {
        switch old.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw HornetError(.file, at: path, "is a folder", remedy: "Add the name of a file")
        default:
            throw HornetError(
                .file, at: path, "is a pipe or a device, which can't be replaced", remedy: "Choose another name")
        }
        guard access(target, W_OK) == 0 else {
            throw HornetError.system(path, "is write-protected", code: errno)
        }
    }

    func commit() throws {
        guard retrying({ fsync(descriptor) }) == 0 else {
            throw HornetError.system(path, "can't be brought to the disk", code: errno)
        }
        guard rename(temporaryPath, target) == 0 else {
            throw HornetError.system(path, "can't be replaced", code: errno)
        }
        close(descriptor)
        // The new name reaches the disk too. Some file systems can't; the file itself is safe by now.
        let folder = open(splitPath(target).folder, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            _ = fsync(folder)
            close(folder)
        }
    }

    func abandon() {
        close(descriptor)
        unlink(temporaryPath)
    }
}

/// `path` with a symbolic link in its last part followed, and so on; the last one may lead to nothing yet.
private func followingLinks(_ path: String) throws -> String {
    var current = path
    for _ in 0..<40 {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = target.withUnsafeMutableBytes { readlink(current, $0.baseAddress!, $0.count) }
        guard count > 0 else { return current }
        let next = String(decoding: target[..<count], as: UTF8.self)
        current = next.utf8.first == UInt8(ascii: "/") ? next : splitPath(current).folder + "/" + next
    }
    throw HornetError.system(path, "can't be replaced", code: ELOOP)
}
