import HornetLayers
public import HornetTensor

/// Anything a model can be fed with: samples along axis 0, taken out in batches.
///
/// `Tensor`, `Indices` and `SparseMatrix` are; a type of your own (a file that is too large for memory) may be.
public protocol ModelData {
    /// The number of samples.
    var sampleCount: Int { get }
    /// The shape of one sample, without the batch axis.
    var sampleShape: [Int] { get }
    /// The samples at `rows`, in that order.
    func batch(_ rows: ArraySlice<Int>) -> Value
    /// Neighbouring samples, in their order. The default goes by ``batch(_:)-(ArraySlice<Int>)``.
    func batch(_ rows: Range<Int>) -> Value
    /// The first sample that holds a NaN or an infinity; `nil` when all are numbers.
    func firstNonFiniteSample() -> Int?
}

extension ModelData {
    /// The samples at `rows` as losses and metrics take them.
    func targets(_ rows: ArraySlice<Int>) -> Value { batch(rows).dense }

    public func batch(_ rows: Range<Int>) -> Value { batch(Array(rows)[...]) }
}

extension Tensor: ModelData {
    public var sampleCount: Int { shape.first ?? 0 }
    public var sampleShape: [Int] { Array(shape.dropFirst()) }

    public func batch(_ rows: ArraySlice<Int>) -> Value {
        guard let range = rows.contiguousRange else { return Value(gathered(rows)) }
        return batch(range)
    }

    public func batch(_ rows: Range<Int>) -> Value { Value(self[rows]) }

    public func firstNonFiniteSample() -> Int? {
        if isFinite { return nil }
        let size = sampleShape.reduce(1, *)
        return withUnsafeBufferPointer { $0.firstIndex { !$0.isFinite }.map { $0 / Swift.max(size, 1) } }
    }
}

extension Indices: ModelData {
    public var sampleCount: Int { shape.first ?? 0 }
    public var sampleShape: [Int] { Array(shape.dropFirst()) }

    public func batch(_ rows: ArraySlice<Int>) -> Value {
        guard let range = rows.contiguousRange else { return Value(gathered(rows)) }
        return batch(range)
    }

    public func batch(_ rows: Range<Int>) -> Value { Value(self[rows]) }

    public func firstNonFiniteSample() -> Int? { nil }
}

extension SparseMatrix: ModelData {
    public var sampleCount: Int { rowCount }
    public var sampleShape: [Int] { [columnCount] }

    /// Sparse rows, which ``Dense`` takes as they are; as targets they are made dense, a batch at a time.
    public func batch(_ rows: ArraySlice<Int>) -> Value {
        guard let range = rows.contiguousRange else { return Value(gathered(rows)) }
        return batch(range)
    }

    public func batch(_ rows: Range<Int>) -> Value { Value(self[rows]) }

    public func firstNonFiniteSample() -> Int? { hasOnlyNumbers ? nil : (0..<rowCount).first { !self[$0..<$0 + 1].hasOnlyNumbers } }
}

extension ArraySlice<Int> {
    /// The range these indices count through, if they do: such a batch is a slice and needs no copy.
    fileprivate var contiguousRange: Range<Int>? {
        guard let first, let last, last - first == count - 1 else { return nil }
        return zip(first...last, self).allSatisfy { $0 == $1 } ? first..<(last + 1) : nil
    }
}
