import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Damages files in ways that readers must survive: flipped bits, absurd numbers, cuts, moved and doubled blocks, and other
/// values in JSON text. The same seed damages in the same way.
package struct Mutations {
    private var random: RandomSource

    package init(seed: UInt64) { random = RandomSource(seed: seed) }

    /// A damaged version of `bytes`, with one to four wounds.
    package mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<(1 + random.integer(below: 4)) where !bytes.isEmpty { wound(&bytes) }
        return bytes
    }

    private mutating func wound(_ bytes: inout [UInt8]) {
        let place = random.integer(below: bytes.count)
        switch random.integer(below: 16) {
        case 0..<4: bytes[place] ^= 1 << random.integer(below: 8)
        case 4: bytes[place] = UInt8(random.integer(below: 256))
        case 5..<9: writeNumber(&bytes, at: place)
        case 9: bytes.removeLast(1 + random.integer(below: bytes.count))
        case 10: bytes.removeSubrange(block(at: place, bytes))
        case 11: bytes.insert(contentsOf: bytes[block(at: place, bytes)], at: random.integer(below: bytes.count))
        case 12: for i in block(at: place, bytes) { bytes[i] = 0 }
        case 13: for i in block(at: place, bytes) { bytes[i] = UInt8(random.integer(below: 256)) }
        default: replaceValue(&bytes, near: place)
        }
    }

    private mutating func block(at place: Int, _ bytes: [UInt8]) -> Range<Int> {
        place..<min(bytes.count, place + 1 + random.integer(below: 64))
    }

    /// A little-endian number of 1 to 8 bytes, of those at which arithmetic goes wrong or sizes become absurd.
    private mutating func writeNumber(_ bytes: inout [UInt8], at place: Int) {
        let numbers: [UInt64] = [
            0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32,
            1 << 40, 1 << 62, .max >> 1, 1 << 63, .max - 1, .max, UInt64(bytes.count), UInt64(bytes.count) * 2,
        ]
        let number = numbers[random.integer(below: numbers.count)]
        let width = 1 << random.integer(below: 4)
        // Fields are mostly aligned.
        let start = random.integer(below: 2) == 0 ? place : place / width * width
        for i in 0..<width where start + i < bytes.count { bytes[start + i] = UInt8(truncatingIfNeeded: number >> (8 * i)) }
    }

    /// Puts another value behind a colon of JSON text. The text keeps its length, as the file around it may know it.
    private mutating func replaceValue(_ bytes: inout [UInt8], near place: Int) {
        let values = [
            "null", "true", "false", "0", "-1", "1", "2", "1e9", "1e308", "2147483648", "9223372036854775807", "[]", "{}",
            "\"\"", "\"x\"", "[1]", "NaN", "0.5", "[[1,2],3]", "\"gelu\"",
        ]
        guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")),
            let end = bytes[colon...].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") })
        else { return }
        let value = Array(values[random.integer(below: values.count)].utf8)
        guard value.count < end - colon else { return }
        for i in colon + 1..<end {
            let position = i - colon - 1
            bytes[i] = position < value.count ? value[position] : UInt8(ascii: " ")
        }
    }
}

/// Feeds damaged files to a reader, which may take or refuse them, but not crash, hang or throw anything but what the caller
/// counts as a refusal.
///
/// A test runs a few hundred; `HORNET_MUTATIONS=100000` runs as many as that says, `HORNET_MUTATIONS_FROM=4000` begins with
/// that number, to come back to one that crashed.
package struct MutationDriver {
    /// How many files were taken, and how many were refused.
    package private(set) var accepted = 0
    package private(set) var refused = 0
    /// The longest time that one file took, in seconds.
    package private(set) var longest = 0.0

    private static func setting(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    /// Reads damaged versions of `originals` in turn. `read` gets one, and the place of its original in the list, and returns
    /// whether it took the file.
    package init(
        _ name: String, _ originals: [[UInt8]], usually count: Int = 300,
        read: (_ damaged: [UInt8], _ original: Int) throws -> Bool
    ) rethrows {
        let first = MutationDriver.setting("HORNET_MUTATIONS_FROM") ?? 0
        let count = MutationDriver.setting("HORNET_MUTATIONS") ?? count
        for number in first..<first + count {
            var mutations = Mutations(seed: UInt64(number))
            let original = number % originals.count
            let bytes = mutations.damaged(originals[original])
            let start = MutationDriver.now
            if try read(bytes, original) { accepted += 1 } else { refused += 1 }
            longest = max(longest, MutationDriver.now - start)
            if (number + 1) % 10_000 == 0 { report("\(name) up to \(number)") }
        }
        report(name)
    }

    private func report(_ name: String) {
        var (own, children) = (rusage(), rusage())
        // RUSAGE_SELF and RUSAGE_CHILDREN, whose types differ between systems.
        getrusage(0, &own)
        getrusage(-1, &children)
        print(
            "\(name): \(accepted + refused) damaged files, \(accepted) taken, \(refused) refused; the slowest took",
            "\(Int(longest * 1000)) ms; at most \(own.ru_maxrss / 1024) MB here, \(children.ru_maxrss / 1024) MB in a child")
        fflush(nil)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
