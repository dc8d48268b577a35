/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 16, table 3-7), or nil when all
/// are. ASCII is skipped 32 bytes at a time.
package func firstInvalidUTF8(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let end = bytes.count
    let high: UInt64 = 0x8080_8080_8080_8080
    var position = 0

    func word(_ offset: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }
    func isContinuation(_ offset: Int) -> Bool { offset < end && byte(offset) & 0xC0 == 0x80 }

    while position < end {
        while position + 32 <= end,
            (word(position) | word(position + 8) | word(position + 16) | word(position + 24)) & high == 0
        {
            position += 32
        }
        // Up to 32 bytes one by one: a byte beyond ASCII is among them, or the end is near.
        let stop = min(position + 32, end)
        while position < stop {
            let lead = byte(position)
            let length: Int
            switch lead {
            case 0x00...0x7F: length = 1
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return position
            }
            if length > 1 {
                guard isContinuation(position + 1) else { return position }
                let second = byte(position + 1)
                switch lead {
                case 0xE0: if second < 0xA0 { return position }  // overlong
                case 0xED: if second > 0x9F { return position }  // surrogates
                case 0xF0: if second < 0x90 { return position }  // overlong
                case 0xF4: if second > 0x8F { return position }  // above U+10FFFF
                default: break
                }
                if length > 2 && !isContinuation(position + 2) { return position }
                if length > 3 && !isContinuation(position + 3) { return position }
            }
            position += length
        }
    }
    return nil
}
