package import HornetTensor
import HornetSupport

extension Optimizer {
    /// The number of numbers that the optimizer keeps, with Keras' two of its own; 0 before the first step.
    package var stateCount: Int {
        known.isEmpty ? 0 : known.reduce(2) { $0 + $1.count * slotNames.count }
    }

    /// The state of every weight by name, `dense/kernel/momentum`, in Keras' order.
    package var state: [(name: String, value: Tensor)] {
        let values = known.map { states[ObjectIdentifier($0)]!.values(settling: $0) }
        var result: [(name: String, value: Tensor)] = []
        var first = 0
        for group in slotGroups {
            for (parameter, values) in zip(known, values) {
                for (offset, slot) in group.enumerated() {
                    result.append((parameter.path + "/" + slot, values[first + offset]))
                }
            }
            first += group.count
        }
        return result
    }

    /// Puts back what ``state`` gave. Throws when a weight's state is missing or has another shape.
    package func restore(iterations: Int, of parameters: [Parameter], _ value: (String) -> Tensor?) throws {
        let restored = try parameters.map { parameter in
            try slotNames.map { slot -> Tensor in
                let name = parameter.path + "/" + slot
                guard let tensor = value(name), tensor.shape == parameter.shape else {
                    throw HornetError(
                        .file, at: "optimizer \(self.name)", "the state \(name) is missing or has another shape")
                }
                return tensor
            }
        }
        for (parameter, values) in zip(parameters, restored) {
            state(of: parameter).replace(values, of: parameter)
        }
        self.iterations = iterations
    }
}
