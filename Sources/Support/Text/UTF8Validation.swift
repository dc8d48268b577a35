/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 16, table 3-7), or nil when all
/// are. ASCII is skipped 32 bytes at a time.
package func firstInvalidUTF8(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let end = bytes.count
    let high: UInt64 = 0x8080_8080_8080_8080
    func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    var position = 0
    while position < end {
        while position + 32 <= end,
            (word(position) | word(position + 8) | word(position + 16) | word(position + 24)) & high == 0
        {
            position += 32
        }
        while position + 8 <= end {
            let marked = word(position) & high
            position += marked == 0 ? 8 : marked.trailingZeroBitCount / 8
            if marked != 0 { break }
        }
        // A letter beyond ASCII rarely stands alone.
        while position + 4 <= end {
            let quad = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            let length = sequenceLength(quad)
            if length == 0 { return position }
            position += length
            if length == 1 { break }
        }
        while position < end, position + 4 > end {
            var quad: UInt32 = 0
            for offset in position..<end { quad |= UInt32(bytes[offset]) << UInt32(8 * (offset - position)) }
            let length = sequenceLength(quad)
            // What follows the end is zero, and no sequence holds a zero.
            if length == 0 { return position }
            position += length
        }
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
