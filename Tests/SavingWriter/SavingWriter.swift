import Hornet
import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Saves a model, for tests that kill it, or let it fail, meanwhile:
///
///     SavingWriter PATH                    for ever; a byte on standard output says that it is about to begin
///     SavingWriter PATH --in-place         the same as a program would that writes into the file itself
///     SavingWriter PATH --limit BYTES      once, where no file may grow larger
///     SavingWriter PATH --user ID          once, as that user
///
/// All weights of a file have the same value. An error goes to standard error and ends it with 1.
@main
struct SavingWriter {
    let path: String
    let model = Sequential([Dense(300), Dense(200)])

    static func main() {
        let arguments = CommandLine.arguments
        let number = arguments.count > 3 ? UInt32(arguments[3])! : 0
        do {
            let writer = SavingWriter(path: arguments[1])
            try writer.model.build(inputShape: [nil, 256])
            switch arguments.count > 2 ? arguments[2] : "" {
            case "--limit":
                limitFiles(to: number)
                try writer.save(1)
            case "--user":
                guard seteuid(number) == 0 else { exit(2) }
                try writer.save(1)
            case let option: try writer.saveForEver(inPlace: option == "--in-place")
            }
        } catch {
            let text = Array("\(error)\n".utf8)
            _ = write(2, text, text.count)
            exit(1)
        }
    }

    private func save(_ value: Float) throws {
        try model.setWeights(model.weights.map { Tensor.full($0.shape, value) })
        try model.save(path)
    }

    private func saveForEver(inPlace: Bool) throws {
        let files = try [1, 2].map { value in
            try save(Float(value))
            return try MappedFile(path: path).withUnsafeBytes { Array($0) }
        }
        _ = write(1, "!", 1)
        var number = 0
        while true {
            if inPlace { overwrite(with: files[number % 2]) } else { try save(Float(number % 1000 + 3)) }
            number += 1
        }
    }

    private func overwrite(with bytes: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // As buffered output comes: in blocks.
        for start in stride(from: 0, to: bytes.count, by: 4096) {
            let block = bytes[start..<min(start + 4096, bytes.count)]
            _ = block.withUnsafeBytes { write(descriptor, $0.baseAddress!, $0.count) }
        }
        close(descriptor)
    }

    /// Writing more fails as on a full disk, with another reason.
    private static func limitFiles(to size: UInt32) {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(size), rlim_max: rlim_t(size))
        #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        #else
            setrlimit(RLIMIT_FSIZE, &limit)
        #endif
    }
}
