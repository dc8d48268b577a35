import CHornetModelFiles
package import HornetSupport

/// A ZIP archive, by the system's libzip. What it claims about the sizes of its entries is checked against the bytes that
/// it has.
package final class ZipArchive {
    /// The bytes that an archive begins with.
    package static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private let file: MappedFile
    private let archive: UnsafeMutableRawPointer

    /// Opens the archive in a file. Throws when it is none, or damaged.
    package init(_ file: MappedFile) throws {
        try ZipArchive.load(file.path)
        self.file = file
        let (archive, reason) = withReason { hornet_zip_open(file.bytes.baseAddress, file.count, $0) }
        guard let archive else {
            throw HornetError(.file, at: file.path, "no valid ZIP archive: \(reason)", remedy: "Was it copied whole?")
        }
        self.archive = archive
    }

    deinit { hornet_zip_close(archive) }

    /// The content of an entry; `nil` when there is none of that name.
    package func bytes(of name: String) throws -> [UInt8]? {
        let damaged = HornetError(.file, at: file.path, "the entry \(name) is damaged", remedy: "Was it copied whole?")
        var (size, packedSize): (UInt64, UInt64) = (0, 0)
        let entry = hornet_zip_find(archive, name, &size, &packedSize)
        if entry == -1 { return nil }
        guard entry >= 0 else {
            throw HornetError(.file, at: file.path, "the entry \(name) is encrypted, or packed in a way that is not read")
        }
        // Deflate makes 1032 bytes of one at most.
        guard packedSize <= file.count, size <= packedSize * 1032 else { throw damaged }
        guard let reading = hornet_zip_begin_entry(archive, entry) else { throw damaged }
        defer { hornet_zip_end_entry(reading) }
        var filled = 0
        let bytes = try [UInt8](unsafeUninitializedCapacity: Int(size)) { bytes, count in
            while filled < bytes.count, filled < size {
                let read = hornet_zip_read(reading, bytes.baseAddress! + filled, Int(size) - filled)
                guard read > 0 else { throw damaged }
                filled += Int(read)
            }
            count = filled
        }
        // The checksum is compared at the end.
        var extra: UInt8 = 0
        guard hornet_zip_read(reading, &extra, 1) == 0 else { throw damaged }
        return bytes
    }

    /// Writes an archive whose entries are stored as they are, whole or not at all.
    package static func write(to path: String, _ entries: [(name: String, bytes: UnsafeRawBufferPointer)]) throws {
        try load(path)
        try replaceAtomically(path) { temporaryPath in
            try withCStrings(entries.map(\.name)) { names in
                let list = zip(names, entries).map {
                    hornet_zip_entry(name: $0, bytes: $1.bytes.baseAddress, count: $1.bytes.count)
                }
                let (code, reason) = withReason { hornet_zip_write(temporaryPath, list, list.count, $0) }
                if code > 0 { throw HornetError.system(path, "can't be written", code: code) }
                guard code == 0 else { throw HornetError(.file, at: path, "can't be written: \(reason)") }
            }
        }
    }

    private static func load(_ path: String) throws {
        guard let reason = hornet_zip_load() else { return }
        throw HornetError(
            .file, at: path, "a .keras file is a ZIP archive, and \(String(cString: reason))",
            remedy: "Install it: apt-get install libzip4")
    }
}

/// What a C function returns, and the reason that it wrote when it failed.
private func withReason<R>(_ body: (UnsafeMutablePointer<CChar>) -> R) -> (R, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { reason in
        reason.initialize(repeating: 0)
        let result = body(reason.baseAddress!)
        return (result, String(cString: reason.baseAddress!))
    }
}
