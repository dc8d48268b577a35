import Hornet
import Workload

/// Hornet's part in the comparison with other libraries; `peers/compare.py` starts it.
///
/// - `PeerRunner prepare FOLDER [REUTERS]` writes the data that all contestants read.
/// - `PeerRunner serve FOLDER` measures: a line of standard input names a unit of work, a line of JSON answers with the
///   seconds it took and with figures that prove that it was done.
/// - `PeerRunner tag FILE TEXT` loads a tagger and tags a text: the start of a process.
@main
struct PeerRunner {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("prepare", 2): try prepare(arguments[1], try Corpus.news())
        case ("prepare", 3): try prepare(arguments[1], try Corpus.reuters(arguments[2]))
        case ("serve", 2): try serve(arguments[1])
        case ("tag", 3): print(try Tagger(contentsOf: arguments[1]).tags(for: arguments[2]).joined(separator: "|"))
        default:
            throw HornetError(
                .configuration, at: "PeerRunner", "usage: prepare FOLDER [REUTERS] | serve FOLDER | tag FILE TEXT")
        }
    }

    private static func serve(_ folder: String) throws {
        let units = try Units(folder)
        answer([
            "library": "Hornet", "units": .array(Units.names.map(JSON.string)),
            "versions": ["OpenBLAS": .string(OpenBLAS.description)],
        ])
        while let unit = readLine() {
            do {
                answer(try units.run(unit))
            } catch {
                answer(["error": .string("\(error)")])
            }
        }
    }

    private static func answer(_ document: JSON) {
        print(document.text(.compact))
        // The other side waits for it.
        flushOutput()
    }
}
