import HornetSupport

/// How much training says: Keras' `verbose`.
public enum Verbosity: Int, Sendable, ExpressibleByIntegerLiteral {
    /// Nothing.
    case silent = 0
    /// A bar that is redrawn.
    case bar = 1
    /// One line an epoch.
    case line = 2
    /// A bar on a terminal, else one line an epoch.
    case auto = 3

    public init(integerLiteral value: Int) {
        guard let verbosity = Verbosity(rawValue: value), value < 3 else {
            trap("Verbosity", "verbose is 0 (silent), 1 (bar) or 2 (one line an epoch), not \(value)")
        }
        self = verbosity
    }

    var resolved: Verbosity { self == .auto ? (Console.isTerminal ? .bar : .line) : self }
}

/// Keras' progress line: `3/195 ━━━━ 1s 7ms/step - loss: 0.1234`. Times are seconds since it began.
package struct ProgressBar {
    private let target: Int
    private let verbosity: Verbosity
    private let start = Console.seconds
    private var afterFirstStep: Double?
    private var lastDrawn = -Double.infinity
    private var lastWidth = 0

    package init(target: Int, verbosity: Verbosity) {
        self.target = target
        self.verbosity = verbosity.resolved
    }

    /// Whether a redraw is due; asked before figures are gathered for it.
    mutating func isDue(after steps: Int) -> Bool { isDue(after: steps, at: Console.seconds - start) }

    /// Draws the line after `steps` steps.
    mutating func draw(after steps: Int, _ logs: Logs, isFinal: Bool = false) {
        guard let line = line(after: steps, logs, isFinal: isFinal, at: Console.seconds - start) else { return }
        Console.print(line, terminator: "")
    }

    package mutating func isDue(after steps: Int, at now: Double) -> Bool {
        guard verbosity != .silent else { return false }
        if steps == 1 { afterFirstStep = now }
        return verbosity == .bar && steps < target && now - lastDrawn >= 0.05
    }

    /// What is printed after `steps` steps; `nil` when nothing is.
    package mutating func line(after steps: Int, _ logs: Logs, isFinal: Bool, at now: Double) -> String? {
        lastDrawn = now
        switch verbosity {
        case .silent, .auto: return nil
        case .bar: return bar(steps, logs, isFinal, now)
        case .line:
            return isFinal ? "\(count(steps)) - \(wholeSeconds(now)) -\(pace(steps, now))\(figures(logs))\n" : nil
        }
    }

    private mutating func bar(_ steps: Int, _ logs: Logs, _ isFinal: Bool, _ now: Double) -> String {
        let width = 20
        let done = target > 0 ? width * steps / target : width
        let remaining = perStep(steps, now) * Double(target - steps)
        let time = isFinal ? wholeSeconds(now) : ProgressBar.eta(remaining)
        let rest = "\(pace(steps, now))\(figures(logs))"
        // What shows on the screen, without the colour codes.
        let visible = count(steps).utf8.count + 1 + width + 1 + time.utf8.count + rest.unicodeScalars.count
        var line = "\r\u{1B}[1m\(count(steps))\u{1B}[0m "
        if done > 0 { line += "\u{1B}[32m" + String(repeating: "━", count: done) + "\u{1B}[0m" }
        line += "\u{1B}[37m" + String(repeating: "━", count: width - done) + "\u{1B}[0m"
        line += " \u{1B}[1m\(time)\u{1B}[0m\(rest)"
        line += String(repeating: " ", count: max(lastWidth - visible, 0))
        lastWidth = visible
        return line + (isFinal ? "\n" : "")
    }

    private func count(_ steps: Int) -> String {
        let total = "\(target)"
        return "\(steps)".rightAligned(total.utf8.count) + "/" + total
    }

    private func figures(_ logs: Logs) -> String {
        logs.map { " - \($0.name): " + ProgressBar.figure($0.value) }.joined()
    }

    /// Keras' `%.4f`, or `%.4e` for what would show as zero.
    static func figure(_ value: Double) -> String {
        value.magnitude > 1e-3 ? formatFixed(value, decimals: 4) : formatScientific(value, decimals: 4)
    }

    /// Seconds a step; the first step, which warms up, counts only while it is the only one.
    private func perStep(_ steps: Int, _ now: Double) -> Double {
        if let afterFirstStep, steps > 1 { return (now - afterFirstStep) / Double(steps - 1) }
        return steps > 0 ? now / Double(steps) : 0
    }

    private func pace(_ steps: Int, _ now: Double) -> String {
        let seconds = perStep(steps, now)
        if seconds >= 1 || seconds == 0 { return " \(formatFixed(seconds, decimals: 0))s/step" }
        if seconds >= 1e-3 { return " \(formatFixed(seconds * 1e3, decimals: 0))ms/step" }
        return " \(formatFixed(seconds * 1e6, decimals: 0))us/step"
    }

    private func wholeSeconds(_ seconds: Double) -> String { formatFixed(seconds, decimals: 0) + "s" }

    private static func eta(_ seconds: Double) -> String {
        let whole = Int(seconds)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        if seconds > 3600 { return "\(whole / 3600):\(two(whole % 3600 / 60)):\(two(whole % 60))" }
        if seconds > 60 { return "\(whole / 60):\(two(whole % 60))" }
        return "\(whole)s"
    }
}
