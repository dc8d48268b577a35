import Hornet
import HornetExport
import HornetSupport
import Testing

/// What stands in a SavedModel, read back. That TensorFlow computes the same with it, `Tests/Oracles/exports.py`
/// checks.
@Suite struct SavedModelTests {
    @Test func isOneGraphToServe() throws {
        let part = try ExportedModel.tags.savedModel()
        #expect(part.metaInfoDef.tags == ["serve"])
        #expect(Array(part.signatureDef.keys) == ["serving_default"])
        let signature = try #require(part.signatureDef["serving_default"])
        #expect(signature.methodName == "tensorflow/serving/predict")
        let input = try #require(signature.inputs["inputs"])
        let output = try #require(signature.outputs["outputs"])
        #expect(signature.inputs.count == 1 && signature.outputs.count == 1)
        #expect(input.name == "inputs:0" && input.dtype == .dtInt32)
        #expect(input.tensorShape.dim.map(\.size) == [-1, 6])
        #expect(output.name == "dense_1/Sigmoid:0" && output.dtype == .dtFloat)
        #expect(output.tensorShape.dim.map(\.size) == [-1, 2])
    }

    @Test func hasANodeForEachOperation() throws {
        let graph = try ExportedModel.tags.savedModel().graphDef
        #expect(graph.node.map(\.op).filter { $0 != "Const" } == [
            "Placeholder", "GatherV2", "Max", "MatMul", "BiasAdd", "Relu", "MatMul", "BiasAdd", "Sigmoid",
        ])
        #expect(graph.library.function.isEmpty)
    }

    @Test func floatsComeInWhereThereIsNoEmbedding() throws {
        let part = try ExportedModel([Dense(2)], input: [8, 3]).savedModel()
        let input = try #require(part.signatureDef["serving_default"]?.inputs["inputs"])
        #expect(input.dtype == .dtFloat)
        // Any number of samples, whatever the model was built for.
        #expect(input.tensorShape.dim.map(\.size) == [-1, 3])
    }

    @Test func holdsTheWeights() throws {
        let exported = try ExportedModel.tags
        let constants = try exported.savedModel().graphDef.node.filter { node in
            node.op == "Const" && node.attr["value"]!.tensor.dtype == .dtFloat
        }
        #expect(constants.count == exported.model.weights.count)
        for (constant, weight) in zip(constants, exported.model.weights) {
            let tensor = try #require(constant.attr["value"]).tensor
            #expect(constant.name == weight.path)
            #expect(tensor.tensorShape.dim.map { Int($0.size) } == weight.shape)
            #expect(floats(tensor.tensorContent) == weight.value.scalars)
        }
    }

    @Test func holdsTheWeightsOfASharedLayerOnce() throws {
        let names = try ExportedModel.branches.savedModel().graphDef.node.map(\.name)
        #expect(names.filter { $0.hasPrefix("dense/") } == [
            "dense/kernel", "dense/BatchMatMulV2", "dense/bias", "dense/BiasAdd", "dense/BatchMatMulV2_1",
            "dense/BiasAdd_1",
        ])
    }

    @Test func readsAnLSTMByOneOperator() throws {
        let model = try ExportedModel([Embedding(inputDim: 9, outputDim: 4), LSTM(3)])
        let graph = try model.savedModel().graphDef
        let node = try #require(graph.node.first { $0.op == "BlockLSTMV2" })
        let weights = try #require(graph.node.first { $0.name == node.input[4] }?.attr["value"]).tensor
        #expect(weights.tensorShape.dim.map(\.size) == [4 + 3, 4 * 3])
        #expect(floats(weights.tensorContent) == model.model.weights[1...2].flatMap(\.value.scalars))
        #expect(graph.library.function.isEmpty)
    }

    @Test func hasAConvolutionForEachGroup() throws {
        let exported = try ExportedModel([Conv1D(4, kernelSize: 2, groups: 2)], input: [nil, 6, 6])
        let graph = try exported.savedModel().graphDef
        #expect(graph.node.map(\.op).filter { $0 != "Const" } == [
            "Placeholder", "ExpandDims", "Split", "Conv2D", "Conv2D", "ConcatV2", "BiasAdd", "Squeeze",
        ])
        let kernels = try graph.node.filter { $0.name.hasPrefix("conv1d/kernel") }.map {
            try #require($0.attr["value"]).tensor
        }
        #expect(kernels.map { $0.tensorShape.dim.map(\.size) } == [[1, 2, 3, 2], [1, 2, 3, 2]])
        let weight = exported.model.weights[0].value
        #expect(kernels.map { floats($0.tensorContent) } == [0, 2].map { weight.sliced($0..<$0 + 2, axis: 2).scalars })
    }

    /// Names are unique and TensorFlow's; every node takes what stands before it, or a function's argument; every function
    /// that is called is there.
    @Test func isSound() throws {
        for exported in try ExportedModel.all {
            let part = try exported.savedModel()
            let known = check(part.graphDef.node, arguments: [])
            #expect(known.contains(node(of: part.signatureDef["serving_default"]!.outputs["outputs"]!.name)))
            for function in part.graphDef.library.function {
                let known = check(function.nodeDef, arguments: function.signature.inputArg.map(\.name))
                #expect(Set(function.ret.keys) == Set(function.signature.outputArg.map(\.name)))
                #expect(function.ret.values.allSatisfy { known.contains(node(of: $0)) })
            }
            let called = part.graphDef.node.flatMap { [$0.attr["cond"], $0.attr["body"]].compactMap { $0?.func.name } }
            #expect(called.sorted() == part.graphDef.library.function.map(\.signature.name).sorted())
        }
        #expect(try ExportedModel.all.contains { try !$0.savedModel().graphDef.library.function.isEmpty })
    }

    private func check(_ nodes: [TFNodeDef], arguments: [String]) -> Set<String> {
        var known = Set(arguments)
        for node in nodes {
            #expect(node.input.allSatisfy { known.contains(self.node(of: $0)) }, "\(node.name)")
            #expect(node.name.utf8.allSatisfy { isPlain($0) }, "\(node.name)")
            #expect(known.insert(node.name).inserted, "\(node.name)")
        }
        return known
    }

    private func node(of reference: String) -> String { String(reference.prefix { $0 != ":" }) }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte < 128 && (Character(Unicode.Scalar(byte)).isLetter || "0123456789/-._".utf8.contains(byte))
    }
}
