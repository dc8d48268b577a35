import Hornet
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What `Tests/Fuzz` found once, read again: `Tests/Fixtures/fuzz/<reader>/<what was wrong>`.
@Suite struct FuzzFindTests {
    private static func names(in folder: String) -> [String] {
        guard let entries = opendir(Fixture.path(folder)) else { return [] }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    @Test func findsAreRefused() throws {
        var count = 0
        for name in Self.names(in: "fuzz") {
            let reader = try #require(Reader(rawValue: name))
            for find in Self.names(in: "fuzz/\(name)") {
                let path = "fuzz/\(name)/\(find)"
                #expect(throws: HornetError.self, "\(path)") {
                    try Fixture.bytes(path).withUnsafeBufferPointer { try reader.read($0, Fixture.path(path)) }
                }
                count += 1
            }
        }
        #expect(count > 0)
    }
}
