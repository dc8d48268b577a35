package import Hornet
import HornetLayers

extension Model {
    /// The model as an ONNX model.
    package func onnxModel() throws -> ONNXModelProto {
        let graph = ONNXGraph()
        let ends = try write(to: graph)
        let names = GraphEnds(self)
        // What comes out of the layers has other names.
        for (name, signal) in zip(names.outputs, ends.outputs) {
            graph.add("Identity", [signal.output], outputs: [name])
        }
        var operators = ONNXOperatorSetIdProto()
        operators.version = 17
        var model = ONNXModelProto()
        // The version of the file format that came with this operator set.
        model.irVersion = 8
        model.opsetImport = [operators]
        model.producerName = "Hornet"
        model.graph = graph.graph(
            named: name.isEmpty ? "model" : name,
            inputs: ends.inputs.map { ONNXValueInfoProto($0.output, $0.isIds ? .int32 : .float, $0.shape) },
            outputs: zip(names.outputs, ends.outputs).map { ONNXValueInfoProto($0, .float, $1.shape) })
        return model
    }
}
