#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Hornet
import HornetSupport

/// Standard output, a device, or a file that appears under its name only when it is complete.
struct OutputSink: ~Copyable {
    private let path: String
    private let temporary: String?
    private let descriptor: Int32
    private var isFinished = false

    /// `-` is standard output; a pipe or a device is written as it is. A file is first written beside its place, as
    /// `<path>.<process>.part`.
    init(path: String) throws(HornetError) {
        self.path = path
        guard path != "-" else {
            temporary = nil
            descriptor = STDOUT_FILENO
            return
        }
        var old = stat()
        let isDevice = stat(path, &old) == 0 && old.st_mode & S_IFMT != S_IFREG
        let opened = isDevice ? path : "\(path).\(getpid()).part"
        temporary = isDevice ? nil : opened
        descriptor = open(opened, O_WRONLY | O_CLOEXEC | (isDevice ? 0 : O_CREAT | O_EXCL), 0o644)
        if descriptor < 0 {
            isFinished = true
            throw OutputSink.failure("cannot be opened for writing", at: opened)
        }
    }

    deinit {
        guard let temporary, !isFinished else { return }
        close(descriptor)
        unlink(temporary)
    }

    mutating func write(_ bytes: [UInt8]) throws(HornetError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { rest in
                #if canImport(Glibc)
                    Glibc.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                    Musl.write(descriptor, rest.baseAddress, rest.count)
                #else
                    Darwin.write(descriptor, rest.baseAddress, rest.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutputSink.failure("cannot be written", at: temporary ?? "standard output") }
            written += count
        }
    }

    /// Gives the file its name, replacing what stood there.
    mutating func finish() throws(HornetError) {
        guard let temporary else { return }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
            throw OutputSink.failure("cannot be put in place", at: path)
        }
        isFinished = true
    }

    private static func failure(_ what: String, at place: String) -> HornetError {
        let reason = String(cString: strerror(errno))
        return HornetError(.file, at: place, "\(what): \(reason)", remedy: "Choose another place with --output")
    }
}
