import Hornet

/// Convolutions and pooling. They drop the mask, so that all steps count behind them.
extension TestCase {
    static var windows: [TestCase] { convolutions + convolutionActivations + poolings + shortTexts + textNetworks }

    private static var convolutions: [TestCase] {
        let layers: [(name: String, layer: () -> Conv1D)] = [
            ("valid", { Conv1D(6, kernelSize: 3) }),
            ("one-tap", { Conv1D(6, kernelSize: 1, padding: .same) }),
            ("bare", { Conv1D(6, kernelSize: 3, useBias: false) }),
            ("strides", { Conv1D(6, kernelSize: 3, strides: 2) }),
            ("dilation", { Conv1D(6, kernelSize: 3, dilationRate: 3) }),
            ("same", { Conv1D(6, kernelSize: 4, padding: .same) }),
            ("same-strides", { Conv1D(6, kernelSize: 4, strides: 3, padding: .same) }),
            ("same-far-strides", { Conv1D(6, kernelSize: 2, strides: 5, padding: .same) }),
            ("same-dilation", { Conv1D(6, kernelSize: 4, padding: .same, dilationRate: 3) }),
            ("causal", { Conv1D(6, kernelSize: 3, padding: .causal) }),
            ("causal-strides", { Conv1D(6, kernelSize: 3, strides: 2, padding: .causal) }),
            ("causal-dilation", { Conv1D(6, kernelSize: 3, padding: .causal, dilationRate: 2) }),
            ("groups", { Conv1D(8, kernelSize: 3, groups: 2, activation: .relu) }),
            ("groups-same-strides", { Conv1D(6, kernelSize: 4, strides: 3, padding: .same, groups: 3) }),
            ("groups-causal-dilation", { Conv1D(12, kernelSize: 2, padding: .causal, dilationRate: 2, groups: 6) }),
        ]
        return layers.flatMap { name, layer in
            [
                TestCase(
                    "convolution-\(name)", [embedding(masked: true), Dense(6), layer(), Dense(5), Flatten(), tags]),
                TestCase(
                    "convolution-\(name)-open", input: [nil, nil, 6], feed: .floats,
                    [Masking(), layer(), GlobalAveragePooling1D(), tags]),
            ]
        }
    }

    private static var convolutionActivations: [TestCase] {
        allActivations.map { activation in
            TestCase(
                "convolution-activation-\(activation.name)",
                [embedding(), Conv1D(6, kernelSize: 3, activation: activation), Flatten(), tags])
        }
    }

    private static var poolings: [TestCase] {
        let windows: [(size: Int, strides: Int?)] = [(2, nil), (3, 2), (4, 3), (2, 5), (3, 7), (5, 1)]
        return Pooling1D.Padding.allCases.flatMap { padding in
            windows.flatMap { size, strides in
                [false, true].flatMap { isMaximum in
                    func layer() -> Layer {
                        isMaximum
                            ? MaxPooling1D(poolSize: size, strides: strides, padding: padding)
                            : AveragePooling1D(poolSize: size, strides: strides, padding: padding)
                    }
                    let name = "\(isMaximum ? "max" : "average")-pooling-\(size)-\(strides ?? size)-\(padding.rawValue)"
                    return [
                        TestCase(name, [embedding(masked: true), layer(), Flatten(), tags]),
                        TestCase(
                            name + "-open", input: [nil, nil, 4], feed: .floats,
                            [Masking(), layer(), GlobalAveragePooling1D(), tags]),
                    ]
                }
            }
        }
    }

    /// Windows that are longer than the text.
    private static var shortTexts: [TestCase] {
        let layers: [(name: String, layer: Layer)] = [
            ("convolution-same", Conv1D(6, kernelSize: 5, padding: .same, dilationRate: 2)),
            ("convolution-same-strides", Conv1D(6, kernelSize: 6, strides: 2, padding: .same)),
            ("convolution-causal", Conv1D(6, kernelSize: 5, padding: .causal)),
            ("max-pooling", MaxPooling1D(poolSize: 5, strides: 2, padding: .same)),
            ("average-pooling", AveragePooling1D(poolSize: 5, strides: 2, padding: .same)),
        ]
        return layers.map { name, layer in
            TestCase("\(name)-of-short-texts", input: [nil, 3], [embedding(), layer, Flatten(), tags])
        }
    }

    private static var textNetworks: [TestCase] {
        let networks: [(name: String, input: Shape)] = [("text-cnn", [nil, 12]), ("text-cnn-open", [nil, nil])]
        return networks.flatMap { name, input in
            [
                TestCase(name, input: input) { ids in
                    let words = SpatialDropout1D(0.2)(embedding()(ids))
                    let branches = [2, 3, 5].map { size in
                        GlobalMaxPool1D()(Conv1D(6, kernelSize: size, activation: .relu)(words))
                    }
                    return tags(Dropout(0.3)(Dense(8, activation: .relu)(Concatenate()(branches))))
                },
                TestCase(name + "-deep", input: input) { ids in
                    let words = embedding(masked: true)(ids)
                    let branches = [2, 3].map { size in
                        let steps = Conv1D(6, kernelSize: size, padding: .same)(words)
                        return Activation(.relu)(BatchNormalization()(steps))
                    }
                    let pooled = MaxPooling1D(padding: .same)(Concatenate()(branches))
                    let states = Bidirectional(LSTM(4, returnSequences: true))(LayerNormalization()(pooled))
                    let sums = Add()([states, Conv1D(8, kernelSize: 3, padding: .causal, dilationRate: 2)(states)])
                    return tags(GlobalAveragePooling1D()(sums))
                },
            ]
        }
    }
}
