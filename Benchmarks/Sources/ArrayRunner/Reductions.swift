import Hornet

/// Sums and other reductions, running sums, and places of extremes.
func reductionOperations() -> [Operation] {
    var result: [Operation] = []

    func add(_ name: String, _ shape: [Int], _ function: @escaping (Tensor) -> Tensor) {
        result.append(
            Operation("\(name) \(shown([shape]))") {
                let x = numbers(shape)
                return { function(x) }
            })
    }
    func number(_ name: String, _ shape: [Int], _ function: @escaping (Tensor) -> Float) {
        result.append(
            Operation(number: "\(name) \(shown([shape]))") {
                let x = numbers(shape)
                return { function(x) }
            })
    }
    for shape in [[8, 8], [64, 128], [1_000, 1_000]] {
        for axis in [0, 1] {
            add("sum axis \(axis)", shape) { $0.sum(axis: axis) }
            add("mean axis \(axis)", shape) { $0.mean(axis: axis) }
            add("max axis \(axis)", shape) { $0.max(axis: axis) }
            add("prod axis \(axis)", shape) { ($0 * 0.01 + 1).product(axis: axis) }
            add("var axis \(axis)", shape) { $0.variance(axis: axis) }
            number("argmax axis \(axis)", shape) { Float($0.argmax(axis: axis)[0]) }
            add("cumsum axis \(axis)", shape) { $0.cumulativeSum(axis: axis) }
            add("diff axis \(axis)", shape) { $0.difference(axis: axis) }
            add("any axis \(axis)", shape) { $0.any(axes: [axis]) }
        }
        number("sum", shape) { $0.sum() }
        number("std", shape) { $0.standardDeviation() }
        number("norm", shape) { $0.norm() }
        add("median axis 1", shape) { $0.median(axis: 1) }
    }
    for n in [1, 8, 64, 1_000, 100_000, 1_000_000] {
        number("sum", [n]) { $0.sum() }
        number("max", [n]) { $0.max() }
        number("min", [n]) { $0.min() }
        number("argmax", [n]) { Float($0.argmax()[]) }
        add("cumsum", [n]) { $0.cumulativeSum(axis: 0) }
        number("all", [n]) { ($0 .> -3).all() ? 1 : 0 }
        number("count_nonzero", [n]) { Float($0.countNonzero()) }
        number("median", [n]) { $0.median() }
    }
    return result
}
