import HornetLayers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Attributes as nodes spell them: `["T": .type(.dtFloat), "keep_dims": .flag(true)]`.
extension TFAttrValue {
    private init(_ value: OneOf_Value) {
        self.init()
        self.value = value
    }

    static func type(_ type: TFDataType) -> TFAttrValue { TFAttrValue(.type(type)) }
    static func int(_ number: Int) -> TFAttrValue { TFAttrValue(.i(Int64(number))) }
    static func text(_ text: String) -> TFAttrValue { TFAttrValue(.s(Data(text.utf8))) }
    static func flag(_ flag: Bool) -> TFAttrValue { TFAttrValue(.b(flag)) }
    static func shape(_ shape: Shape) -> TFAttrValue { TFAttrValue(.shape(TFTensorShapeProto(shape))) }
    static func tensor(_ tensor: TFTensorProto) -> TFAttrValue { TFAttrValue(.tensor(tensor)) }

    static func function(_ name: String) -> TFAttrValue {
        var function = TFNameAttrList()
        function.name = name
        return TFAttrValue(.func(function))
    }

    static func ints(_ numbers: [Int]) -> TFAttrValue {
        var list = ListValue()
        list.i = numbers.map(Int64.init)
        return TFAttrValue(.list(list))
    }

    static func types(_ types: [TFDataType]) -> TFAttrValue {
        var list = ListValue()
        list.type = types
        return TFAttrValue(.list(list))
    }

    static func shapes(_ shapes: [Shape]) -> TFAttrValue {
        var list = ListValue()
        list.shape = shapes.map(TFTensorShapeProto.init)
        return TFAttrValue(.list(list))
    }
}

extension TFTensorShapeProto {
    /// −1 for sizes that are not known.
    init(_ shape: Shape) {
        self.init()
        dim = shape.sizes.map { size in
            var dimension = Dim()
            dimension.size = Int64(size ?? -1)
            return dimension
        }
    }
}
