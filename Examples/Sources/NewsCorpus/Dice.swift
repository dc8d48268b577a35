/// Draws from a random number generator whose results never change.
///
/// The standard library's `Int.random(in:using:)` and `randomElement(using:)` may change their algorithm from one
/// Swift version to the next, and with it every byte of the corpus. A draw here is one `next()`, a multiplication
/// and a shift; its bias, below 2⁻⁵⁰ for the small bounds in use, is nothing to a corpus.
struct Dice {
    private var source: any RandomNumberGenerator

    init(_ source: some RandomNumberGenerator) {
        self.source = source
    }

    /// Uniform in `0 ..< bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(source.next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True in `percent` of a hundred draws.
    mutating func chance(percent: Int) -> Bool { below(100) < percent }

    /// An index into `weights`, each as likely as its weight.
    mutating func index(in weights: Weights) -> Int {
        let draw = below(weights.total)
        return weights.bounds.firstIndex { draw < $0 } ?? 0
    }
}

/// How likely each of several things is, against the others.
struct Weights {
    /// The sum of the weights up to and with each one.
    fileprivate let bounds: [Int]

    init(_ weights: some Sequence<Int>) {
        var sum = 0
        bounds = weights.map { weight in
            sum += weight
            return sum
        }
        precondition(sum > 0, "no weight is positive")
    }

    fileprivate var total: Int { bounds[bounds.count - 1] }
}
