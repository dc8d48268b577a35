/// ZIP archives whose entries are stored as they are, with right checksums: so that damaged entries get past them.
package enum StoredZip {
    package static func archive(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var (archive, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in entries {
            let start = UInt32(archive.count)
            let sizes = number(checksum(bytes)) + number(UInt32(bytes.count)) + number(UInt32(bytes.count))
            let common = number(UInt16(20)) + number(UInt64(0)).prefix(8) + sizes + number(UInt16(name.utf8.count))
            archive += [0x50, 0x4B, 3, 4] + common + number(UInt16(0)) + Array(name.utf8) + bytes
            directory += [0x50, 0x4B, 1, 2] + number(UInt16(20)) + common + [UInt8](repeating: 0, count: 12)
            directory += number(start) + Array(name.utf8)
        }
        let count = number(UInt16(entries.count))
        let end = number(UInt32(0)) + count + count + number(UInt32(directory.count)) + number(UInt32(archive.count))
        return archive + directory + [0x50, 0x4B, 5, 6] + end + number(UInt16(0))
    }

    private static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { rest, _ in rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1 }
    }

    /// CRC-32, as ZIP has it.
    package static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
