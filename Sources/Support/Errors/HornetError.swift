/// What Hornet throws on bad input: where it happened, what is wrong, and what to do about it.
///
/// Data, files, configuration and the shapes given to `build` or `fit` throw; a shape mismatch inside a
/// tensor expression is a programming error and traps (see ``trap(_:_:file:line:)``).
public struct HornetError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// A layer or a call was given an array whose shape does not fit.
        case shape
        /// The user's data breaks a rule: a malformed row, an unknown label, a NaN.
        case data
        /// A file can't be read or written, or its content is not what it should be.
        case file
        /// An argument, or a combination of arguments, makes no sense.
        case configuration
        /// A computation has no answer: a singular matrix, a loss that became NaN.
        case numerics
    }

    public let kind: Kind
    /// Where: `news.csv:12`, `layer dense_1`, `fit`.
    public let place: String
    /// What is wrong, with the figures or shapes that show it.
    public let problem: String
    /// What to do next; empty when the problem says it all.
    public let remedy: String

    public init(_ kind: Kind, at place: String, _ problem: String, remedy: String = "") {
        self.kind = kind
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }

    public var description: String {
        remedy.isEmpty ? "\(place): \(problem)" : "\(place): \(problem). \(remedy)"
    }
}
