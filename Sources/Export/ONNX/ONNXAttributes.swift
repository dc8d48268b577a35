import HornetLayers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Attributes as nodes spell them: `[.int("axis", 1), .ints("axes", [2])]`.
extension ONNXAttributeProto {
    private init(_ name: String, _ type: AttributeType, _ fill: (inout ONNXAttributeProto) -> Void) {
        self.init()
        self.name = name
        self.type = type
        fill(&self)
    }

    static func int(_ name: String, _ number: Int) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .int) { $0.i = Int64(number) }
    }

    static func ints(_ name: String, _ numbers: [Int]) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .ints) { $0.ints = numbers.map(Int64.init) }
    }

    static func float(_ name: String, _ number: Float) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .float) { $0.f = number }
    }

    static func string(_ name: String, _ text: String) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .string) { $0.s = Data(text.utf8) }
    }

    static func strings(_ name: String, _ texts: [String]) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .strings) { $0.strings = texts.map { Data($0.utf8) } }
    }

    static func graph(_ name: String, _ graph: ONNXGraphProto) -> ONNXAttributeProto {
        ONNXAttributeProto(name, .graph) { $0.g = graph }
    }
}

extension ONNXValueInfoProto {
    /// A tensor whose first size is called `batch`; other open ones are `size_1` for axis 1, and so on.
    init(_ name: String, _ type: ONNXTensorProto.DataType, _ shape: Shape) {
        self.init()
        self.name = name
        self.type.tensorType.elemType = Int32(type.rawValue)
        self.type.tensorType.shape.dim = shape.sizes.enumerated().map { axis, size in
            var dimension = ONNXTensorShapeProto.Dimension()
            if axis > 0, let size {
                dimension.dimValue = Int64(size)
            } else {
                dimension.dimParam = axis == 0 ? "batch" : "size_\(axis)"
            }
            return dimension
        }
    }
}
