import HornetSupport

/// A seeded, splittable stream of random numbers: the same seed gives the same numbers on every machine.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): a
/// counter that advances by an odd `gamma`, mixed to 64 bits. A split makes an independent stream, so every
/// layer and every epoch draws from its own and none depends on what another one drew.
public struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
    private var state: UInt64
    private let gamma: UInt64

    /// The stream of `seed`.
    public init(seed: UInt64) {
        state = RandomSource.mix(seed)
        gamma = 0x9E37_79B9_7F4A_7C15
    }

    /// A stream that nobody can predict, for when no seed is given.
    public init() {
        var system = SystemRandomNumberGenerator()
        self.init(seed: system.next())
    }

    private init(state: UInt64, gamma: UInt64) {
        self.state = state
        self.gamma = gamma
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= gamma
        return RandomSource.mix(state)
    }

    /// Passes the next `count` numbers by, handing out what they would be made from: number `k`, counted from 1, mixes
    /// `state + k·gamma`.
    mutating func skip(_ count: Int) -> (state: UInt64, gamma: UInt64) {
        defer { state &+= gamma &* UInt64(count) }
        return (state, gamma)
    }

    /// A new stream, independent of what this one gives from here on.
    public mutating func split() -> RandomSource {
        let childState = next()
        return RandomSource(state: childState, gamma: RandomSource.mixGamma(next()))
    }

    /// Stream number `index` of this one's present place, which does not move: `epochs.stream(3)`.
    public func stream(_ index: Int) -> RandomSource {
        var start = self
        start.state = RandomSource.mix(start.state ^ RandomSource.mix(UInt64(bitPattern: Int64(index)) &+ gamma))
        return start.split()
    }

    /// Uniform in `0 ..< bound`, without bias (Lemire 2019). Traps unless `bound` is positive.
    public mutating func integer(below bound: Int) -> Int {
        require(bound > 0, "RandomSource.integer", "the bound \(bound) is not positive")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Uniform in `[0, 1)`, a multiple of 2⁻²⁴.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// `0 ..< count` in random order (Fisher and Yates).
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
        return order
    }

    /// Stafford's variant 13 of the MurmurHash3 finalizer.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Odd, and with enough changes between neighbouring bits (the paper's section 3).
    private static func mixGamma(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        z = (z ^ (z >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        z = (z ^ (z >> 33)) | 1
        return (z ^ (z >> 1)).nonzeroBitCount < 24 ? z ^ 0xAAAA_AAAA_AAAA_AAAA : z
    }
}
