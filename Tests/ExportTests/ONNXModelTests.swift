import Hornet
import HornetExport
import HornetSupport
import Testing

/// What stands in an ONNX model, read back. That ONNX Runtime computes the same with it, `Tests/Oracles/exports.py`
/// checks.
@Suite struct ONNXModelTests {
    @Test func saysWhatItIs() throws {
        let model = try ExportedModel.tags.onnx()
        #expect(model.irVersion == 8 && model.producerName == "Hornet")
        #expect(model.opsetImport.map(\.version) == [17] && model.opsetImport[0].domain.isEmpty)
        #expect(model.graph.name == "sequential")
        #expect(try ExportedModel([Dense(1)], name: "").onnx().graph.name == "model")
    }

    @Test func takesAnyNumberOfSamples() throws {
        let graph = try ExportedModel.tags.onnx().graph
        #expect(graph.input.map(\.name) == ["inputs"] && graph.output.map(\.name) == ["outputs"])
        let (input, output) = (graph.input[0].type.tensorType, graph.output[0].type.tensorType)
        #expect(input.elemType == 6 && output.elemType == 1)
        #expect(input.shape.dim[0].dimParam == "batch" && output.shape.dim[0].dimParam == "batch")
        #expect(input.shape.dim.map(\.dimValue) == [0, 6] && output.shape.dim.map(\.dimValue) == [0, 2])
        let open = try ExportedModel([Dense(1)], input: [8, nil, 3]).onnx().graph.input[0].type.tensorType
        #expect(open.elemType == 1)
        #expect(open.shape.dim.map(\.dimParam) == ["batch", "size_1", ""])
    }

    @Test func hasANodeForEachOperation() throws {
        #expect(try ExportedModel.tags.onnx().graph.node.map(\.opType) == [
            "Gather", "ReduceMax", "MatMul", "Add", "Relu", "MatMul", "Add", "Sigmoid", "Identity",
        ])
    }

    @Test func holdsTheWeights() throws {
        let exported = try ExportedModel.tags
        let tensors = try exported.onnx().graph.initializer
        #expect(tensors.map(\.name) == exported.model.weights.map(\.path))
        #expect(tensors.map { $0.dims.map { Int($0) } } == exported.model.weights.map(\.shape))
        #expect(tensors.map { floats($0.rawData) } == exported.model.weights.map(\.value.scalars))
    }

    @Test func holdsTheWeightsOfASharedLayerOnce() throws {
        let names = try ExportedModel.branches.onnx().graph.initializer.map(\.name)
        #expect(names.filter { $0.hasPrefix("dense/") } == ["dense/kernel", "dense/bias"])
    }

    /// i, f, c, o here; i, o, f, c there, as rows.
    @Test func hasTheGatesOfAnLSTMInTheirOrder() throws {
        let model = try ExportedModel([LSTM(2)], input: [nil, 4, 1])
        try model.model.setWeights([
            Tensor((0..<8).map(Float.init), shape: [1, 8]), Tensor((0..<16).map(Float.init), shape: [2, 8]), .ones([8]),
        ])
        let tensors = try model.onnx().graph.initializer.filter { $0.dataType == 1 }
        #expect(tensors.map(\.dims) == [[1, 8, 1], [1, 8, 2], [1, 16]])
        #expect(floats(tensors[0].rawData) == [0, 1, 6, 7, 2, 3, 4, 5])
        #expect(floats(tensors[1].rawData) == [0, 8, 1, 9, 6, 14, 7, 15, 2, 10, 3, 11, 4, 12, 5, 13])
        #expect(floats(tensors[2].rawData) == Array(repeating: 1, count: 8) + Array(repeating: 0, count: 8))
    }

    /// Taps, channels, filters here; the other way round there.
    @Test func hasTheKernelOfAConvolutionInItsOrder() throws {
        let exported = try ExportedModel([Conv1D(3, kernelSize: 2, padding: .causal)], input: [nil, 6, 2])
        let graph = try exported.onnx().graph
        #expect(graph.node.map(\.opType) == ["Transpose", "Conv", "Transpose", "Identity"])
        let kernel = try #require(graph.initializer.first { $0.name == "conv1d/kernel" })
        #expect(kernel.dims == [3, 2, 2])
        #expect(floats(kernel.rawData) == exported.model.weights[0].value.permuted([2, 1, 0]).scalars)
        #expect(graph.node[1].attribute.first { $0.name == "pads" }?.ints == [1, 0])
    }

    /// Names are unique, every node takes what stands before it, and every tensor has the bytes of its shape.
    @Test func isSound() throws {
        for exported in try ExportedModel.all {
            var known: Set<String> = []
            check(try exported.onnx().graph, &known)
            #expect(known.contains("outputs"))
        }
    }

    /// A graph within a graph sees the names of the outer one and must not use them again.
    private func check(_ graph: ONNXGraphProto, _ known: inout Set<String>) {
        for name in graph.input.map(\.name) + graph.initializer.map(\.name) {
            #expect(known.insert(name).inserted, "\(name)")
        }
        for tensor in graph.initializer {
            let size = [1: 4, 6: 4, 7: 8][tensor.dataType] ?? 0
            #expect(tensor.rawData.count == Int(tensor.dims.reduce(1, *)) * size, "\(tensor.name)")
        }
        for node in graph.node {
            #expect(node.input.allSatisfy { known.contains($0) }, "\(node.name)")
            for attribute in node.attribute where attribute.hasG { check(attribute.g, &known) }
            for name in node.output where !name.isEmpty { #expect(known.insert(name).inserted, "\(name)") }
        }
        #expect(graph.output.allSatisfy { known.contains($0.name) })
    }
}
