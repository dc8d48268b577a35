package import Hornet
import HornetLayers

extension Model {
    /// The model as a SavedModel: one graph with constant weights, and the signature to call it by.
    package func savedModel() throws -> TFSavedModel {
        let graph = TensorFlowGraph()
        let ends = try write(to: graph)
        var signature = TFSignatureDef()
        signature.methodName = "tensorflow/serving/predict"
        let names = GraphEnds(self)
        for (name, signal) in zip(names.inputs, ends.inputs) { signature.inputs[name] = TFTensorInfo(signal) }
        for (name, signal) in zip(names.outputs, ends.outputs) { signature.outputs[name] = TFTensorInfo(signal) }

        var part = TFMetaGraphDef()
        part.metaInfoDef.tags = ["serve"]
        part.graphDef.node = graph.nodes
        part.graphDef.library.function = graph.functions
        // What the graph expects of its reader: TensorFlow 2.9 counts so.
        part.graphDef.versions.producer = 1087
        part.signatureDef["serving_default"] = signature
        var model = TFSavedModel()
        model.savedModelSchemaVersion = 1
        model.metaGraphs = [part]
        return model
    }
}

extension TFTensorInfo {
    fileprivate init(_ value: TensorFlowGraph.Signal) {
        self.init()
        let reference = value.output.reference
        // Here the first output of a node has its number, too.
        name = reference.utf8.contains(UInt8(ascii: ":")) ? reference : reference + ":0"
        dtype = value.output.type
        tensorShape = TFTensorShapeProto(value.shape)
    }
}
