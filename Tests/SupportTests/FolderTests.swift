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

/// Files in folders that appear with them.
@Suite("Folders") struct FolderTests {
    private let folder = TemporaryFolder()

    private func put(_ text: String, in name: String) throws {
        try writeAtomically(to: "part", inFolder: folder.path + "/" + name) { try $0.write(text) }
    }

    @Test("Missing folders are made, and those that are there keep their other files")
    func making() throws {
        try put("first", in: "a/b/c//")
        #expect(try content(folder.path + "/a/b/c/part") == "first")
        try folder.put("stays", in: "a/b/c/other")
        try put("second", in: "a/b/c")
        #expect(try content(folder.path + "/a/b/c/part") == "second")
        #expect(TemporaryFolder.names(in: folder.path + "/a/b/c") == ["other", "part"])
        #expect(TemporaryFolder.names(in: folder.path + "/a/b") == ["c"])
    }

    @Test("A folder appears with its whole file")
    func appearing() throws {
        try writeAtomically(to: "part", inFolder: folder.path + "/new") { writer in
            try writer.write("text")
            try writer.flush()
            #expect(access(folder.path + "/new", F_OK) != 0)
        }
        #expect(folder.names == ["new"])
    }

    @Test("A body that throws leaves no folder, and the old file")
    func failingBody() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try writeAtomically(to: "part", inFolder: folder.path + "/a/b") { _ in throw Failure() }
        }
        #expect(folder.names.isEmpty)
        try put("old", in: "a/b")
        #expect(throws: Failure.self) {
            try writeAtomically(to: "part", inFolder: folder.path + "/a/b") { writer in
                try writer.write("new")
                throw Failure()
            }
        }
        #expect(try content(folder.path + "/a/b/part") == "old")
        #expect(TemporaryFolder.names(in: folder.path + "/a/b") == ["part"])
    }

    @Test("An error names what the caller named, not the temporary folder")
    func errorsInside() {
        let text = message {
            try writeAtomically(to: "part", inFolder: folder.path + "/new") { _ in
                throw HornetError(.file, at: folder.path + "/.hornet-x.tmp/part", "can't be written")
            }
        }
        #expect(text == "\(folder.path)/new/part: can't be written")
    }

    @Test("Places that can't be folders are refused")
    func refusals() throws {
        try folder.put("text", in: "file")
        #expect(
            message { try put("", in: "file") }
                == "\(folder.path)/file: is no folder. Remove it, or choose another name")
        #expect(message { try put("", in: "file/below") }.contains("Not a directory"))
        #expect(message { try writeAtomically(to: "part", inFolder: "") { _ in } }.contains("can't be made"))
        symlink("nowhere", folder.path + "/link")
        #expect(message { try put("", in: "link") }.contains("can't be made"))
        #expect(folder.names == ["file", "link"])
        unlink(folder.path + "/link")
    }
}
