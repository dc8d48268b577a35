/// The shape of what flows between layers, with `nil` for sizes known only when data arrives: `(None, 100)`.
public struct Shape: Sendable, Equatable, ExpressibleByArrayLiteral, CustomStringConvertible {
    public let sizes: [Int?]

    public init(_ sizes: [Int?]) { self.sizes = sizes }
    public init(arrayLiteral sizes: Int?...) { self.sizes = sizes }

    public var rank: Int { sizes.count }
    public subscript(axis: Int) -> Int? { sizes[axis] }
    /// The size of the last axis.
    public var last: Int? { sizes.last ?? nil }

    /// The same shape with another last axis.
    public func replacingLast(with size: Int?) -> Shape { Shape(sizes.dropLast() + [size]) }

    /// As Keras prints it: `(None, 100, 128)`.
    public var description: String {
        let parts = sizes.map { $0.map(String.init) ?? "None" }
        return parts.count == 1 ? "(\(parts[0]),)" : "(" + parts.joined(separator: ", ") + ")"
    }
}
