#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file system of 64 KiB, to fill up or to protect against writing. Only root can have one, and only where mounting is
/// allowed.
package final class SmallDisk {
    private let folder = TemporaryFolder()
    package var path: String { folder.path }

    /// Whether there can be one; says that what needs it is skipped where there can't.
    package static let isPossible: Bool = {
        if SmallDisk() != nil { return true }
        print("Skipped: only root, where mounting is allowed, can try a full disk and a read-only one.")
        return false
    }()

    package init?() {
        guard system("mount -t tmpfs -o size=64k hornet '\(folder.path)' 2>/dev/null") == 0 else { return nil }
    }

    package func file(_ name: String) -> String { folder.file(name) }
    package var names: [String] { folder.names }

    /// From now on nothing can be written.
    package func protect() { _ = system("mount -o remount,ro '\(path)'") }

    deinit { _ = system("umount '\(path)' 2>/dev/null") }
}
