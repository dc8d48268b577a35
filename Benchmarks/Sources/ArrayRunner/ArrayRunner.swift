import Hornet
import Workload

/// Hornet's part in the comparison of array operations with NumPy; `peers/numpy_table.py` starts it.
///
/// A line of standard input names an operation; a line of JSON answers with the seconds that one call takes, the best of
/// a few short stretches, and with the sum of the result, which proves that the same was computed.
@main
struct ArrayRunner {
    /// One function a family of operations, each in its own file. NumPy's side of it is in `peers/arrays`.
    static let families: [@Sendable () -> [Operation]] = [
        elementwiseOperations, reductionOperations, movingOperations, productOperations, linearAlgebraOperations,
    ]

    static func main() {
        var operations: [String: Operation] = [:]
        for operation in families.flatMap({ $0() }) { operations[operation.name] = operation }
        answer([
            "library": "Hornet", "units": .array(operations.keys.sorted().map(JSON.string)), "versions": [:],
        ])
        while let name = readLine() {
            guard let operation = operations[name] else {
                answer(["error": .string("there is no operation \(name)")])
                continue
            }
            let (time, sum) = operation.measure()
            answer(["times": ["seconds": .number(time)], "proof": ["sum": .number(sum)]])
        }
    }

    private static func answer(_ document: JSON) {
        print(document.text(.compact))
        // The other side waits for it.
        flushOutput()
    }
}
