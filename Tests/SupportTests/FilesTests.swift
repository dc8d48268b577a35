import HornetSupport
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

func content(_ path: String) throws -> String {
    try MappedFile(path: path).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
}

func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "nothing was thrown"
    } catch { return "\(error)" }
}

private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : 0
}

@Suite("Files") struct FilesTests {
    private let folder = TemporaryFolder()
    var target: String { folder.path + "/target.txt" }

    @Test("A mapped file shows the bytes, also when it is empty or has been replaced since")
    func mapping() throws {
        try folder.put("line\nÿ\0end", in: "target.txt")
        let old = try MappedFile(path: target)
        try folder.put("new", in: "target.txt")
        #expect(old.withUnsafeBytes { Array($0) } == Array("line\nÿ\0end".utf8))
        #expect(old.count == 11)
        #expect(try content(target) == "new")

        try folder.put("", in: "empty")
        let empty = try MappedFile(path: folder.path + "/empty")
        #expect(empty.count == 0)
        #expect(empty.bytes.isEmpty)
    }

    @Test("What can't be mapped is refused by name and reason")
    func mappingErrors() throws {
        let missing = folder.path + "/missing"
        #expect(
            message { _ = try MappedFile(path: missing) }.hasPrefix(
                "\(missing): can't be opened: No such file or directory. Check the spelling"))
        #expect(message { _ = try MappedFile(path: folder.path) }.contains("is a folder"))
        #expect(message { _ = try MappedFile(path: "/dev/null") }.contains("a pipe or a device"))
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(message { _ = try MappedFile(path: pipe) }.contains("a pipe or a device"))
    }

    @Test("A file without read permission", .enabled(if: geteuid() != 0, "root reads every file"))
    func unreadable() throws {
        try folder.put("secret", in: "target.txt")
        chmod(target, 0)
        #expect(message { _ = try MappedFile(path: target) }.contains("Permission denied"))
        #expect(message { try folder.put("new", in: "target.txt") }.contains("is write-protected"))
    }

    @Test("Small and large writes arrive in order")
    func writing() throws {
        let large = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try writeAtomically(to: target) { writer in
            try writer.write("ab")
            try writer.write(bytesOf: UInt32(0x4443_4241))
            try writer.write(large)
            for byte in large.prefix(300_000) { try writer.write([byte]) }
            try writer.write("a line".dropFirst(2))
            #expect(writer.position == 6 + 600_000 + 300_000 + 4)
        }
        let file = try MappedFile(path: target)
        let expected = Array("abABCD".utf8) + large + large.prefix(300_000) + Array("line".utf8)
        #expect(file.withUnsafeBytes(Array.init) == expected)
        #expect(folder.names == ["target.txt"])
    }

    @Test("A body that throws leaves the old file and nothing else")
    func failingBody() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) { try writeAtomically(to: target) { _ in throw Failure() } }
        #expect(folder.names.isEmpty)
        try folder.put("old", in: "target.txt")
        #expect(throws: Failure.self) {
            try writeAtomically(to: target) { writer in
                try writer.write([UInt8](repeating: 7, count: 1 << 20))
                throw Failure()
            }
        }
        #expect(throws: Failure.self) { try replaceAtomically(target) { _ in throw Failure() } }
        #expect(try content(target) == "old")
        #expect(folder.names == ["target.txt"])
    }

    @Test("A full disk is an error that names the file", .enabled(if: access("/dev/full", W_OK) == 0))
    func fullDisk() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        var writer = FileWriter(descriptor: descriptor, path: "model.h5")
        try writer.write("buffered")
        var text = ""
        do { try writer.flush() } catch { text = "\(error)" }
        #expect(text.hasPrefix("model.h5: can't be written: No space left on device. Free some space"))
    }

    @Test("Places that can't be written are refused")
    func refusedTargets() throws {
        #expect(
            message { try writeAtomically(to: folder.path + "/no/file") { _ in } }.contains(
                "Create the folder \(folder.path)/no first"))
        #expect(message { try writeAtomically(to: folder.path) { _ in } }.contains("is a folder"))
        #expect(message { try writeAtomically(to: folder.path + "/") { _ in } }.contains("names a folder"))
        #expect(message { try writeAtomically(to: "/dev/null") { _ in } }.contains("a pipe or a device"))
    }

    @Test("The new file keeps the old one's mode")
    func keepsMode() throws {
        try folder.put("old", in: "target.txt")
        chmod(target, 0o640)
        try folder.put("new", in: "target.txt")
        #expect(mode(target) & 0o7777 == 0o640)
        try folder.put("fresh", in: "fresh")
        #expect(mode(folder.path + "/fresh") & 0o7711 == 0o600)
    }

    @Test("A symbolic link stays and what it leads to is replaced")
    func links() throws {
        try folder.put("old", in: "target.txt")
        let first = folder.path + "/first", second = folder.path + "/second"
        symlink("target.txt", first)
        symlink(first, second)
        try folder.put("new", in: "second")
        #expect(try content(target) == "new")
        #expect(mode(first) & S_IFMT == S_IFLNK)
        #expect(mode(second) & S_IFMT == S_IFLNK)

        symlink("nothing-yet", folder.path + "/dangling")
        try folder.put("made", in: "dangling")
        #expect(try content(folder.path + "/nothing-yet") == "made")

        symlink("loop", folder.path + "/loop")
        #expect(message { try folder.put("x", in: "loop") }.contains("symbolic links"))
    }

    @Test("A library that wants a path gets the temporary one")
    func replacing() throws {
        try folder.put("old", in: "target.txt")
        try replaceAtomically(target) { temporary in
            let before = try content(target)
            #expect(before == "old")
            let file = fopen(temporary, "w")
            fputs("by name", file)
            fclose(file)
        }
        #expect(try content(target) == "by name")
        #expect(folder.names == ["target.txt"])
    }
}
