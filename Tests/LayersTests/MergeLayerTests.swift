import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Layers of several inputs, beside Keras' (`Tests/Oracles/merging.py`).
@Suite struct MergeLayerTests {
    private func layer(_ testCase: JSON.Cursor) throws -> MergeLayer {
        var config = try testCase.member("config").object()
        config["name"] = "merge"
        let description: JSON = ["class_name": .string(try testCase.member("class").string()), "config": .object(config)]
        let layer = try LayerRegistry().layer(from: description.cursor(source: "merging.json"))
        // There and back.
        #expect(try LayerRegistry.description(of: layer).cursor(source: "").member("class_name").string() == layer.className)
        return try #require(layer as? MergeLayer)
    }

    @Test func followKeras() throws {
        let cases = try Fixture.json("merging.json").member("cases").array()
        for testCase in cases {
            let name = try testCase.member("name").string()
            let layer = try layer(testCase)
            let inputs = try testCase.member("inputs").tensors()
            let masks = try testCase.optional("masks")?.array().map { try $0.value == .null ? nil : $0.tensor() }
            let shapes = inputs.map { Shape([nil] + $0.shape.dropFirst().map { $0 }) }
            let shape = try layer.build(shapes, random: RandomSource(seed: 0), weights: .drawn)
            let tape = Tape()
            let leaves = inputs.map { tape.variable($0) }
            let values = leaves.enumerated().map { number, leaf in leaf.masked(by: masks?[number]) }
            let y = try layer.forward(values, Pass(tape: tape, isTraining: true, random: RandomSource(seed: 0)))
            expectClose(y.tensor, try testCase.member("y").tensor(), relative: 1e-6, "\(name)")
            #expect(shape.sizes.dropFirst().map { $0 } == y.shape.dropFirst().map { $0 }, "\(name)")
            // No mask means what ones do.
            let mask = try testCase.optional("mask")?.tensor()
            if masks != nil { #expect(y.mask == mask || y.mask == nil && mask == .ones(mask!.shape), "\(name)") }
            tape.backward(from: (y * Value(try testCase.member("dy").tensor())).sum())
            for (leaf, dx) in zip(leaves, try testCase.member("dx").tensors()) {
                expectClose(tape.gradient(at: leaf), dx, relative: 1e-6, "\(name)")
            }
        }
        #expect(cases.count > 35)
    }

    @Test func shapesThatDoNotFitAreRefused() {
        func problem(_ layer: MergeLayer, _ shapes: [Shape]) -> String {
            do {
                return "\(try layer.build(shapes, random: RandomSource(seed: 0), weights: .drawn))"
            } catch { return "\(error)" }
        }
        #expect(problem(Add(), [[nil, 3], [nil, 4]]).contains("differ along axis 1: (None, 3), (None, 4)"))
        #expect(problem(Add(), [[nil, 3], [nil, 2, 3]]).contains("different numbers of axes"))
        #expect(problem(Add(), [[nil, nil, 3], [nil, 5, 1]]) == "(None, None, 3)")
        #expect(problem(Subtract(), [[nil, 3], [nil, 3], [nil, 3]]).contains("two inputs are needed, not 3"))
        #expect(problem(Concatenate(), [[nil, 2, 3], [nil, 4, 3]]).contains("differ along axis 1"))
        #expect(problem(Concatenate(axis: 2), [[nil, 2], [nil, 4]]).contains("no axis 2"))
        #expect(problem(Concatenate(), [[nil, 2, 3], [nil, nil, 4]]) == "(None, 2, 7)")
        #expect(problem(Concatenate(), [[nil, 2, nil], [nil, 2, 4]]) == "(None, 2, None)")
    }
}
