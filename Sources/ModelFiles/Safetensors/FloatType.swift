/// The floating-point types of a safetensors file, under its names.
enum FloatType: String {
    case half = "F16"
    case brain = "BF16"
    case single = "F32"
    case double = "F64"

    /// Bytes of a number.
    var size: Int {
        switch self {
        case .half, .brain: 2
        case .single: 4
        case .double: 8
        }
    }

    /// The little-endian numbers in `bytes`, rounded to the nearest Float32 where they do not fit it.
    func floats(in bytes: UnsafeRawBufferPointer) -> [Float] {
        func numbers<Bits: FixedWidthInteger>(_ number: (Bits) -> Float) -> [Float] {
            stride(from: 0, to: bytes.count, by: MemoryLayout<Bits>.size).map {
                number(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Bits.self)))
            }
        }
        return switch self {
        case .half: numbers(FloatType.float(half:))
        case .brain: numbers { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
        case .single: numbers(Float.init(bitPattern:))
        case .double: numbers { (bits: UInt64) in Float(Double(bitPattern: bits)) }
        }
    }

    /// IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. Swift's `Float16` is not there on every platform.
    private static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7FFF)
        if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13) }
        // Without a leading 1, in steps of 2⁻²⁴.
        if magnitude < 0x400 { return Float(bitPattern: sign | (Float(magnitude) * 0x1p-24).bitPattern) }
        return Float(bitPattern: sign | (magnitude << 13) + (127 - 15) << 23)
    }
}
