/// Reading and writing of single scalars in text that is known to be valid UTF-8.

/// The scalar that begins at `text[position]`, and its length in bytes.
@inline(__always)
func decodeScalar(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(text[position])
    func tail(_ offset: Int) -> UInt32 { UInt32(text[position + offset] & 0x3F) }
    switch lead {
    case ..<0x80: return (lead, 1)
    case ..<0xE0: return ((lead & 0x1F) << 6 | tail(1), 2)
    case ..<0xF0: return ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    default: return ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
}

/// Where the scalar that ends before `text[end]` begins.
@inline(__always)
func startOfScalar(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int {
    var start = end - 1
    while text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
}

/// A scalar's one to four bytes, the first one lowest.
@inline(__always)
func encodeScalar(_ scalar: UInt32) -> (bytes: UInt64, count: Int) {
    let scalar = UInt64(scalar)
    func tail(_ shift: UInt64) -> UInt64 { 0x80 | (scalar >> shift) & 0x3F }
    switch scalar {
    case ..<0x80: return (scalar, 1)
    case ..<0x800: return (0xC0 | scalar >> 6 | tail(0) << 8, 2)
    case ..<0x1_0000: return (0xE0 | scalar >> 12 | tail(6) << 8 | tail(0) << 16, 3)
    default: return (0xF0 | scalar >> 18 | tail(12) << 8 | tail(6) << 16 | tail(0) << 24, 4)
    }
}
