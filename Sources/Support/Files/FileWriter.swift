#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Appends bytes to an open file through a buffer, so that many small writes cost one system call.
///
/// ``writeAtomically(to:_:)`` makes, flushes and closes it.
package struct FileWriter: ~Copyable {
    private let descriptor: Int32
    /// Named in errors: the file that the user asked for.
    private let path: String
    private var buffer: [UInt8] = []
    private let capacity = 1 << 18
    /// How many bytes have been written so far.
    package private(set) var position = 0

    package init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        buffer.reserveCapacity(capacity)
    }

    /// Appends the text as UTF-8.
    package mutating func write(_ text: some StringProtocol) throws {
        let written: Void? = try text.utf8.withContiguousStorageIfAvailable { try write(UnsafeRawBufferPointer($0)) }
        if written == nil { try write(Array(text.utf8)) }
    }

    package mutating func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        if buffer.count + bytes.count > capacity { try flush() }
        if bytes.count >= capacity {
            try writeThrough(bytes)
        } else {
            buffer.append(contentsOf: bytes)
        }
        position += bytes.count
    }

    /// Appends a number in memory order (little-endian on every machine that Hornet runs on).
    package mutating func write<Number: BitwiseCopyable>(bytesOf number: Number) throws {
        try withUnsafeBytes(of: number) { try write($0) }
    }

    /// Hands the buffered bytes to the system.
    package mutating func flush() throws {
        try buffer.withUnsafeBytes { try writeThrough($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let written = retrying { Platform.write(descriptor, part.baseAddress, part.count) }
            guard written > 0 else { throw HornetError.system(path, "can't be written", code: errno) }
            rest = rest.dropFirst(written)
        }
    }
}

/// Names the system's `write`, which the methods of the same name hide.
private enum Platform {
    static let write: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { descriptor, bytes, count in
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }
}
