/// The floating-point types of files.
package enum FloatType: Sendable {
    /// IEEE 754 binary16.
    case half
    /// The upper half of a Float32.
    case brain
    case single
    case double

    /// Bytes of a number.
    package var size: Int {
        switch self {
        case .half, .brain: 2
        case .single: 4
        case .double: 8
        }
    }

    /// The little-endian numbers in `bytes`, rounded to the nearest Float32 where they do not fit it.
    package func floats(in bytes: UnsafeRawBufferPointer) -> [Float] {
        switch self {
        case .half: integers(in: bytes, as: UInt16.self).map(FloatType.float(half:))
        case .brain: integers(in: bytes, as: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
        case .single: integers(in: bytes, as: UInt32.self).map(Float.init(bitPattern:))
        case .double: integers(in: bytes, as: UInt64.self).map { Float(Double(bitPattern: $0)) }
        }
    }

    /// A sign, 5 bits of exponent, 10 of fraction. Swift's `Float16` is not there on every platform.
    private static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7FFF)
        if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13) }
        // Without a leading 1, in steps of 2⁻²⁴.
        if magnitude < 0x400 { return Float(bitPattern: sign | (Float(magnitude) * 0x1p-24).bitPattern) }
        return Float(bitPattern: sign | (magnitude << 13) + (127 - 15) << 23)
    }
}

/// Little-endian integers, wherever they lie.
package func integers<Bits: FixedWidthInteger>(in bytes: UnsafeRawBufferPointer, as type: Bits.Type) -> [Bits] {
    stride(from: 0, to: bytes.count, by: MemoryLayout<Bits>.size).map {
        Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: type))
    }
}
