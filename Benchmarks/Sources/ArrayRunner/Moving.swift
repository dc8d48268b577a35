import Hornet

/// Elements moved, joined, chosen and ordered.
func movingOperations() -> [Operation] {
    var result: [Operation] = []

    func add(_ name: String, _ shapes: [Int]..., function: @escaping ([Tensor]) -> Tensor) {
        result.append(
            Operation("\(name) \(shown(shapes))") {
                let operands = shapes.map { scattered($0) }
                return { function(operands) }
            })
    }
    for shape in [[8, 8], [64, 128], [1_000, 1_000], [4_096, 1_024], [10_000, 3], [3, 10_000]] {
        add("transpose", shape) { $0[0].transposed() }
    }
    add("permute 0,2,1,3", [32, 100, 8, 64]) { $0[0].permuted([0, 2, 1, 3]) }
    add("permute 2,1,0", [50, 60, 70]) { $0[0].permuted([2, 1, 0]) }
    add("permute 0,3,1,2", [16, 64, 64, 3]) { $0[0].permuted([0, 3, 1, 2]) }
    for n in [8, 1_000] {
        add("concatenate axis 0", [n, n], [n, n]) { .concatenated([$0[0], $0[1]]) }
        add("concatenate axis 1", [n, n], [n, n]) { .concatenated([$0[0], $0[1]], axis: 1) }
        add("stack axis -1", [n, n], [n, n]) { .stacked([$0[0], $0[1]], axis: -1) }
        add("tile 2,2", [n, n]) { $0[0].tiled([2, 2]) }
        add("repeat 3 axis 1", [n, n]) { $0[0].repeated(3, axis: 1) }
        add("flip", [n, n]) { $0[0].flipped() }
        add("roll 3 axis 1", [n, n]) { $0[0].rolled(3, axis: 1) }
        add("pad 1", [n, n]) { $0[0].padded([(1, 1), (1, 1)]) }
        add("pad reflect 2", [n, n]) { $0[0].padded([(2, 2), (2, 2)], mode: .reflect) }
        add("slice [1:-1, 1:-1]", [n, n]) { $0[0][1..<n - 1, 1..<n - 1] }
        add("slice [:, ::2]", [n, n]) { $0[0][.all, .stride(by: 2)] }
        add("slice [:, 1]", [n, n]) { $0[0][.all, 1] }
        add("assign [:, 1]", [n, n]) {
            var x = $0[0]
            x[.all, 1] = 0
            return x
        }
        add("tril", [n, n]) { $0[0].lowerTriangle() }
        add("diagonal", [n, n]) { $0[0].diagonal() }
        add("mask", [n, n]) { $0[0][where: $0[0].thresholded(above: 0.5)] }
    }
    func indices(_ count: Int, below bound: Int) -> Indices { Indices(scattered([count]) * Float(bound)) }
    for (shape, count, axis) in [([1_000], 8, 0), ([100_000], 100_000, 0), ([10_000, 128], 4_096, 0), ([1_000, 1_000], 500, 1)] {
        let ids = indices(count, below: shape[axis])
        add("take \(count) axis \(axis)", shape) { $0[0].gathered(ids, axis: axis) }
        if shape.count == 1 { add("add.at \(count)", shape) { $0[0].adding(1, at: ids, axis: 0) } }
    }
    let order = scattered([1_000, 1_000]).argsorted()
    add("take_along_axis 1", [1_000, 1_000]) { $0[0].takenAlong(order, axis: 1) }
    for n in [8, 64, 1_000, 100_000, 1_000_000] {
        add("sort", [n]) { $0[0].sorted() }
        add("argsort", [n]) { Tensor(Float($0[0].argsorted()[-1])) }
        add("top 10", [Swift.max(n, 10)]) { $0[0].topK(Swift.min(n, 10)).values }
        add("unique", [n]) { $0[0].unique().values }
    }
    for axis in [0, 1] {
        add("sort axis \(axis)", [1_000, 1_000]) { $0[0].sorted(axis: axis) }
        add("argsort axis \(axis)", [1_000, 1_000]) { Tensor(Float($0[0].argsorted(axis: axis)[-1, -1])) }
    }
    add("sort axis 1", [10_000, 16]) { $0[0].sorted() }
    add("sort axis 1", [10_000, 100]) { $0[0].sorted() }
    add("top 10 axis 1", [1_000, 1_000]) { $0[0].topK(10).values }
    let rising = scattered([10_000]).sorted()
    add("searchsorted 10000", [100_000]) { Tensor(ids: rising.searchSorted($0[0])) }
    add("nonzero", [1_000_000]) { Tensor(Float($0[0].nonzeroPlaces().count)) }
    return result
}
