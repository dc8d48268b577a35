public import HornetSupport
public import HornetTensor

/// `activation(x · kernel + bias)` with a kernel of mostly zeros: a linear model that was learned elsewhere
/// (``HornetLinear/LinearSVC``) as part of a network.
///
/// Input sparse or dense `[batch, in]`, output `[batch, units]`. The weights hold the kernel row by row, in compressed form:
/// `kernel_values [stored]`, `kernel_columns [stored]` (whole numbers, ascending within a row) and
/// `kernel_counts [in]` (how many a row has), and `bias [units]`. They are not trained; no gradient flows through. Keras has
/// no such layer: files for it, and exports, have a `Dense` that is not trained, with the zeros stored.
public final class SparseDense: Layer {
    public let units: Int
    public let activation: ActivationFunction
    private let storedCount: Int
    /// What the weights begin with when they come from no file.
    private let initial: (kernel: SparseMatrix, bias: Tensor)?
    private var values: Parameter!
    private var columns: Parameter!
    private var counts: Parameter!
    private var bias: Parameter!

    /// Traps unless `bias` has one element for each column of `kernel`.
    public init(kernel: SparseMatrix, bias: Tensor, activation: ActivationFunction = .linear, name: String? = nil) {
        require(
            bias.shape == [kernel.columnCount], "SparseDense",
            "the kernel has the shape \(kernel.shape), the bias \(bias.shape)")
        units = kernel.columnCount
        storedCount = kernel.storedCount
        initial = (kernel, bias)
        self.activation = activation
        super.init(name: name)
    }

    init(config: JSON.Cursor, name: String) throws {
        units = try config.member("units").int(in: 1...Int(Int32.max))
        storedCount = try config.member("stored").int(in: 0...SparseDense.largestCount)
        activation = try ActivationFunction(config.member("activation"))
        initial = nil
        super.init(name: name)
    }

    /// Whole numbers up to this one are floats.
    private static let largestCount = 1 << 24

    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 2, let inputs = inputShape.last, initial.map({ $0.kernel.rowCount == inputs }) ?? true else {
            throw refuse(inputShape, expected: "(batch, \(initial.map { "\($0.kernel.rowCount)" } ?? "features"))")
        }
        guard storedCount <= SparseDense.largestCount, units <= SparseDense.largestCount else {
            throw refuse(
                inputShape, expected: "at most \(SparseDense.largestCount) weights, not \(storedCount)",
                remedy: "Prune the kernel")
        }
        values = addWeight("kernel_values", shape: [storedCount], initializer: .zeros, isTrained: false)
        columns = addWeight("kernel_columns", shape: [storedCount], initializer: .zeros, isTrained: false)
        counts = addWeight("kernel_counts", shape: [inputs], initializer: .zeros, isTrained: false)
        bias = addWeight("bias", shape: [units], initializer: .zeros, isTrained: false)
        if let initial {
            values.value = Tensor(initial.kernel.values)
            columns.value = Tensor(initial.kernel.columns.map(Float.init))
            let starts = initial.kernel.rowStarts
            counts.value = Tensor(zip(starts, starts.dropFirst()).map { Float($1 - $0) })
            bias.value = initial.bias
        } else if counts.value.shape == [inputs] {
            _ = try kernel()
        }
        return [inputShape[0], units]
    }

    /// The kernel that the weights hold. Throws when they hold none.
    private func kernel() throws -> SparseMatrix {
        func refuse(_ problem: String) -> HornetError {
            HornetError(.file, at: "layer \(name) (SparseDense)", "its weights are no sparse matrix: \(problem)")
        }
        func whole(_ tensor: Tensor, below limit: Int) throws -> [Int] {
            try tensor.scalars.map { number in
                guard number >= 0, number < Float(limit), number == number.rounded() else {
                    throw refuse("\(number) is no whole number below \(limit)")
                }
                return Int(number)
            }
        }
        let lengths = try whole(counts.value, below: units + 1)
        let starts = lengths.reduce(into: [0]) { $0.append($0.last! + $1) }
        guard starts.last == storedCount else { throw refuse("\(starts.last ?? 0) weights are counted, \(storedCount) stored") }
        return try SparseMatrix(
            rowCount: lengths.count, columnCount: units, rowStarts: starts,
            columns: whole(columns.value, below: units).map(Int32.init), values: values.value.scalars)
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value { try inForm().forward(x, pass) }

    package override func logits(_ x: Value, _ pass: Pass) throws -> Value? { try inForm().logits(x, pass) }
    package override var outputActivation: ActivationFunction? { activation }

    package override func prepared(forInputs count: Int) -> Layer { (try? inForm()) ?? self }

    package override var commonForm: Layer {
        get throws {
            let (kernel, bias) = (try kernel(), bias.value)
            guard kernel.rowCount * units <= SparseDense.largestDenseCount else {
                throw HornetError(
                    .configuration, at: "layer \(name) (SparseDense)",
                    "for others its kernel of the shape \(kernel.shape) is stored in full, which takes more than 2 GB",
                    remedy: "Save the model in Hornet's own form")
            }
            let dense = Dense(units, activation: activation, name: name)
            dense.isTrainable = false
            _ = try dense.build(
                inputShape: [nil, kernel.rowCount], random: RandomSource(seed: 0),
                weights: .stored { path in path.utf8.elementsEqual("\(dense.name)/bias".utf8) ? bias : kernel.dense })
            return dense
        }
    }

    private static let largestDenseCount = 1 << 29

    private func inForm() throws -> Product { Product(name: name, kernel: try kernel(), bias: bias.value, activation) }

    /// The layer with its kernel in the form that products read.
    private final class Product: Layer {
        private let kernel: SparseMatrix
        private let bias: Tensor
        private let activation: ActivationFunction

        init(name: String, kernel: SparseMatrix, bias: Tensor, _ activation: ActivationFunction) {
            (self.kernel, self.bias, self.activation) = (kernel, bias, activation)
            super.init(name: name)
        }

        override func forward(_ x: Value, _ pass: Pass) -> Value { activation(product(x)) }
        override func logits(_ x: Value, _ pass: Pass) -> Value? { product(x) }
        override var outputActivation: ActivationFunction? { activation }

        private func product(_ x: Value) -> Value {
            let rows: SparseMatrix
            if case .sparse(let matrix) = x.content { rows = matrix } else { rows = SparseMatrix(x.tensor) }
            return Value(rows.matmul(kernel, adding: bias))
        }
    }

    public override var config: JSON.Object? {
        ["units": .integer(units), "stored": .integer(storedCount), "activation": .string(activation.name)]
    }
}
