import HornetSupport
import HornetTensor
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Message {
    /// The bytes of a file. Maps in them are sorted, so that the same message gives the same bytes.
    func serialized(for path: String) throws -> [UInt8] {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        do {
            return try serializedBytes(options: options)
        } catch {
            // The messages have no required fields: size is the one thing that can be wrong.
            throw ExportLimit.refusal(at: path)
        }
    }
}

/// How much a protobuf message can hold.
package enum ExportLimit {
    static let byteCount = Int(Int32.max) - 1

    /// Throws when weights of so many bytes fit in no message, before memory is taken for them.
    package static func check(_ weightBytes: Int, at place: String) throws {
        if weightBytes > byteCount { throw refusal(at: place) }
    }

    static func refusal(at place: String) -> HornetError {
        HornetError(
            .configuration, at: place,
            "the exported model would be larger than 2 GB, the most that a protobuf file holds",
            remedy: "Give the Embedding fewer words or dimensions, or use save(_:)")
    }
}

extension Data {
    /// The elements in memory order: little-endian, as both formats have it, on every machine that Hornet runs on.
    init(of tensor: Tensor) { self = tensor.withUnsafeBufferPointer { Data(buffer: $0) } }

    init<Number: FixedWidthInteger>(of numbers: [Number]) {
        self = numbers.withUnsafeBufferPointer { Data(buffer: $0) }
    }
}
