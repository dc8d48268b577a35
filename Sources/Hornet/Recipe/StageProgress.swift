/// Says what long work is at: a line that is redrawn on a terminal, else a line a stage.
struct StageProgress {
    private let verbosity: Verbosity
    private let start = Console.seconds

    init(verbosity: Verbosity) { self.verbosity = verbosity.resolved }

    /// - Parameter secondsLeft: An estimate of all that is left, where there is one.
    func begin(_ stage: String, secondsLeft: Double? = nil) {
        let left = secondsLeft.map { ", about \(Int($0.rounded(.up))) s left" } ?? ""
        show("\(Int(Console.seconds - start)) s: \(stage)\(left)")
    }

    /// Lines that stay.
    func say(_ text: String) {
        end()
        if verbosity != .silent { Console.print(text) }
    }

    func end() {
        if verbosity == .bar { Console.print("\r\u{1B}[K", terminator: "") }
    }

    private func show(_ line: String) {
        switch verbosity {
        case .silent: break
        case .bar: Console.print("\r\u{1B}[K" + line, terminator: "")
        case .line, .auto: Console.print(line)
        }
    }
}
