import Hornet

/// Matrix products and Einstein's summation.
func productOperations() -> [Operation] {
    var result: [Operation] = []

    func add(_ name: String, _ shapes: [Int]..., function: @escaping ([Tensor]) -> Tensor) {
        result.append(
            Operation("\(name) \(shown(shapes))") {
                let operands = shapes.map { scattered($0) - 0.5 }
                return { function(operands) }
            })
    }
    for n in [2, 4, 8, 16, 32, 64, 128, 256, 1_000] { add("matmul", [n, n], [n, n]) { $0[0].matmul($0[1]) } }
    add("matmul", [32, 100], [100, 64]) { $0[0].matmul($0[1]) }
    add("matmul", [1_000, 3], [3, 1_000]) { $0[0].matmul($0[1]) }
    add("matmul", [3, 10_000], [10_000, 3]) { $0[0].matmul($0[1]) }
    for n in [8, 64, 200] { add("matmul transposed right", [n, n], [n, n]) { $0[0].matmul($0[1], transposeRight: true) } }
    add("matmul", [1_000, 4, 4], [1_000, 4, 4]) { $0[0].matmul($0[1]) }
    add("matmul", [100, 32, 32], [100, 32, 32]) { $0[0].matmul($0[1]) }
    add("matmul", [16, 128, 128], [16, 128, 128]) { $0[0].matmul($0[1]) }
    add("matmul", [64, 10, 32], [32, 16]) { $0[0].matmul($0[1]) }
    for (m, n) in [(8, 8), (64, 64), (512, 512), (2_000, 2_000), (10, 10_000), (10_000, 10)] {
        add("matvec", [m, n], [n]) { $0[0].matmul($0[1]) }
        add("vecmat", [m], [m, n]) { $0[0].matmul($0[1]) }
    }
    for n in [8, 64, 1_000, 100_000, 1_000_000] { add("dot", [n], [n]) { $0[0].dot($0[1]) } }
    for n in [8, 100, 1_000] { add("outer", [n], [n]) { $0[0].outer($0[1]) } }
    add("inner", [100, 50], [80, 50]) { $0[0].inner($0[1]) }
    add("kron", [20, 20], [20, 20]) { $0[0].kron($0[1]) }
    add("tensordot 2", [20, 30, 40], [30, 40, 50]) { $0[0].tensorDot($0[1]) }
    for (formula, a, b) in [
        ("ij,jk->ik", [8, 8], [8, 8]), ("ij,jk->ik", [200, 200], [200, 200]), ("bij,bjk->bik", [50, 20, 30], [50, 30, 40]),
        ("bhqd,bhkd->bhqk", [4, 8, 64, 32], [4, 8, 64, 32]), ("bqhd,bkhd->bhqk", [4, 64, 8, 32], [4, 64, 8, 32]),
        ("bi,bi->b", [1_000, 100], [1_000, 100]), ("ij,ij->", [300, 300], [300, 300]), ("i,j->ij", [300], [300]),
        ("ij,kj->ki", [100, 50], [80, 50]),
    ] {
        add("einsum \(formula)", a, b) { einsum(formula, $0[0], $0[1]) }
    }
    add("einsum ii->", [300, 300]) { einsum("ii->", $0[0]) }
    add("einsum ij->ji", [300, 300]) { einsum("ij->ji", $0[0]) }
    add("einsum ij,jk,kl->il", [50, 60], [60, 70], [70, 80]) { einsum("ij,jk,kl->il", $0[0], $0[1], $0[2]) }
    return result
}
