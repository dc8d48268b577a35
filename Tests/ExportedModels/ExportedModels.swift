import Hornet
import HornetExport
import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes models of every kind that can be exported into the folder that is named, for `Tests/Oracles/exports.py`:
/// `NAME/saved_model`, `NAME/model.onnx`, and `NAME/answers.safetensors` with inputs `x_N` of N samples and Hornet's
/// answers `y_N`; of models with several of them `x_N_NAME` and `y_N_NAME`.
@main
struct ExportedModels {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            throw HornetError(.configuration, at: "ExportedModels", "name a folder")
        }
        let root = CommandLine.arguments[1]
        let cases = TestCase.all
        for var testCase in cases {
            let model = try testCase.model()
            let folder = root + "/" + testCase.name
            try model.export(to: folder + "/saved_model")
            try model.export(to: folder + "/model.onnx")
            var arrays: [(name: String, tensor: Tensor)] = []
            for count in [1, 3, 32] {
                let (x, y) = try testCase.sampled(count, model)
                arrays += [("x_\(count)", x), ("y_\(count)", y)]
            }
            try SafetensorsFile.write(
                to: folder + "/answers.safetensors", arrays,
                metadata: [("takes_ids", testCase.feed == .ids ? "yes" : "no")])
        }
        for ends in ModelEnds.all { try ends.write(to: root) }
        print("\(cases.count + ModelEnds.all.count) models")
    }
}
