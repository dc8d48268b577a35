import Hornet
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

/// Whatever happens to the program that saves, there is a whole file: the old one or the new.
@Suite(.serialized) struct SavingTests {
    private let scratch = TemporaryFolder()
    private var folder: String { scratch.path }
    /// Endings whose files are made in different ways.
    static let endings = ["safetensors", "keras", "h5"]

    /// Every weight of a file that the writer left has the same value.
    private func check(_ path: String) throws {
        let values = try Sequential.load(path).weights.flatMap(\.value.scalars)
        guard Set(values).count == 1, values[0] > 0 else {
            throw HornetError(.file, at: path, "parts of two files: \(Set(values).sorted())")
        }
    }

    /// Kills the writer `count` times, each time at another moment, and returns how often the file was not whole.
    private func tornFiles(_ count: Int, _ path: String, _ option: String...) throws -> Int {
        var torn = 0
        for _ in 0..<count {
            let writer = try Process([path] + option)
            #expect(writer.waitForOutput() == "!")
            usleep(.random(in: 0..<12_000))
            writer.kill()
            do { try check(path) } catch is HornetError { torn += 1 }
        }
        return torn
    }

    @Test(arguments: endings) func aKilledWriterLeavesAWholeFile(_ ending: String) throws {
        #expect(try tornFiles(200, folder + "/model." + ending) == 0)
    }

    /// The same watch over a writer that overwrites the file: it is caught.
    @Test func aWriterThatOverwritesIsCaught() throws {
        #expect(try tornFiles(30, folder + "/model.safetensors", "--in-place") > 0)
    }

    @Test(arguments: endings) func aFullDiskLeavesTheOldFile(_ ending: String) throws {
        let path = folder + "/model." + ending
        let model = Sequential([Dense(2, kernelInitializer: .ones, biasInitializer: .ones)])
        try model.build(inputShape: [nil, 2])
        try model.save(path)
        // An error in the middle of the data, and one in the header.
        for limit in [100_000, 100] {
            let writer = try Process([path, "--limit", "\(limit)"])
            let message = writer.waitForError()
            #expect(message.contains(path) && message.contains("File too large"), "\(message)")
            #expect(writer.status == 1)
            try check(path)
            #expect(try Sequential.load(path).weights[0].shape == [2, 2])
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root becomes another user"), arguments: endings)
    func aFolderOfOthersIsRefused(_ ending: String) throws {
        chmod(folder, 0o755)
        let path = folder + "/model." + ending
        let writer = try Process([path, "--user", "65534"])
        let message = writer.waitForError()
        #expect(message.contains(folder) && message.contains("Permission denied"), "\(message)")
        #expect(writer.status == 1 && access(path, F_OK) != 0)
    }
}

/// The program `SavingWriter`, which the build puts beside this one.
private final class Process {
    private var id: pid_t = 0
    private let output, errors: Int32
    private(set) var status: Int32 = -1

    init(_ arguments: [String]) throws {
        var name = [UInt8](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &name, name.count)
        try #require(length > 0)
        let tests = String(decoding: name[..<length], as: UTF8.self)
        let program = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/SavingWriter"
        var (out, err): ([Int32], [Int32]) = ([0, 0], [0, 0])
        pipe(&out)
        pipe(&err)
        for descriptor in out + err { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, out[1], 1)
        posix_spawn_file_actions_adddup2(&actions, err[1], 2)
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        let failure = posix_spawn(&id, program, &actions, nil, &argv, environ)
        argv.forEach { free($0) }
        posix_spawn_file_actions_destroy(&actions)
        close(out[1])
        close(err[1])
        (output, errors) = (out[0], err[0])
        try #require(failure == 0, "\(program) does not start: \(String(cString: strerror(failure)))")
    }

    deinit {
        close(output)
        close(errors)
    }

    /// What comes first on standard output.
    func waitForOutput() -> String { read(output) }

    /// All of standard error, until the program ends.
    func waitForError() -> String {
        var text = ""
        while case let part = read(errors), !part.isEmpty { text += part }
        wait()
        return text
    }

    func kill() {
        #if canImport(Glibc)
            _ = Glibc.kill(id, SIGKILL)
        #elseif canImport(Musl)
            _ = Musl.kill(id, SIGKILL)
        #else
            _ = Darwin.kill(id, SIGKILL)
        #endif
        wait()
    }

    private func wait() {
        var result: Int32 = 0
        while waitpid(id, &result, 0) < 0 && errno == EINTR {}
        status = result >> 8 & 0xFF
    }

    private func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        #if canImport(Glibc)
            let count = Glibc.read(descriptor, &bytes, bytes.count)
        #elseif canImport(Musl)
            let count = Musl.read(descriptor, &bytes, bytes.count)
        #else
            let count = Darwin.read(descriptor, &bytes, bytes.count)
        #endif
        return String(decoding: bytes[..<max(count, 0)], as: UTF8.self)
    }
}
