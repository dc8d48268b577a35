import Hornet
import HornetExport
import HornetSupport
import SwiftProtobuf
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where exports go, and what stays when they fail.
@Suite final class ExportFileTests {
    private let folder = "/tmp/hornet-export-\(UInt64.random(in: .min ... .max))"

    init() { mkdir(folder, 0o700) }

    deinit {
        for file in ["1/saved_model.pb", "a/b/saved_model.pb", "news.onnx", "file"] { unlink("\(folder)/\(file)") }
        for name in ["1", "a/b", "a", ""] { rmdir("\(folder)/\(name)") }
    }

    private func exists(_ name: String) -> Bool { access("\(folder)/\(name)", F_OK) == 0 }

    @Test func theEndingSaysWhatIsWritten() throws {
        let model = try ExportedModel.tags.model
        try model.export(to: folder + "/news.onnx")
        #expect(try !ONNXModelProto(serializedBytes: ExportedModel.bytes(folder + "/news.onnx")).graph.node.isEmpty)
        try model.export(to: folder + "/a/b/")
        #expect(exists("a/b/saved_model.pb"))
        try model.export(to: folder + "/file", format: .onnx)
        #expect(try ExportedModel.bytes(folder + "/file") == ExportedModel.bytes(folder + "/news.onnx"))
    }

    @Test func theSameModelGivesTheSameBytes() throws {
        for exported in try ExportedModel.all {
            for format in ExportFormat.allCases {
                let files = try ["1", "2"].map { name in
                    let path = "\(folder)/\(name)"
                    try exported.model.export(to: path, format: format)
                    let file = format == .onnx ? path : path + "/saved_model.pb"
                    defer {
                        unlink(file)
                        rmdir(path)
                    }
                    return try ExportedModel.bytes(file)
                }
                #expect(files[0] == files[1])
            }
        }
    }

    /// Dictionaries have another order in each process.
    @Test func everyProcessGivesTheSameBytes() async throws {
        await #expect(processExitsWith: .success) { try ExportFileTests.export(by: getpid(), for: getppid()) }
        try ExportFileTests.export(by: getpid(), for: getpid())
        for name in ["onnx", "pb/saved_model.pb"] {
            let files = ["child", "parent"].map { "/tmp/hornet-export-\(getpid())-\($0).\(name)" }
            defer { for file in files { unlink(file) } }
            #expect(try ExportedModel.bytes(files[0]) == ExportedModel.bytes(files[1]))
        }
        for name in ["child", "parent"] { rmdir("/tmp/hornet-export-\(getpid())-\(name).pb") }
    }

    private static func export(by own: pid_t, for parent: pid_t) throws {
        let path = "/tmp/hornet-export-\(parent)-\(own == parent ? "parent" : "child")"
        let model = try ExportedModel.all[3].model
        try model.export(to: path + ".onnx")
        try model.export(to: path + ".pb")
    }

    @Test func aRefusedModelLeavesTheOldFile() throws {
        final class Own: Layer {
            override func forward(_ x: Value, _ pass: Pass) -> Value { x }
        }
        try ExportedModel.tags.model.export(to: folder + "/news.onnx")
        try ExportedModel.tags.model.export(to: folder + "/1")
        let old = try ["/news.onnx", "/1/saved_model.pb"].map { try ExportedModel.bytes(folder + $0) }
        let other = try ExportedModel([Own()]).model
        #expect(throws: HornetError.self) { try other.export(to: folder + "/news.onnx") }
        #expect(throws: HornetError.self) { try other.export(to: folder + "/1") }
        #expect(try ["/news.onnx", "/1/saved_model.pb"].map { try ExportedModel.bytes(folder + $0) } == old)
    }

    @Test func placesThatCanNotBeWritten() throws {
        let model = try ExportedModel.tags.model
        func message(_ path: String) -> String {
            let error = #expect(throws: HornetError.self) { try model.export(to: path) }
            return error.map { "\($0)" } ?? ""
        }
        try writeAtomically(to: folder + "/file") { try $0.write("a file") }
        #expect(message(folder + "/file").contains("is no folder"))
        #expect(message(folder + "/file/1").contains("Not a directory"))
        #expect(message(folder + "/no/news.onnx").contains("Create the folder \(folder)/no first"))
        #expect(message("/proc/news/1").contains("/proc/news: can't be made"))
        #expect(message("").contains("can't be made"))
    }

    @Test("A folder without write permission", .enabled(if: geteuid() != 0, "root writes everywhere"))
    func readOnlyFolder() throws {
        let model = try ExportedModel.tags.model
        chmod(folder, 0o500)
        defer { chmod(folder, 0o700) }
        let error = #expect(throws: HornetError.self) { try model.export(to: folder + "/1") }
        #expect(error?.problem.contains("Permission denied") == true)
    }
}
