import HornetModelFiles
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

/// HDF5 files: what is written reads back, and nothing in a file makes the reader take more than there is.
@Suite struct HDF5Tests {
    private func bytes(_ group: HDF5Group) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try HDF5File.write(group, for: "test") { bytes = Array($0) }
        return bytes
    }

    private func read(_ bytes: [UInt8]) throws -> HDF5Group {
        try bytes.withUnsafeBytes { try HDF5File.read($0, source: "test") }
    }

    private func floats(_ data: HDF5Group.DataSet?) -> Tensor? {
        if case .floats(let tensor)? = data { tensor } else { nil }
    }

    @Test func whatIsWrittenReadsBack() throws {
        var group = HDF5Group()
        group.add(.text("Größe \"1\""), called: "text")
        group.add(.texts(["a", "", "Ελληνικά"]), called: "texts")
        group.add(.texts([]), called: "none")
        group.add(HDF5Group(), called: "leer")
        group.add(.floats([[1, 2, 3], [4, 5, 6]]), at: "a/b/c:0")
        group.add(.floats(.zeros([0, 3])), at: "a/empty")
        group.add(.floats(7), at: "scalar")
        group.add(.integers([Int.max], shape: []), at: "steps")
        let root = try read(bytes(group))
        #expect(root.text("text") == "Größe \"1\"")
        #expect(root.names("texts") == ["a", "", "Ελληνικά"])
        #expect(root.names("none") == [])
        #expect(root.names("other") == nil)
        #expect(root.group("leer") != nil)
        #expect(floats(root.dataSet(at: "a/b/c:0")) == [[1, 2, 3], [4, 5, 6]])
        #expect(floats(root.dataSet(at: "a/empty")) == .zeros([0, 3]))
        #expect(floats(root.dataSet(at: "/scalar")) == 7)
        #expect(root.dataSet(at: "a/b/d") == nil)
        guard case .integers([Int.max], let shape)? = root.dataSet(at: "steps") else { return #expect(Bool(false)) }
        #expect(shape == [])
    }

    /// More than a slab and a pipe hold.
    @Test func largeDataSetsReadBack() throws {
        let large = Tensor.random([3_000, 1_000])
        var group = HDF5Group()
        group.add(.floats(large), at: "large")
        group.add(.floats(large.reshaped([3_000_000])), at: "flat")
        let root = try read(bytes(group))
        #expect(floats(root.dataSet(at: "large")) == large)
        #expect(floats(root.dataSet(at: "flat"))?.scalars == large.scalars)
    }

    @Test func otherFilesAreRefused() throws {
        #expect(throws: HornetError.self) { try read([]) }
        #expect(throws: HornetError.self) { try read(Array("no HDF5 file, but longer than a signature".utf8)) }
    }

    /// Every thread may read and write; libhdf5 itself serves one at a time.
    @Test func threadsReadAndWriteAtTheSameTime() async throws {
        try await withThrowingTaskGroup { tasks in
            for number in 0..<16 {
                tasks.addTask {
                    var group = HDF5Group()
                    group.add(.floats(.full([number + 1], Float(number))), at: "x")
                    let root = try read(try bytes(group))
                    #expect(floats(root.dataSet(at: "x")) == .full([number + 1], Float(number)))
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// Files that libhdf5 would follow to other places, or unpack to any size (`Tests/Oracles/hdf5_traps.py`).
    @Test(arguments: [
        ("external_link", nil), ("soft_link", nil), ("external_data", "lie in another file"),
        ("virtual_data", "lie in another file"), ("no_data", "only 0 bytes"), ("foreign_filter", "filter that is not read"),
        ("cycle", "deeper than"), ("twice", "than a file of"),
    ] as [(String, String?)])
    func trapsAreNotSteppedInto(_ name: String, _ reason: String?) throws {
        let file = Fixture.bytes("hdf5/\(name).h5")
        if let reason {
            #expect { try read(file) } throws: { "\($0)".contains(reason) }
        } else {
            let root = try read(file)
            #expect(root.dataSetNames == ["own"])
            #expect(root.groupNames == [])
        }
    }
}
