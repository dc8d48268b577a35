/// What is wrong with the files of the collection.
public struct ReutersFormatError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
