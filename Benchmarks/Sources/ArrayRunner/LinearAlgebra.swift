import Hornet

/// Systems, factors and eigenvalues of matrices.
func linearAlgebraOperations() -> [Operation] {
    var result: [Operation] = []

    func add(_ name: String, _ shape: [Int], _ prepare: @escaping () -> () throws -> Tensor) {
        result.append(
            Operation("\(name) \(shown([shape]))") {
                let function = prepare()
                // Both sides make matrices that no routine refuses.
                return { try! function() }
            })
    }
    func all(_ shape: [Int]) {
        let n = shape.last!
        let size = Float(n).squareRoot()
        func general() -> Tensor { wellSpread(shape) + Tensor.eye(n) * size }
        func symmetric() -> Tensor {
            let x = wellSpread(shape)
            return (x + x.permuted(shape.count == 2 ? [1, 0] : [0, 2, 1])) * 0.5
        }
        let vectors = shape.count == 2 ? [n] : shape.dropLast() + [1]
        func definite() -> Tensor { symmetric() + Tensor.eye(n) * size * 3 }
        add("solve", shape) { let (a, b) = (general(), wellSpread(vectors)); return { try a.solve(b) } }
        add("solve for as many", shape) { let (a, b) = (general(), wellSpread(shape)); return { try a.solve(b) } }
        add("inv", shape) { let a = general(); return { try a.inverse() } }
        add("slogdet", shape) { let a = general(); return { try a.logDeterminant().logarithm } }
        add("cholesky", shape) { let a = definite(); return { try a.cholesky() } }
        add("qr", shape) { let a = general(); return { try a.qr().r } }
        add("svd", shape) { let a = general(); return { try a.svd().s } }
        add("svdvals", shape) { let a = general(); return { try a.singularValues() } }
        add("eigh", shape) { let a = symmetric(); return { try a.eigh().values } }
        add("eigvalsh", shape) { let a = symmetric(); return { try a.eigvalsh() } }
        add("pinv", shape) { let a = general(); return { try a.pseudoInverse() } }
        guard shape.count == 2 else { return }
        add("lstsq", shape) { let (a, b) = (general(), wellSpread([n])); return { try a.leastSquares(b).solution } }
    }
    for n in [2, 4, 8, 16, 64, 256, 512] { all([n, n]) }
    all([1_000, 8, 8])
    add("solve", [1_000, 1_000]) {
        let (a, b) = (wellSpread([1_000, 1_000]) + .eye(1_000) * 32, wellSpread([1_000]))
        return { try a.solve(b) }
    }
    add("inv", [1_000, 1_000]) {
        let a = wellSpread([1_000, 1_000]) + .eye(1_000) * 32
        return { try a.inverse() }
    }
    return result
}

/// Numbers in −1 ... 1 without a pattern that would make a matrix of them singular: of element i from the rest of
/// 389·i² + 7919·i by a prime.
private func wellSpread(_ shape: [Int]) -> Tensor {
    let prime = 1_000_003
    return Tensor(
        (0..<shape.reduce(1, *)).map { Float((389 * $0 * $0 + 7_919 * $0) % prime) / Float(prime) * 2 - 1 }, shape: shape)
}
