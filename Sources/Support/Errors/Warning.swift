import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Something that works but is probably not meant: an unknown label, weights that a few rows dominate.
///
/// A warning is printed to standard error, once for each text, unless ``handled(by:_:)`` is around the call.
public struct Warning: Sendable, Equatable, CustomStringConvertible {
    /// Where: the call, `MultiLabelBinarizer.transform`.
    public let place: String
    /// What is doubtful, with figures.
    public let problem: String
    /// What to do about it; empty when the problem says it all.
    public let remedy: String

    package init(at place: String, _ problem: String, remedy: String = "") {
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }

    public var description: String {
        remedy.isEmpty ? "\(place): \(problem)" : "\(place): \(problem). \(remedy)"
    }

    @TaskLocal private static var handler: (@Sendable (Warning) -> Void)?
    private static let printed = Mutex<Set<String>>([])

    /// Sends the warnings that arise in `body` to `handler` (a logger, a test) instead of standard error.
    public static func handled<R>(
        by handler: @escaping @Sendable (Warning) -> Void, _ body: () throws -> R
    ) rethrows -> R {
        try $handler.withValue(handler, operation: body)
    }

    /// The result of `body` and the warnings that arose in it.
    public static func collected<R>(_ body: () throws -> R) rethrows -> (result: R, warnings: [Warning]) {
        let collection = Collection()
        let result = try handled(by: { warning in collection.warnings.withLock { $0.append(warning) } }, body)
        return (result, collection.warnings.withLock { $0 })
    }

    private final class Collection: Sendable {
        let warnings = Mutex<[Warning]>([])
    }

    /// Hands the warning to the handler, or prints it.
    package func emit() {
        if let handler = Warning.handler { return handler(self) }
        let text = description
        let isNew = Warning.printed.withLock { printed in
            // A program that makes up new texts forever must not fill the memory.
            if printed.count >= 10_000 { printed.removeAll() }
            return printed.insert(text).inserted
        }
        if isNew {
            let line = Array("warning: \(text)\n".utf8)
            _ = write(STDERR_FILENO, line, line.count)
        }
    }
}
