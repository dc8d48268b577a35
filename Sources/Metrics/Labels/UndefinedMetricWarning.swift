import Synchronization

/// Tells the user that a figure has no definition on this data and was set to some value, in
/// scikit-learn's words, on standard error, each text once a process.
package enum UndefinedMetricWarning {
    /// Receives the texts instead of standard error, all of them, while set.
    @TaskLocal package static var sink: (@Sendable (String) -> Void)?

    private static let written = Mutex<Set<String>>([])

    static func warn(_ text: String) {
        if let sink { return sink(text) }
        if written.withLock({ $0.insert(text).inserted }) {
            writeToStandardError("UndefinedMetricWarning: " + text)
        }
    }
}
