import COpenBLAS
import HornetSupport

/// A tensor `[…, rows, columns]` as a stack of matrices that a routine can take: its shape and its numbers are checked,
/// and errors name the routine and the matrix.
struct MatrixStack {
    let operation: String
    /// The leading axes.
    let batch: [Int]
    let rows: Int
    let columns: Int
    /// The number of matrices.
    let count: Int

    /// Throws when there are no two axes, when a size is beyond what LAPACK counts to, and when `isChecked` and a number
    /// is NaN or infinite: LAPACK does not promise to return from those.
    init(_ tensor: Tensor, _ operation: String, isChecked: Bool = true) throws {
        let shape = tensor.shape
        guard shape.count >= 2 else {
            throw HornetError(
                .shape, at: operation, "the shape \(shape) has no rows and columns",
                remedy: "Give a matrix [rows, columns] or a stack of them, […, rows, columns].")
        }
        self.operation = operation
        batch = Array(shape.dropLast(2))
        count = batch.reduce(1, *)
        (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
        try requireCountable(Swift.max(rows, columns))
        if isChecked { try requireFinite(tensor) }
    }

    /// Elements of one matrix.
    var size: Int { rows * columns }
    /// The shorter side.
    var rank: Int { Swift.min(rows, columns) }
    var isEmpty: Bool { count == 0 || size == 0 }
    /// The sizes as LAPACK takes them.
    var m: blasint { blasint(rows) }
    var n: blasint { blasint(columns) }

    func requireSquare() throws {
        guard rows == columns else {
            throw HornetError(
                .shape, at: operation, "square matrices are needed, these are [\(rows), \(columns)]",
                remedy: "For other shapes there are leastSquares, pseudoInverse, qr and svd.")
        }
    }

    /// Throws when a size or a workspace of `number` elements is more than LAPACK's 32-bit integers hold.
    func requireCountable(_ number: Int) throws {
        guard number <= blasint.max else {
            throw HornetError(
                .shape, at: operation, "[\(rows), \(columns)] is too large: LAPACK would have to count to \(number), not \(blasint.max)",
                remedy: "Give smaller matrices.")
        }
    }

    func requireFinite(_ tensor: Tensor) throws {
        guard !tensor.isFinite else { return }
        let flat = tensor.scalars.firstIndex { !$0.isFinite }!
        let place = MatrixStack.position(of: flat, in: tensor.shape)
        throw HornetError(
            .data, at: operation, "the element at \(place) of \(tensor.shape) is \(tensor.array[flat: flat])",
            remedy: "Every element must be a finite number: look for its cause, or replace it.")
    }

    /// What is wrong with matrix number `index`.
    func error(_ index: Int, _ problem: String, remedy: String) -> HornetError {
        let name = batch.isEmpty ? "the matrix" : "matrix \(MatrixStack.position(of: index, in: batch)) of the stack \(batch)"
        return HornetError(.numerics, at: operation, "\(name) \(problem)", remedy: remedy)
    }

    private static func position(of flat: Int, in shape: [Int]) -> [Int] {
        var (rest, result) = (flat, [Int]())
        for size in shape.reversed() {
            result.append(rest % size)
            rest /= size
        }
        return result.reversed()
    }
}

/// Numbers for LAPACK to compute with, from the buffer pool: the `_work` routines neither allocate nor print.
struct Workspace {
    private(set) var floats: Tensor
    /// What `lwork` is.
    let size: blasint

    init(_ size: Int) {
        floats = Tensor(uninitialized: [Swift.max(size, 1)])
        self.size = blasint(Swift.max(size, 1))
    }

    /// As large as `query`, a routine called with `lwork` −1, says in its first number.
    init(askedBy query: (UnsafeMutablePointer<Float>) -> blasint) {
        var answer: Float = 1
        let info = query(&answer)
        require(info == 0, "LAPACK", "a workspace was refused: \(info)")
        // Float32 rounds large integers, maybe down.
        self.init(Int(answer < 0x1p24 ? answer : answer.nextUp))
    }

    mutating func write<R>(_ body: (UnsafeMutablePointer<Float>, blasint) throws -> R) rethrows -> R {
        let size = size
        return try floats.write { try body($0, size) }
    }
}

extension CChar {
    /// One of LAPACK's letters.
    init(letter: Unicode.Scalar) { self = CChar(UInt8(ascii: letter)) }

    /// LAPACK's `uplo` of a row-major triangle, which is the other one of the column-major matrix.
    init(rowMajorUpper upper: Bool) { self.init(letter: upper ? "L" : "U") }
}
