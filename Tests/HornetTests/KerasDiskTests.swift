import Hornet
import HornetTestSupport
import Testing

/// Saving in Keras' forms where the disk refuses: a clear error, and the older file as it was.
@Suite struct KerasDiskTests {
    private func model(_ words: Int) throws -> Sequential {
        let model = Sequential([Embedding(inputDim: words, outputDim: 8), GlobalMaxPool1D(), Dense(1)], seed: 1)
        try model.build(inputShape: [nil, 3])
        return model
    }

    /// Saves over an older file, which must fail for this reason and leave it alone.
    private func expectFailure(_ disk: SmallDisk, _ file: String, _ large: Sequential, _ reason: String) throws {
        let weights = try Sequential.load(disk.file(file)).weights.map(\.value)
        #expect { try large.save(disk.file(file)) } throws: { error in
            "\(error)".contains(file) && "\(error)".contains(reason)
        }
        #expect(try Sequential.load(disk.file(file)).weights.map(\.value) == weights)
        #expect(disk.names == [file])
    }

    @Test(.enabled(if: SmallDisk.isPossible), arguments: ["model.keras", "model.h5", "model.safetensors"])
    func aFullDiskLeavesTheOldFile(_ file: String) throws {
        let disk = try #require(SmallDisk())
        try model(10).save(disk.file(file))
        try expectFailure(disk, file, model(2_000), "No space left on device. Free some space")
    }

    @Test(.enabled(if: SmallDisk.isPossible), arguments: ["model.keras", "model.h5", "model.safetensors"])
    func aReadOnlyDiskLeavesTheOldFile(_ file: String) throws {
        let disk = try #require(SmallDisk())
        try model(10).save(disk.file(file))
        disk.protect()
        try expectFailure(disk, file, model(10), "Read-only file system. Choose a folder on a file system that can be written")
    }

    @Test(arguments: ["model.keras", "model.h5", "model.weights.h5"])
    func missingFoldersAndUnbuiltModelsAreErrors(_ file: String) throws {
        let folder = TemporaryFolder()
        #expect { try model(10).save(folder.file("none/\(file)")) } throws: { "\($0)".contains("Create the folder") }
        #expect { try Sequential([Dense(1)]).save(folder.file(file)) } throws: { "\($0)".contains("no weights yet") }
        #expect(folder.names == [])
    }
}
