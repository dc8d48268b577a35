/// Elements as numbers whose order is theirs: what a radix sort counts.
package protocol OrderedElement: BitwiseCopyable & Sendable {
    /// Rises with the element, or falls when `descending`; that of NaN is the largest in both cases.
    func orderKey(descending: Bool) -> UInt32
    /// The element of a key; any NaN for that of NaN.
    init(orderKey: UInt32, descending: Bool)
    /// One and the same of elements that compare equal: 0 for −0.
    var canonical: Self { get }
}

extension Float: OrderedElement {
    @inline(__always)
    package func orderKey(descending: Bool) -> UInt32 {
        // Negative numbers rise as their bits fall.
        let bits = bitPattern
        let key = bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 1 << 31)
        return self != self ? .max : descending ? ~key : key
    }

    @inline(__always)
    package init(orderKey: UInt32, descending: Bool) {
        let key = descending && orderKey != .max ? ~orderKey : orderKey
        self.init(bitPattern: key ^ (UInt32(bitPattern: ~Int32(bitPattern: key) >> 31) | 1 << 31))
    }

    @inline(__always)
    package var canonical: Float { self + 0 }
}

extension Int32: OrderedElement {
    @inline(__always)
    package func orderKey(descending: Bool) -> UInt32 {
        let key = UInt32(bitPattern: self) ^ 1 << 31
        return descending ? ~key : key
    }

    @inline(__always)
    package init(orderKey: UInt32, descending: Bool) {
        self.init(bitPattern: (descending ? ~orderKey : orderKey) ^ 1 << 31)
    }

    @inline(__always)
    package var canonical: Int32 { self }
}
