import HornetLayers
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct DropoutLayerTests {
    private let x = Value(Tensor.random([20, 10, 30], in: 1..<2))

    private func forward(_ layer: Layer, isTraining: Bool = true, seed: UInt64 = 1) throws -> Tensor {
        try layer.forward(x, Pass(tape: nil, isTraining: isTraining, random: RandomSource(seed: seed))).tensor
    }

    @Test func actsInTrainingAlone() throws {
        for layer in [Dropout(0.3), SpatialDropout1D(0.3)] as [Layer] {
            #expect(try forward(layer, isTraining: false) == x.tensor)
            let y = try forward(layer)
            // Spatial dropout draws 600 times only.
            let share = Double(y.scalars.count { $0 == 0 }) / Double(y.count)
            #expect((share - 0.3).magnitude < 5 * (0.21 / (layer is Dropout ? 6000.0 : 600)).squareRoot())
            for (before, after) in zip(x.tensor.scalars, y.scalars) where after != 0 {
                #expect((after / before - 1 / 0.7).magnitude < 1e-5)
            }
        }
    }

    @Test func spatialDropoutTakesWholeChannels() throws {
        let y = try forward(SpatialDropout1D(0.5))
        for sample in 0..<20 {
            for channel in 0..<30 {
                let zeros = (0..<10).count { y[sample, $0, channel] == 0 }
                #expect(zeros == 0 || zeros == 10)
            }
        }
        #expect(try forward(Dropout(0.5)).scalars.chunked(300).contains { sample in
            Set((0..<10).map { sample[$0 * 30] == 0 }).count == 2
        })
    }

    @Test func theEndsOfTheRate() throws {
        for (none, all) in [(Dropout(0), Dropout(1)), (SpatialDropout1D(0), SpatialDropout1D(1))] as [(Layer, Layer)] {
            #expect(try forward(none) == x.tensor)
            #expect(try forward(all) == .zeros(x.shape))
        }
    }

    @Test func thePassDecidesTheDraws() throws {
        for layer in [Dropout(0.5), SpatialDropout1D(0.5)] as [Layer] {
            #expect(try forward(layer, seed: 2) == forward(layer, seed: 2))
            #expect(try forward(layer, seed: 2) != forward(layer, seed: 3))
            let pass = Pass(tape: nil, isTraining: true, random: RandomSource(seed: 2))
            let first = try layer.forward(x, pass).tensor
            #expect(try layer.forward(x, pass).tensor != first, "one pass draws anew each time")
        }
    }

    @Test func gradientsGoThroughWhatIsKept() throws {
        for layer in [Dropout(0.4), SpatialDropout1D(0.4)] as [Layer] {
            try checkGradient(of: [Tensor.random([2, 3, 5])]) { values in
                try layer.forward(values[0], Pass(tape: nil, isTraining: true, random: RandomSource(seed: 5)))
            }
        }
    }

    @Test func masksPass() throws {
        let mask: Tensor = [[1, 0, 1]]
        let x = Value(Tensor.ones([1, 3, 2])).masked(by: mask)
        for isTraining in [false, true] {
            for layer in [Dropout(0.4), SpatialDropout1D(0.4)] as [Layer] {
                let pass = Pass(tape: nil, isTraining: isTraining, random: RandomSource(seed: 5))
                #expect(try layer.forward(x, pass).mask == mask)
            }
        }
    }
}

extension Array {
    fileprivate func chunked(_ size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { ArraySlice(Array(self[$0..<Swift.min($0 + size, count)])) }
    }
}
