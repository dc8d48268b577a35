/// The SHA-256 of bytes in base 64, as a Content-Security-Policy wants it (FIPS 180-4).
package func sha256Base64(_ message: [UInt8]) -> String {
    let primes = (2..<312).filter { number in !(2..<number).contains { number.isMultiple(of: $0) } }.map(Double.init)
    // The first 32 bits behind the point of square and cube roots, found in whole numbers.
    func fraction(_ prime: Double, _ power: Int) -> UInt32 {
        let root = power == 2 ? prime.squareRoot() : cubeRoot(prime)
        return UInt32((root - root.rounded(.down)) * 0x1p32)
    }
    var state = primes.prefix(8).map { fraction($0, 2) }
    let constants = primes.map { fraction($0, 3) }

    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: UInt64(message.count * 8) >> UInt64(56 - 8 * $0)) }
    func rotated(_ x: UInt32, _ count: UInt32) -> UInt32 { x >> count | x << (32 - count) }
    for block in stride(from: 0, to: bytes.count, by: 64) {
        var words = (0..<16).map { word in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + word * 4 + $1]) }
        }
        for i in 16..<64 {
            let (x, y) = (words[i - 15], words[i - 2])
            let first = rotated(x, 7) ^ rotated(x, 18) ^ x >> 3
            let second = rotated(y, 17) ^ rotated(y, 19) ^ y >> 10
            words.append(words[i - 16] &+ first &+ words[i - 7] &+ second)
        }
        var s = state
        for i in 0..<64 {
            let first = rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25)
            let chosen = s[4] & s[5] ^ ~s[4] & s[6]
            let one = s[7] &+ first &+ chosen &+ constants[i] &+ words[i]
            let second = rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22)
            let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
            s = [one &+ second &+ majority, s[0], s[1], s[2], s[3] &+ one, s[4], s[5], s[6]]
        }
        for i in 0..<8 { state[i] &+= s[i] }
    }
    return base64(state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } })
}

private func cubeRoot(_ x: Double) -> Double {
    var root = x / 3 + 1
    for _ in 0..<60 { root -= (root * root * root - x) / (3 * root * root) }
    return root
}

private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
        for place in 0..<4 {
            text.unicodeScalars.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
        }
    }
    return text
}
