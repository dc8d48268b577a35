extension Tensor: CustomStringConvertible, CustomDebugStringConvertible {
    /// The elements as NumPy's `print` shows those of a float32 array: in columns with as many digits as it takes to tell
    /// them apart (8 behind the point at most), with exponents where they differ a thousandfold, and with `...` for the inner
    /// ones of more than 1000.
    ///
    /// ```swift
    /// print(Tensor([[1, 0.5], [-2, 10]]))
    /// // [[ 1.   0.5]
    /// //  [-2.  10. ]]
    /// ```
    public var description: String {
        if rank == 0 { return scalar.isFinite ? ShortestDecimal(scalar).alone : FloatFormat([scalar]).text(scalar) }
        return text(separator: " ", before: 0, behind: 0)
    }

    /// NumPy's `repr`: `array([1., 2.], dtype=float32)`.
    public var debugDescription: String {
        ArrayText<Float>.representation(text(separator: ", ", before: 6, behind: 1), of: shape, type: "float32")
    }

    private func text(separator: String, before: Int, behind: Int) -> String {
        read {
            let layout = ArrayText(shape: shape, elements: $0, separator: separator, before: before, behind: behind)
            return layout.text(FloatFormat(layout.shown).text)
        }
    }
}

extension Indices: CustomStringConvertible, CustomDebugStringConvertible {
    /// The elements as NumPy's `print` shows those of an int32 array.
    public var description: String { text(separator: " ", before: 0, behind: 0) }

    /// NumPy's `repr`: `array([1, 2], dtype=int32)`.
    public var debugDescription: String {
        ArrayText<Int32>.representation(text(separator: ", ", before: 6, behind: 1), of: shape, type: "int32")
    }

    private func text(separator: String, before: Int, behind: Int) -> String {
        read {
            let layout = ArrayText(shape: shape, elements: $0, separator: separator, before: before, behind: behind)
            return layout.text(IntegerFormat(layout.shown).text)
        }
    }
}
