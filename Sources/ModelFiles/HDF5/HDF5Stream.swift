import HornetSupport
import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Understands what the reading process says about a file (`Sources/CModelFiles/hdf5/reader.c` has the form), and trusts
/// none of it: a file may have made that process say anything.
struct HDF5Stream: ~Copyable {
    private let descriptor: Int32
    private let path: String
    /// What may still come: bytes of texts, numbers of records, bytes of data sets.
    private var textLeft: Int
    private var recordsLeft: Int
    private var storageLeft: Int
    private let fileSize: Int
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var unread = 0..<0

    private static let deepest = 40

    init(descriptor: Int32, path: String, fileSize: Int) {
        self.descriptor = descriptor
        self.path = path
        self.fileSize = fileSize
        textLeft = 8 * fileSize + 8192
        recordsLeft = 256 + fileSize
        storageLeft = fileSize
    }

    /// The stream ended early, or says what no file can hold.
    private var damaged: HornetError { HDF5File.damaged(path) }

    // MARK: Records

    /// The root group; the whole stream must have come.
    mutating func root() throws -> HDF5Group {
        guard try byte() == UInt8(ascii: "G") else { throw damaged }
        _ = try text()
        let root = try group(depth: 0)
        guard try record() == UInt8(ascii: "Z") else { throw damaged }
        return root
    }

    /// The kind of the next record; throws the reason when the file is refused.
    private mutating func record() throws -> UInt8 {
        let kind = try byte()
        guard kind != UInt8(ascii: "X") else { throw HornetError(.file, at: path, try text()) }
        recordsLeft -= 1
        guard recordsLeft > 0 else { throw damaged }
        return kind
    }

    private mutating func group(depth: Int) throws -> HDF5Group {
        guard depth < HDF5Stream.deepest else { throw damaged }
        var group = HDF5Group()
        while true {
            switch try record() {
            case UInt8(ascii: "G"):
                let name = try text()
                group.add(try self.group(depth: depth + 1), called: name)
            case UInt8(ascii: "A"):
                let name = try text()
                group.add(try attribute(), called: name)
            case UInt8(ascii: "D"):
                let name = try text()
                let value = try dataSet()
                // A name with a slash can't be in a file.
                if !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")) { group.add(value, at: name) }
            case UInt8(ascii: "E"): return group
            default: throw damaged
            }
        }
    }

    private mutating func attribute() throws -> HDF5Group.Attribute {
        let kind = try byte()
        let count = try number(UInt64.self)
        guard count <= textLeft / 4 else { throw damaged }
        if kind != UInt8(ascii: "s") { textLeft -= 8 * Int(count) }
        guard textLeft >= 0 else { throw damaged }
        switch kind {
        case UInt8(ascii: "s"): return .texts(try (0..<count).map { _ in try text() })
        case UInt8(ascii: "i"): return .integers(try (0..<count).map { _ in Int(try number(Int64.self)) })
        case UInt8(ascii: "f"): return .numbers(try (0..<count).map { _ in try number(Double.self) })
        default: throw damaged
        }
    }

    private mutating func dataSet() throws -> HDF5Group.DataSet {
        let isFloat = try byte() == UInt8(ascii: "f")
        let stored = try number(UInt64.self)
        let rank = try byte()
        guard stored <= fileSize, rank <= 8 else { throw damaged }
        var shape: [Int] = []
        // Packed data are up to 1032 times as large when they are read, and a byte may become a float.
        var (count, limit) = (1, Int(stored) * 1032)
        for _ in 0..<rank {
            guard let size = Int(exactly: try number(UInt64.self)) else { throw damaged }
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { throw damaged }
            shape.append(size)
            count = product
        }
        limit = min(limit, Int.max / 8)
        guard count <= limit else { throw damaged }
        storageLeft -= min(Int(stored), count * 8)
        guard storageLeft >= 0 else { throw damaged }
        if isFloat {
            var tensor = Tensor(uninitialized: shape)
            try tensor.withUnsafeMutableBufferPointer { try fill(UnsafeMutableRawBufferPointer($0)) }
            return .floats(tensor)
        }
        guard count <= 4096 else { throw damaged }
        return .integers(try (0..<count).map { _ in Int(try number(Int64.self)) }, shape: shape)
    }

    private mutating func text() throws -> String {
        let count = Int(try number(UInt32.self))
        textLeft -= count + 4
        guard textLeft >= 0 else { throw damaged }
        var bytes = [UInt8](repeating: 0, count: count)
        try bytes.withUnsafeMutableBytes { try fill($0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Bytes

    private mutating func byte() throws -> UInt8 { try number(UInt8.self) }

    private mutating func number<Number: BitwiseCopyable>(_: Number.Type) throws -> Number {
        try withUnsafeTemporaryAllocation(byteCount: MemoryLayout<Number>.size, alignment: 8) { bytes in
            try fill(bytes)
            return bytes.loadUnaligned(as: Number.self)
        }
    }

    /// Takes what is buffered; large rests go from the pipe to where they belong.
    private mutating func fill(_ target: UnsafeMutableRawBufferPointer) throws {
        var filled = 0
        while filled < target.count {
            if unread.isEmpty {
                let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
                if rest.count >= buffer.count {
                    filled += try HDF5Stream.receive(into: rest, from: descriptor, path)
                    continue
                }
                let (descriptor, path) = (descriptor, path)
                unread = 0..<(try buffer.withUnsafeMutableBytes {
                    try HDF5Stream.receive(into: $0, from: descriptor, path)
                })
            }
            let count = min(unread.count, target.count - filled)
            buffer.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[filled...]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: $0[unread.lowerBound..<(unread.lowerBound + count)]))
            }
            unread = (unread.lowerBound + count)..<unread.upperBound
            filled += count
        }
    }

    /// Reads at least one byte.
    private static func receive(
        into target: UnsafeMutableRawBufferPointer, from descriptor: Int32, _ path: String
    ) throws -> Int {
        while true {
            let count = read(descriptor, target.baseAddress, target.count)
            if count > 0 { return count }
            guard count < 0, errno == EINTR else { throw HDF5File.damaged(path) }
        }
    }
}
