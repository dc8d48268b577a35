import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// NumPy's files: read as NumPy wrote them, written as it reads them, refused when they are not whole.
@Suite struct NPYTests {
    private let path = "/tmp/hornet-npy-\(UInt64.random(in: 0 ... .max))"
    private func fixture(_ name: String) -> String { Fixture.path("npy/\(name).npy") }

    @Test(arguments: ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "columns_f4", "columns_i8"])
    func numbersOfAllTypesAreRead(_ name: String) throws {
        #expect(try Tensor(npy: fixture(name)) == Tensor((0..<24).map { Float($0 - 5) }, shape: [2, 3, 4]))
    }

    @Test func unsignedNumbersAndBooleansAreRead() throws {
        for name in ["u1", "u2", "u4", "u8"] {
            #expect(try Tensor(npy: fixture(name)) == Tensor((0..<24).map(Float.init), shape: [2, 3, 4]))
            #expect(try Indices(npy: fixture(name)).ids == Array(0..<24))
        }
        #expect(try Tensor(npy: fixture("b1")).scalars == (0..<24).map { $0 % 2 == 0 ? 0 : 1 })
        #expect(try Indices(npy: fixture("columns_i8")).ids == (0..<24).map { $0 - 5 })
    }

    @Test func unusualShapesAreRead() throws {
        #expect(try Tensor(npy: fixture("scalar")) == Tensor(2.5))
        #expect(try Tensor(npy: fixture("vector")) == Tensor([1.5, -0.0, .infinity]))
        #expect(try Tensor(npy: fixture("empty")).shape == [0, 7])
    }

    /// To the byte what numpy.save writes.
    @Test(arguments: ["f4", "scalar", "vector", "empty"]) func tensorsAreWrittenAsNumPyDoes(_ name: String) throws {
        defer { unlink(path) }
        try Tensor(npy: fixture(name)).save(npy: path)
        #expect(try bytes(path) == bytes(fixture(name)))
    }

    @Test func indicesAreWrittenAsNumPyDoes() throws {
        defer { unlink(path) }
        try Indices(npy: fixture("i4")).save(npy: path)
        #expect(try bytes(path) == bytes(fixture("i4")))
    }

    @Test(arguments: [
        ("big_endian", "of the type >f4"), ("complex", "of the type <c8"), ("wide", "16777217 is not within"),
    ])
    func otherNumbersAreRefused(_ name: String, _ reason: String) {
        #expect { try Tensor(npy: fixture(name)) } throws: { "\($0)".contains(reason) }
    }

    @Test func indicesAreIntegersWithinInt32() {
        #expect { try Indices(npy: fixture("f4")) } throws: { "\($0)".contains("no integers") }
        #expect { try Indices(npy: fixture("wide")) } throws: { "\($0)".contains("2147483648 is not within") }
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "does not fill its 8 bytes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2305843009213693952, 8, 0), }", "does not fill"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "is no dictionary"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "is no dictionary"),
        ("{'descr': '<f4', 'fortran_order': False}", "lacks descr"),
        ("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,)}", "is no dictionary"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': True}", "unexpected x"),
        ("{'descr': '<f4'", "is no dictionary"),
        ("", "is no dictionary"),
    ])
    func brokenHeadersAreRefused(_ header: String, _ reason: String) throws {
        defer { unlink(path) }
        let head: [UInt8] = NPYTests.start + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        try writeAtomically(to: path) { try $0.write(head + [UInt8](repeating: 0, count: 8)) }
        #expect { try Tensor(npy: path) } throws: { "\($0)".contains(reason) }
    }

    @Test func cutFilesAreRefused() throws {
        defer { unlink(path) }
        let whole = try bytes(fixture("f4"))
        for count in 0..<whole.count {
            try writeAtomically(to: path) { try $0.write(Array(whole[..<count])) }
            #expect(throws: HornetError.self) { try Tensor(npy: path) }
        }
    }

    private static let start: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private func bytes(_ path: String) throws -> [UInt8] { try MappedFile(path: path).withUnsafeBytes { Array($0) } }
}
