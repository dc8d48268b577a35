import HornetTensor
import HornetTextPrep
import Testing

@Suite("padSequences") struct PaddingTests {
    @Test("Every combination of options gives Keras' ids")
    func oracle() throws {
        let cases = try Golden(file: "padding.json").elements
        #expect(cases.count == 2000)
        for golden in cases {
            let padded = padSequences(
                try golden["sequences"].intRows.map { $0.map(Int32.init) },
                maxLength: try golden.optional("length")?.int,
                padding: try #require(SequenceEnd(rawValue: try golden["padding"].string)),
                truncating: try #require(SequenceEnd(rawValue: try golden["truncating"].string)),
                value: Int32(try golden["value"].int))
            let shape = try golden["shape"].ints
            #expect(padded.shape == shape)
            let expected = try golden["padded"].ints.map(Int32.init)
            #expect(padded.ids == expected)
        }
    }

    @Test("Nothing to pad")
    func empty() {
        #expect(padSequences([]).shape == [0, 0])
        #expect(padSequences([], maxLength: 3).shape == [0, 3])
        #expect(padSequences([[], []]).shape == [2, 0])
        #expect(padSequences([[1], []], maxLength: 0).shape == [2, 0])
    }
}
