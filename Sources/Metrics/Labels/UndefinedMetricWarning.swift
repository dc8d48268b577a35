import Synchronization

/// Tells the user that a figure has no definition on this data and was set to some value, in
/// scikit-learn's words, on standard error, each text once a process.
package enum UndefinedMetricWarning {
    private struct State {
        var written: Set<String> = []
        /// The texts of the threads that collect them.
        var collected: [UInt: [String]] = [:]
    }

    private static let state = Mutex(State())

    static func warn(_ text: String) {
        let thread = currentThread()
        let isNew = state.withLock { state in
            if state.collected[thread] != nil {
                state.collected[thread]!.append(text)
                return false
            }
            return state.written.insert(text).inserted
        }
        if isNew { writeToStandardError("UndefinedMetricWarning: " + text) }
    }

    /// The value of a call and every warning it gave on this thread, none of which reaches standard error.
    package static func collecting<T>(_ call: () throws -> T) rethrows -> (value: T, warnings: [String]) {
        let thread = currentThread()
        let outer = state.withLock { $0.collected.updateValue([], forKey: thread) }
        defer { state.withLock { $0.collected[thread] = outer } }
        let value = try call()
        return (value, state.withLock { $0.collected[thread] ?? [] })
    }
}
