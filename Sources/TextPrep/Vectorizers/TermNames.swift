import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The features in the order of their columns, one behind the other.
struct TermNames: Sendable, Equatable {
    private var bytes: [UInt8] = []
    private var starts = [0]

    var count: Int { starts.count - 1 }

    func withUTF8<R>(at position: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        bytes.withUnsafeBufferPointer { body($0.extracting(starts[position]..<starts[position + 1])) }
    }

    subscript(position: Int) -> String { withUTF8(at: position) { String(decoding: $0, as: UTF8.self) } }

    var strings: [String] { (0..<count).map { self[$0] } }

    mutating func append(_ name: String) {
        bytes += name.utf8
        starts.append(bytes.count)
    }

    /// Appends a part of a name, which ``endName()`` ends.
    mutating func append(part: UnsafeBufferPointer<UInt8>) { bytes += part }
    mutating func append(byte: UInt8) { bytes.append(byte) }
    mutating func endName() { starts.append(bytes.count) }
}

extension WordTable {
    /// Sorts places by the bytes of their words, which is the order of their code points.
    func sortedByBytes(_ places: [Int32]) -> [Int32] {
        // The first eight bytes decide most comparisons.
        var keyed = places.map { place in (first: withUTF8(at: Int(place), firstBytes), place: place) }
        keyed.sort { a, b in
            if a.first != b.first { return a.first < b.first }
            return withUTF8(at: Int(a.place)) { a in withUTF8(at: Int(b.place)) { b in isLess(a, b) } }
        }
        return keyed.map(\.place)
    }
}

/// The first eight bytes as a number that is in their order.
private func firstBytes(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var number: UInt64 = 0
    for k in 0..<8 { number = number << 8 | (k < word.count ? UInt64(word[k]) : 0) }
    return number
}

private func isLess(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
    let order = memcmp(first, second, min(a.count, b.count))
    return order < 0 || order == 0 && a.count < b.count
}
