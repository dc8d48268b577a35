import HornetSupport

/// A NumPy file, mapped into memory: its header was read, and its data have the size that the header says.
private struct NPYFile {
    let header: NPYHeader
    let file: MappedFile
    /// The numbers, as they stand there.
    private let data: Range<Int>
    /// Bytes of a number.
    private let itemSize: Int

    init(path: String) throws {
        file = try MappedFile(path: path)
        let header = try file.withUnsafeBytes { try NPYHeader($0, path: path) }
        guard let size = NPYFile.sizes[header.type] else {
            throw HornetError(
                .file, at: path, "its numbers are of the type \(header.type)",
                remedy: "Save them as a little-endian type: array.astype(numpy.float32)")
        }
        var byteCount: Int? = size
        for axis in header.shape {
            let product = byteCount?.multipliedReportingOverflow(by: axis)
            byteCount = product?.overflow == false ? product?.partialValue : nil
        }
        guard byteCount == file.count - header.end else {
            throw HornetError(
                .file, at: path, "the shape \(header.shape) of \(header.type) does not fill its \(file.count - header.end) bytes",
                remedy: "Was it copied whole?")
        }
        self.header = header
        itemSize = size
        data = header.end..<file.count
    }

    private static let sizes = [
        "<f2": 2, "<f4": 4, "<f8": 8, "|i1": 1, "<i2": 2, "<i4": 4, "<i8": 8, "|u1": 1, "<u2": 2, "<u4": 4, "<u8": 8, "|b1": 1,
    ]

    func withData<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try file.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[data])) }
    }

    /// The numbers, if they are integers. Throws on one beyond `limits`.
    func integers(within limits: ClosedRange<Int>) throws -> [Int]? {
        func whole<Bits: FixedWidthInteger>(_ type: Bits.Type) throws -> [Int] {
            try withData { data in
                try HornetTensor.integers(in: data, as: type).map { number in
                    guard let whole = Int(exactly: number), limits.contains(whole) else {
                        throw HornetError(.file, at: file.path, "the number \(number) is not within \(limits)")
                    }
                    return whole
                }
            }
        }
        return switch header.type {
        case "|b1", "|u1": try whole(UInt8.self)
        case "|i1": try whole(Int8.self)
        case "<i2": try whole(Int16.self)
        case "<u2": try whole(UInt16.self)
        case "<i4": try whole(Int32.self)
        case "<u4": try whole(UInt32.self)
        case "<i8": try whole(Int64.self)
        case "<u8": try whole(UInt64.self)
        default: nil
        }
    }

    /// Elements in the file's order, in that of rows.
    func rowMajor<Element>(_ elements: [Element]) -> [Element] {
        guard header.isColumnMajor, header.shape.count > 1 else { return elements }
        let strides = header.shape.dropLast().reduce(into: [1]) { $0.append($0.last! * $1) }
        var position = [Int](repeating: 0, count: header.shape.count)
        return elements.indices.map { _ in
            let element = elements[zip(position, strides).reduce(0) { $0 + $1.0 * $1.1 }]
            for axis in position.indices.reversed() {
                position[axis] += 1
                if position[axis] < header.shape[axis] { break }
                position[axis] = 0
            }
            return element
        }
    }
}

extension Tensor {
    /// Reads an array that NumPy saved (`numpy.save`). Float32 in row-major order stays in the file, mapped into memory;
    /// other floats, integers and booleans are converted.
    ///
    /// Throws when the file is not whole, has another type, or holds an integer that Float32 can't represent exactly
    /// (beyond ±2²⁴).
    public init(npy path: String) throws {
        let file = try NPYFile(path: path)
        let shape = file.header.shape
        if let integers = try file.integers(within: -(1 << 24)...1 << 24) {
            self.init(file.rowMajor(integers.map(Float.init)), shape: shape)
            return
        }
        let type: FloatType = switch file.header.type {
        case "<f2": .half
        case "<f8": .double
        default: .single
        }
        if type == .single, !file.header.isColumnMajor || shape.count < 2 {
            self = file.withData { Tensor(mapped: $0, from: file.file, shape: shape) }
        } else {
            self.init(file.rowMajor(file.withData(type.floats)), shape: shape)
        }
    }

    /// Writes the array so that `numpy.load` reads it, as Float32; whole or not at all.
    public func save(npy path: String) throws { try writeNPY(to: path, "<f4", array) }
}

extension Indices {
    /// Reads an array of integers that NumPy saved. Throws when the file is not whole, holds something else, or a number
    /// that Int32 can't hold.
    public init(npy path: String) throws {
        let file = try NPYFile(path: path)
        guard let integers = try file.integers(within: Int(Int32.min)...Int(Int32.max)) else {
            throw HornetError(.file, at: path, "its numbers are of the type \(file.header.type), no integers")
        }
        self.init(file.rowMajor(integers.map(Int32.init)), shape: file.header.shape)
    }

    /// Writes the array so that `numpy.load` reads it, as int32; whole or not at all.
    public func save(npy path: String) throws { try writeNPY(to: path, "<i4", array) }
}

private func writeNPY<Element>(to path: String, _ type: String, _ array: NDArray<Element>) throws {
    try writeAtomically(to: path) { writer in
        try writer.write(NPYHeader.bytes(type: type, shape: array.shape))
        try array.withUnsafeBufferPointer { try writer.write(UnsafeRawBufferPointer($0)) }
    }
}
