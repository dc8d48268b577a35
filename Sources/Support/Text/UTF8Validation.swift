/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 16, table 3-7), or nil when all
/// are. Says where a text is wrong; whether it is, a kernel finds out faster.
package func firstInvalidUTF8(in bytes: UnsafeRawBufferPointer) -> Int? {
    var position = 0
    while position < bytes.count {
        // Most text is ASCII.
        if position + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            position += 8
            continue
        }
        if bytes[position] < 0x80 {
            position += 1
            continue
        }
        // What follows the end is zero, and no sequence holds a zero.
        var quad: UInt32 = 0
        for offset in 0..<min(4, bytes.count - position) {
            quad |= UInt32(bytes[position + offset]) << UInt32(8 * offset)
        }
        let length = sequenceLength(quad)
        if length == 0 { return position }
        position += length
    }
    return nil
}

/// The length of the well-formed sequence in the low bytes of `quad` (first byte lowest), 0 when there is none.
@inline(__always)
private func sequenceLength(_ quad: UInt32) -> Int {
    if quad & 0x80 == 0 { return 1 }
    if quad & 0x00C0_C0F0 == 0x0080_80E0 {
        // E0 80...9F would be overlong, ED A0...BF a surrogate.
        let critical = quad & 0x200F
        return critical == 0 || critical == 0x200D ? 0 : 3
    }
    if quad & 0xC0E0 == 0x80C0 {
        // C0 and C1 would be overlong.
        return quad & 0x1E == 0 ? 0 : 2
    }
    if quad & 0xC0C0_C0F8 == 0x8080_80F0 {
        let planes = (quad & 0x07) << 2 | (quad >> 12) & 0x03
        return (1...16).contains(planes) ? 4 : 0
    }
    return 0
}
