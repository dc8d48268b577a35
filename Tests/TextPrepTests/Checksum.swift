/// The usual CRC-32, as Python's `zlib.crc32`.
func crc32(_ text: String) -> UInt32 {
    ~text.utf8.reduce(~UInt32(0)) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
}
