package import Hornet
import HornetLayers

extension Model {
    /// The model as an ONNX model.
    package func onnxModel() throws -> ONNXModelProto {
        let graph = ONNXGraph()
        let ends = try write(to: graph)
        // What comes out of the last layer has another name.
        graph.add("Identity", [ends.output.output], outputs: [GraphEnds.output])
        var operators = ONNXOperatorSetIdProto()
        operators.version = 17
        var model = ONNXModelProto()
        // The version of the file format that came with this operator set.
        model.irVersion = 8
        model.opsetImport = [operators]
        model.producerName = "Hornet"
        model.graph = graph.graph(
            named: name.isEmpty ? "model" : name,
            inputs: [ONNXValueInfoProto(GraphEnds.input, ends.input.isIds ? .int32 : .float, ends.input.shape)],
            outputs: [ONNXValueInfoProto(GraphEnds.output, .float, ends.output.shape)])
        return model
    }
}
