#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A count on standard error, where that is a terminal.
struct Progress {
    private let total: Int
    private let isShown = isatty(STDERR_FILENO) == 1
    private var done = 0

    init(total: Int) {
        self.total = total
    }

    mutating func advance() {
        done += 1
        if isShown, done % 10_000 == 0 { show(ending: "") }
    }

    func finish() {
        if isShown { show(ending: "\n") }
    }

    private func show(ending: String) {
        let line = Array("\r\(done) of \(total) items\(ending)".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}
