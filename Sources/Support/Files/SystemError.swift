#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension HornetError {
    /// A system call on `path` failed: "can't be opened: No such file or directory", from `code` (`errno`).
    package static func system(_ path: String, _ failure: String, code: Int32, remedy: String = "") -> HornetError {
        let reason = String(cString: strerror(code))
        return HornetError(
            .file, at: path, "\(failure): \(reason)", remedy: remedy.isEmpty ? usualRemedy(code) : remedy)
    }

    private static func usualRemedy(_ code: Int32) -> String {
        switch code {
        case ENOENT: "Check the spelling; a relative path starts at the current folder"
        case EACCES, EPERM: "Check the permissions of the file and of the folders above it"
        case EROFS: "Choose a folder on a file system that can be written"
        case ENOSPC, EDQUOT: "Free some space or choose another disk"
        case EMFILE, ENFILE: "Close files, or raise the limit with ulimit -n"
        default: ""
        }
    }
}

/// Repeats a system call that a signal interrupted.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// The folder that holds `path`, ready to have `/name` appended, and the name within it.
func splitPath(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/." : String(path[..<slash]), name)
}
