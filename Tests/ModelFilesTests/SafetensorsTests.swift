import HornetModelFiles
import HornetSupport
import HornetTensor
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The safetensors format: what is written reads back, in place, and a file that breaks a rule is refused with the rule.
@Suite struct SafetensorsTests {
    private let path = "/tmp/hornet-safetensors-\(UInt64.random(in: 0 ... .max))"

    /// Writes a file with this header and so many bytes of data, and reads it.
    private func read(_ header: String, dataCount: Int, length: UInt64? = nil) throws -> SafetensorsFile {
        defer { unlink(path) }
        try writeAtomically(to: path) { writer in
            try writer.write(bytesOf: (length ?? UInt64(header.utf8.count)).littleEndian)
            try writer.write(header)
            try writer.write([UInt8](repeating: 0, count: dataCount))
        }
        return try SafetensorsFile(path: path)
    }

    @Test func whatIsWrittenReadsBack() throws {
        defer { unlink(path) }
        let tensors: [(name: String, tensor: Tensor)] = [
            ("b", [[1, 2, 3], [4, 5, 6]]), ("a/é", Tensor([-0.0, .infinity])), ("leer", .zeros([0, 7])), ("zahl", 3),
        ]
        try SafetensorsFile.write(to: path, tensors, metadata: [("sprache", "Ελληνικά \"\n")])
        let file = try SafetensorsFile(path: path)
        #expect(file.tensors.map(\.name) == tensors.map(\.name))
        #expect(file.tensors.map(\.tensor) == tensors.map(\.tensor))
        #expect(file.metadata["sprache"] == "Ελληνικά \"\n")
    }

    /// A tensor of a mapped file is a value like any other: writing to it leaves the file and other copies alone.
    @Test func mappedTensorsAreCopiedWhenWritten() throws {
        defer { unlink(path) }
        try SafetensorsFile.write(to: path, [("w", [1, 2, 3])])
        let mapped = try SafetensorsFile(path: path).tensors[0].tensor
        var changed = mapped
        changed[1] = 9
        #expect(changed == [1, 9, 3])
        #expect(mapped == [1, 2, 3])
        #expect(try SafetensorsFile(path: path).tensors[0].tensor == [1, 2, 3])
    }

    @Test func unalignedDataAreCopied() throws {
        let header = #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        for padding in 0..<4 {
            let file = try read(header + String(repeating: " ", count: padding), dataCount: 4)
            #expect(file.tensors[0].tensor == [0])
        }
    }

    @Test(arguments: [
        (#"{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, 8, "F16, BF16, F32 and F64 are read"),
        (#"{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"#, 8, "do not hold the shape"),
        (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "do not hold the shape"),
        (#"{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "-1 is not within"),
        (#"{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4, "larger than any file"),
        (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "gap or overlap"),
        (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "4 bytes belong to no tensor"),
        (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, "gap or overlap"),
        (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,400]}}"#, 4, "400 is not within"),
        (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "do not hold the shape"),
        (#"{"w":{"dtype":"F32","shape":[1]}}"#, 4, "\"data_offsets\" is missing"),
        (#"["w"]"#, 0, "expected an object"),
        ("{", 0, "line 1, column 2"),
    ])
    func brokenHeadersAreRefused(_ header: String, _ dataCount: Int, _ reason: String) {
        #expect { try read(header, dataCount: dataCount) } throws: { "\($0)".contains(reason) }
    }

    /// Numbers of other widths, beside what the standard library or arithmetic makes of them.
    @Test func otherFloatsBecomeSingle() throws {
        func read(_ type: String, _ count: Int, _ bytes: [UInt8]) throws -> [Float] {
            defer { unlink(path) }
            let header = #"{"w":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(bytes.count)]}}"#
            try writeAtomically(to: path) { writer in
                try writer.write(bytesOf: UInt64(header.utf8.count).littleEndian)
                try writer.write(header)
                try writer.write(bytes)
            }
            return try SafetensorsFile(path: path).tensors[0].tensor.scalars
        }
        func bytes<Bits: FixedWidthInteger>(_ numbers: [Bits]) -> [UInt8] {
            numbers.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
        }
        // 1, −2, 65504 (the largest), 2⁻¹⁴ (the smallest with a leading 1), 2⁻²⁴, 1023·2⁻²⁴, −0, ∞, and 1/3 rounded.
        let halves: [UInt16] = [0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x83FF, 0x8000, 0x7C00, 0x3555]
        let found = try read("F16", halves.count, bytes(halves))
        #expect(found == [1, -2, 65504, 0x1p-14, 0x1p-24, -1023 * 0x1p-24, -0.0, .infinity, 1365 * 0x1p-12])
        #expect(found[6].sign == .minus)
        #expect(try read("F16", 1, bytes([UInt16(0xFE01)]))[0].isNaN)
        #expect(try read("BF16", 3, bytes([UInt16(0x3F80), 0xC049, 0x0001])) == [1, -3.140625, 0x1p-133])
        #expect(try read("F64", 2, bytes([0.1, -1e300].map(\Double.bitPattern))) == [0.1, -.infinity])
    }

    @Test(arguments: [UInt64.max, 1 << 40, 1000, 0]) func absurdLengthsAreRefused(_ length: UInt64) {
        #expect(throws: HornetError.self) { try read("{}", dataCount: 4, length: length) }
    }
}
