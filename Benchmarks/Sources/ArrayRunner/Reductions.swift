import Hornet

/// Sums and other reductions, running sums, and places of extremes.
func reductionOperations() -> [Operation] {
    var result: [Operation] = []

    func add(_ name: String, _ shape: [Int], _ function: @escaping (Tensor) -> Tensor) {
        result.append(
            Operation("\(name) (\(shape.map(String.init).joined(separator: ",")))") {
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
            add("argmax axis \(axis)", shape) {
                let places = $0.argmax(axis: axis)
                return Tensor([Float(places.ids[0])])
            }
            add("cumsum axis \(axis)", shape) { $0.cumulativeSum(axis: axis) }
            add("diff axis \(axis)", shape) { $0.difference(axis: axis) }
            add("any axis \(axis)", shape) { $0.any(axes: [axis]) }
        }
        add("sum", shape) { Tensor($0.sum()) }
        add("std", shape) { Tensor($0.standardDeviation()) }
        add("norm", shape) { Tensor($0.norm()) }
        add("median axis 1", shape) { $0.median(axis: 1) }
    }
    for n in [1, 8, 64, 1_000, 100_000, 1_000_000] {
        add("sum", [n]) { Tensor($0.sum()) }
        add("max", [n]) { Tensor($0.max()) }
        add("min", [n]) { Tensor($0.min()) }
        add("argmax", [n]) { Tensor(Float($0.argmax()[])) }
        add("cumsum", [n]) { $0.cumulativeSum(axis: 0) }
        add("all", [n]) { Tensor(($0 .> -3).all() ? 1 : 0) }
        add("count_nonzero", [n]) { Tensor(Float($0.countNonzero())) }
        add("median", [n]) { Tensor($0.median()) }
    }
    return result
}
