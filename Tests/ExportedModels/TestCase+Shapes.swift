import Hornet

/// Normalizations, which hand the mask on, and reshaping, which drops it.
extension TestCase {
    static var shapes: [TestCase] { normalizations + reshapings }

    private static var normalizations: [TestCase] {
        let layers: [(name: String, layer: (_ center: Bool, _ scale: Bool) -> Layer)] = [
            ("batch", { BatchNormalization(epsilon: 0.1, center: $0, scale: $1) }),
            ("layer", { LayerNormalization(epsilon: 0.1, center: $0, scale: $1) }),
        ]
        let options = [("", true, true), ("-scaled", false, true), ("-centered", true, false), ("-bare", false, false)]
        return layers.flatMap { name, layer in
            options.flatMap { option, center, scale in
                [
                    TestCase(
                        "\(name)-normalization\(option)", input: [nil, 6], feed: .floats,
                        [Dense(8), layer(center, scale), tags]),
                    TestCase(
                        "\(name)-normalization\(option)-masked",
                        [embedding(masked: true), layer(center, scale), GlobalAveragePooling1D(), tags]),
                    TestCase(
                        "\(name)-normalization\(option)-open", input: [nil, nil, 4], feed: .floats,
                        [Masking(), layer(center, scale), LSTM(5), tags]),
                ]
            } + [
                TestCase(
                    "\(name)-normalization-of-4-axes",
                    [embedding(), Reshape([3, 4, 7]), layer(true, true), Flatten(), tags])
            ]
        }
    }

    private static var reshapings: [TestCase] {
        [
            TestCase("reshape", [embedding(masked: true), Reshape([21, 4]), GlobalAveragePooling1D(), tags]),
            TestCase("reshape-rest", [embedding(), Reshape([-1, 6]), GRU(4), tags]),
            TestCase("reshape-flat", [embedding(), Reshape([84]), tags]),
            TestCase("reshape-ids", feed: .idsAsFloats, [Reshape([12]), embedding(), Flatten(), tags]),
            TestCase(
                "reshape-open", input: [nil, nil, 4], feed: .floats,
                [Masking(), Reshape([-1, 2]), GlobalAveragePooling1D(), tags]),
            // For those inputs that fit.
            TestCase("reshape-closing", input: [nil, nil, 4], feed: .floats, [Reshape([6, 6]), Flatten(), tags]),
            TestCase("permute", [embedding(masked: true), Permute([2, 1]), GlobalAveragePooling1D(), tags]),
            TestCase("permute-open", input: [nil, nil, 4], feed: .floats, [Permute([2, 1]), GlobalAveragePooling1D()]),
            TestCase("permute-3", [embedding(), Reshape([3, 4, 7]), Permute([3, 1, 2]), Flatten(), tags]),
            TestCase("repeat", input: [nil, 6], feed: .floats, [Dense(4), RepeatVector(3), LSTM(5), tags]),
            TestCase("repeat-masked", [embedding(masked: true), LSTM(4), RepeatVector(1), Flatten(), tags]),
        ]
    }
}
