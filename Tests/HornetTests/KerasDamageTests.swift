import Hornet
import HornetModelFiles
import HornetSupport
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Damaged and hostile Keras files: each is refused, or read as the model that it still is.
@Suite struct KerasDamageTests {
    private let folder = TemporaryFolder()

    /// Whether a file of these bytes is a model, which then must also answer.
    private func isModel(_ bytes: [UInt8]) -> Bool {
        let path = folder.file("damaged")
        guard let file = fopen(path, "wb") else { fatalError("\(path) can't be written") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        do {
            _ = try Warning.collected {
                let model = try Model.load(path)
                let sizes = model.inputShapes.map { $0.sizes.dropFirst().map { $0 ?? 3 } }
                if sizes.joined().allSatisfy({ $0 < 100 }) { _ = try model.predict(sizes.map { Tensor.zeros([2] + $0) }) }
                try model.loadWeights(path)
            }
            return true
        } catch is HornetError {
            return false
        } catch {
            Issue.record("no HornetError: \(error)")
            return false
        }
    }

    @Test func damagedHDF5FilesAreRefusedOrRead() {
        let originals = [
            "adam.h5", "functional.h5", "branching.h5", "adam_repacked.h5", "keras2_adam.h5", "graph_nested.h5", "graph_masks.h5",
            "graph_keras2_ends.h5",
        ].map { Fixture.bytes("keras/" + $0) }
        #expect(originals.allSatisfy(isModel))
        let driver = MutationDriver(".h5", originals) { bytes, _ in isModel(bytes) }
        #expect(driver.refused > 0)
    }

    /// Damaged archives, and archives of damaged entries.
    @Test func damagedArchivesAreRefusedOrRead() throws {
        let whole = [
            "adam.keras", "functional.keras", "branching.keras", "keras2_adam.keras", "graph_ends.keras", "graph_masks.keras",
            "graph_nested.keras", "graph_keras2_merging.keras",
        ]
        let entries = try whole.map { name -> (metadata: [UInt8], config: [UInt8], weights: [UInt8]) in
            let archive = try ZipArchive(MappedFile(path: Fixture.path("keras/" + name)))
            func bytes(_ name: String) throws -> [UInt8] { try #require(try archive.bytes(of: name)) }
            return (try bytes("metadata.json"), try bytes("config.json"), try bytes("model.weights.h5"))
        }
        func archive(_ number: Int, config: [UInt8]? = nil, weights: [UInt8]? = nil) -> [UInt8] {
            let entry = entries[number]
            return StoredZip.archive([
                ("metadata.json", entry.metadata), ("config.json", config ?? entry.config),
                ("model.weights.h5", weights ?? entry.weights),
            ])
        }
        #expect(entries.indices.allSatisfy { isModel(archive($0)) })
        let driver = MutationDriver(".keras", whole.map { Fixture.bytes("keras/" + $0) }) { bytes, _ in isModel(bytes) }
        #expect(driver.refused > 0)
        let configs = MutationDriver("config.json of .keras", entries.map(\.config)) { config, original in
            isModel(archive(original, config: config))
        }
        #expect(configs.refused > 0)
        let weights = MutationDriver("model.weights.h5 of .keras", entries.map(\.weights)) { weights, original in
            isModel(archive(original, weights: weights))
        }
        #expect(weights.refused > 0)
    }

    @Test func cutFilesAreRefused() throws {
        for name in ["adam.h5", "adam.keras"] {
            let whole = Fixture.bytes("keras/" + name)
            for length in stride(from: 0, to: whole.count - 1, by: 997) {
                #expect(!isModel(Array(whole[..<length])), "\(name) cut to \(length) bytes")
            }
        }
    }
}
