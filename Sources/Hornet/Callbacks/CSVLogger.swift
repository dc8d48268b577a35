import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes one line an epoch to a CSV file, as Keras does: `epoch`, then the figures by name; `NA` where one is missing.
/// Each line is on its way to the disk before the next epoch begins.
/// [Keras: CSVLogger](https://keras.io/api/callbacks/csv_logger/)
public final class CSVLogger: Callback {
    private let path: String
    private let separator: String
    private let append: Bool
    private var names: [String] = []
    private var needsHeader = true

    public init(_ path: String, separator: String = ",", append: Bool = false) {
        self.path = path
        self.separator = separator
        self.append = append
    }

    public override func onTrainBegin() throws {
        names = []
        needsHeader = true
        if append {
            if let file = fopen(path, "r") {
                needsHeader = fgetc(file) == EOF
                fclose(file)
            }
        } else {
            try write("", mode: "w")
        }
    }

    public override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) throws {
        if names.isEmpty {
            names = logs.names.sorted { ByteKey($0) < ByteKey($1) }
            // Keras leaves room for validation that may begin in a later epoch.
            if !names.contains(where: { $0.utf8.starts(with: "val_".utf8) }) { names += names.map { "val_" + $0 } }
        }
        var text = ""
        if needsHeader { text += line(["epoch"] + names) }
        needsHeader = false
        text += line(["\(epoch)"] + names.map { name in logs[name].map { "\($0)" } ?? "NA" })
        try write(text, mode: "a")
    }

    private func line(_ fields: [String]) -> String { fields.joined(separator: separator) + "\r\n" }

    private func write(_ text: String, mode: String) throws {
        guard let file = fopen(path, mode) else { throw failure() }
        let written = fputs(text, file)
        guard fclose(file) == 0, written >= 0 else { throw failure() }
    }

    private func failure() -> HornetError {
        HornetError(.file, at: path, "the log can't be written: \(String(cString: strerror(errno)))")
    }
}

extension Callback {
    /// See ``CSVLogger``.
    public static func csvLogger(_ path: String, separator: String = ",", append: Bool = false) -> Callback {
        CSVLogger(path, separator: separator, append: append)
    }
}
