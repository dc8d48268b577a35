package import HornetTensor
package import Testing

/// The tape's gradients held against central differences.
///
/// The output is projected on a fixed random tensor `c`, so that one number `f = Σ c·y` depends on all of it. Around
/// each input element the differences `D(h) = (f(x + h) − f(x − h)) / 2h` are taken for `h` and `h/2` and combined as
/// `(4·D(h/2) − D(h)) / 3`, whose error is of the order `h⁴`: so `h` may be as large as 1/32, where the rounding of
/// Float32 outputs near 1 leaves about 5e-6 an output. `f` is summed in Double. Keep kinks (`relu` at 0, ties of a
/// maximum) at least `step` away from every element.
package struct GradientCheck {
    /// The greatest difference that passes, absolute and relative to the larger value.
    package var tolerance = 2e-4
    /// The largest offset `h` of an element.
    package var step: Float = 1 / 32
    /// Elements looked at in each input; a random choice when it has more.
    package var elementLimit = 64
    package var seed: UInt64 = 1

    package init() {}

    /// What is wrong with the gradients of `function` with respect to the parameters, or `nil`. The function runs
    /// once on a tape and otherwise without one; it must give the same result each time.
    package func mismatch(
        of parameters: [Parameter], _ function: (Tape?) throws -> Value
    ) throws -> String? {
        var random = RandomSource(seed: seed)
        let tape = Tape()
        let y = try function(tape)
        let projection = Tensor.normal(y.shape, using: &random)
        let loss = (y * Value(projection)).sum()
        guard loss.isRecorded else { return "nothing was recorded" }
        tape.backward(from: loss)
        for (number, parameter) in parameters.enumerated() {
            guard let gradient = tape.gradient(of: parameter)?.dense else { return "input \(number) has no gradient" }
            guard gradient.shape == parameter.shape else {
                return "input \(number) of shape \(parameter.shape) has a gradient of shape \(gradient.shape)"
            }
            let order = random.permutation(parameter.count).prefix(elementLimit)
            for index in order {
                let expected = try slope(of: parameter, at: index, projection, function)
                let found = Double(gradient.array[flat: index])
                let allowed = tolerance * max(1, found.magnitude, expected.magnitude)
                // Written so that a NaN fails.
                if !((found - expected).magnitude <= allowed) {
                    let place = position(of: index, in: parameter.shape)
                    return "input \(number) at \(place): the tape says \(found), differences say \(expected)"
                }
            }
        }
        return nil
    }

    /// The same for the inputs of a function of values.
    package func mismatch(of inputs: [Tensor], _ function: ([Value]) throws -> Value) throws -> String? {
        let parameters = inputs.enumerated().map { Parameter($1, role: "input \($0)") }
        return try mismatch(of: parameters) { tape in
            try function(parameters.map { tape?.value(of: $0) ?? Value($0.value) })
        }
    }

    /// The derivative of the projected output with respect to one element.
    private func slope(
        of parameter: Parameter, at index: Int, _ projection: Tensor, _ function: (Tape?) throws -> Value
    ) throws -> Double {
        let original = parameter.value
        defer { parameter.value = original }
        let x = original.array[flat: index]

        func projected(_ element: Float) throws -> Double {
            var moved = original
            moved.array[flat: index] = element
            parameter.value = moved
            let y = try function(nil).tensor
            return zip(y.scalars, projection.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        func difference(_ h: Float) throws -> Double {
            // The distance really gone, after rounding.
            let (above, below) = (x + h, x - h)
            return try (projected(above) - projected(below)) / (Double(above) - Double(below))
        }
        return try (4 * difference(step / 2) - difference(step)) / 3
    }
}

/// Records an issue unless the gradient of every input agrees with central differences. See ``GradientCheck``.
package func checkGradient(
    of inputs: [Tensor], _ label: @autoclosure () -> String = "", check: GradientCheck = GradientCheck(),
    sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Value]) throws -> Value
) throws {
    guard let problem = try check.mismatch(of: inputs, function) else { return }
    record(problem, label(), sourceLocation)
}

/// The same for parameters that the function reads; `tape` is `nil` where no gradient is wanted.
package func checkGradient(
    of parameters: [Parameter], _ label: @autoclosure () -> String = "", check: GradientCheck = GradientCheck(),
    sourceLocation: SourceLocation = #_sourceLocation, _ function: (Tape?) throws -> Value
) throws {
    guard let problem = try check.mismatch(of: parameters, function) else { return }
    record(problem, label(), sourceLocation)
}
