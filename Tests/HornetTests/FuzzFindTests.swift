import Hornet
import HornetTestSupport
import Testing

/// What `Tests/Fuzz` found once, read again: `Tests/Fixtures/fuzz/<reader>/<what was wrong>`.
@Suite struct FuzzFindTests {
    @Test func findsAreRefused() throws {
        var count = 0
        for name in TemporaryFolder.names(in: Fixture.path("fuzz")) {
            let reader = try #require(Reader(rawValue: name))
            for find in TemporaryFolder.names(in: Fixture.path("fuzz/\(name)")) {
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
