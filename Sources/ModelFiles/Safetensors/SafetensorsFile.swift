public import HornetSupport
public import HornetTensor

/// A safetensors file: named float tensors and text metadata. Tensors of type F32 are read in place, without a copy; F16,
/// BF16 and F64 become Float32.
///
/// Layout: the header's length as a little-endian 64-bit number, the header as JSON
/// (`{"name": {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, "__metadata__": {…}}`), then the data.
/// Reading is strict: every size and offset is checked against the file before it is used, and the tensors must fill
/// the data without gap or overlap. [Source](https://huggingface.co/docs/safetensors)
public struct SafetensorsFile: Sendable {
    /// The tensors, in the order of the file's header.
    public let tensors: [(name: String, tensor: Tensor)]
    public let metadata: JSON.Object
    public let path: String

    private static let longestHeader = 100_000_000
    private static let types: [String: FloatType] = ["F16": .half, "BF16": .brain, "F32": .single, "F64": .double]

    /// Maps the file at `path`. Throws when it can't be read or is not whole.
    public init(path: String) throws { try self.init(MappedFile(path: path)) }

    /// The same for a file that is mapped already.
    package init(_ file: MappedFile) throws {
        let path = file.path
        self.path = path
        func refuse(_ problem: String) -> HornetError {
            HornetError(.file, at: path, "no valid safetensors file: \(problem)", remedy: "Was it copied whole?")
        }
        (tensors, metadata) = try file.withUnsafeBytes { bytes in
            guard bytes.count >= 8 else { throw refuse("\(bytes.count) bytes are too few for a header") }
            let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
            guard length <= min(SafetensorsFile.longestHeader, bytes.count - 8) else {
                throw refuse("the header's length is \(length), the file has \(bytes.count) bytes")
            }
            let header = UnsafeRawBufferPointer(rebasing: bytes[8..<(8 + Int(length))])
            let data = UnsafeRawBufferPointer(rebasing: bytes[(8 + Int(length))...])
            let root = try JSON(parsing: header.bindMemory(to: UInt8.self), source: path).cursor(source: path)
            var tensors: [(name: String, tensor: Tensor)] = []
            var spans: [Range<Int>] = []
            for key in try root.object().keys where key != "__metadata__" {
                let (span, tensor) = try SafetensorsFile.tensor(try root.member(key), name: key, data, file, refuse)
                spans.append(span)
                tensors.append((key, tensor))
            }
            var end = 0
            for span in spans.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
                guard span.lowerBound == end else { throw refuse("the tensors leave a gap or overlap at byte \(end)") }
                end = span.upperBound
            }
            guard end == data.count else { throw refuse("\(data.count - end) bytes belong to no tensor") }
            return (tensors, try root.optional("__metadata__")?.object() ?? [:])
        }
    }

    private static func tensor(
        _ entry: JSON.Cursor, name: String, _ data: UnsafeRawBufferPointer, _ file: MappedFile,
        _ refuse: (String) -> HornetError
    ) throws -> (Range<Int>, Tensor) {
        let typeName = try entry.member("dtype").string()
        guard let type = SafetensorsFile.types[typeName] else {
            throw refuse("the tensor \(name) has the type \(typeName); F16, BF16, F32 and F64 are read")
        }
        var byteCount = type.size
        let shape = try entry.member("shape").array().map { try $0.int(in: 0...Int.max) }
        for size in shape {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
            guard !overflow else { throw refuse("the shape \(shape) of \(name) is larger than any file") }
            byteCount = product
        }
        let offsets = try entry.member("data_offsets").array().map { try $0.int(in: 0...data.count) }
        guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] - offsets[0] == byteCount else {
            throw refuse("the offsets \(offsets) of \(name) do not hold the shape \(shape)")
        }
        let span = offsets[0]..<offsets[1]
        let bytes = UnsafeRawBufferPointer(rebasing: data[span])
        if type == .single { return (span, Tensor(mapped: bytes, from: file, shape: shape)) }
        return (span, Tensor(type.floats(in: bytes), shape: shape))
    }

    /// Writes a file, whole or not at all: an older file at `path` stays until the new one is on the disk.
    public static func write(
        to path: String, _ tensors: [(name: String, tensor: Tensor)], metadata: [(String, String)] = []
    ) throws {
        var header = JSON.Object()
        if !metadata.isEmpty { header["__metadata__"] = .object(JSON.Object(metadata.map { ($0, .string($1)) })) }
        var offset = 0
        for (name, tensor) in tensors {
            require(header[name] == nil, "SafetensorsFile.write", "two tensors are called \(name)")
            let end = offset + tensor.count * MemoryLayout<Float>.size
            header[name] = [
                "dtype": "F32", "shape": .array(tensor.shape.map(JSON.integer)),
                "data_offsets": [.integer(offset), .integer(end)],
            ]
            offset = end
        }
        var text = Array(JSON.object(header).text(.compact).utf8)
        // Data that begins on a cache line can be used in place by a reader that maps the file.
        while (8 + text.count) % 64 != 0 { text.append(UInt8(ascii: " ")) }
        try writeAtomically(to: path) { writer in
            try writer.write(bytesOf: UInt64(text.count).littleEndian)
            try writer.write(text)
            for (_, tensor) in tensors {
                try tensor.withUnsafeBufferPointer { try writer.write(UnsafeRawBufferPointer($0)) }
            }
        }
    }
}
