#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file's bytes, mapped into memory read-only: opening costs nothing whatever the size, and the system
/// loads the pages that are read.
///
/// The bytes stay valid as long as the object lives. Another process that shortens the file meanwhile makes
/// the lost pages unreadable (`SIGBUS`); replacing it, as ``writeAtomically(to:_:)`` does, is harmless.
public final class MappedFile: Sendable {
    /// The path as given.
    public let path: String
    /// The size in bytes.
    public let count: Int
    /// The first byte's address, as a number because a pointer is not `Sendable`; 0 for an empty file.
    private let address: UInt

    /// Maps the file at `path`. Throws a ``HornetError`` when it is missing, can't be read, or is no regular
    /// file (a folder, a pipe, a device).
    public init(path: String) throws {
        // A pipe would block the call until someone writes to it.
        let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw HornetError.system(path, "can't be opened", code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw HornetError.system(path, "can't be inspected", code: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw HornetError(.file, at: path, "is a folder", remedy: "Give the path of a file in it")
        default:
            throw HornetError(
                .file, at: path, "is a pipe or a device, which can't be mapped into memory",
                remedy: "Write its content to a file first")
        }
        self.path = path
        count = Int(status.st_size)
        guard count > 0 else {
            address = 0
            return
        }
        let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapping, Int(bitPattern: mapping) != -1 else {
            throw HornetError.system(path, "can't be mapped into memory", code: errno)
        }
        address = UInt(bitPattern: mapping)
    }

    deinit {
        if count > 0 { munmap(UnsafeMutableRawPointer(bitPattern: address), count) }
    }

    /// The whole content. Valid while this object lives: hold on to it, or use ``withUnsafeBytes(_:)``.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    /// Reads the content in place, the object kept alive meanwhile.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }
}
