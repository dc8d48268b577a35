import HornetSupport

/// Einstein's summation: products of arrays, summed over the axes that the result does not name. NumPy's `einsum`.
///
/// ```swift
/// einsum("ij,jk->ik", a, b)           // a matrix product
/// einsum("bij,bjk->bik", a, b)        // one for each b
/// einsum("...d,d->...", x, weights)   // any leading axes
/// einsum("ii", a)                     // the trace
/// ```
/// Each letter names an axis; axes of one name have one size, or 1. A letter repeated within an operand takes the diagonal.
/// `...` are all axes without a name, which broadcast. Without `->` the result has the axes named once, in the order of the
/// letters, behind those of `...`. Operands are multiplied two at a time, the cheapest pair first, each as one matrix product.
/// Traps on text that says something else, and on sizes that differ.
public func einsum<Array: Contractible>(_ subscripts: String, _ operands: Array...) -> Array {
    EinsumFormula(subscripts, shapes: operands.map(\.shape)).result(of: operands)
}

/// The axes of operands and result by numbers: letters by their code, those of an ellipsis by negative numbers from the end.
private struct EinsumFormula {
    private var inputs: [[Int]] = []
    private var output: [Int] = []
    /// By label, from that of an ellipsis' first axis on; -1 where there is none.
    private var sizes = [Int](repeating: -1, count: mostUnnamed + 128)

    init(_ text: String, shapes: [[Int]]) {
        var terms: [[UInt8]] = [[]]
        var hasArrow = false
        for sign in text.utf8 where sign != UInt8(ascii: " ") {
            switch sign {
            case UInt8(ascii: ",") where !hasArrow: terms.append([])
            case UInt8(ascii: "-") where !hasArrow:
                hasArrow = true
                terms.append([sign])
            default: terms[terms.count - 1].append(sign)
            }
        }
        let result = hasArrow ? terms.removeLast() : []
        require(
            terms.count == shapes.count, "einsum", "\"\(text)\" names \(terms.count) operands, and there are \(shapes.count)")
        var deepest = 0
        for (term, shape) in zip(terms, shapes) {
            let named = term.count { $0 != EinsumFormula.dot }
            let labels = EinsumFormula.labels(term[...], unnamed: shape.count - named, text)
            require(
                labels.count == shape.count, "einsum", "\"\(text)\" has \(labels.count) axes for the shape \(shape)")
            deepest = Swift.max(deepest, shape.count - named)
            for (label, size) in zip(labels, shape) {
                let place = label + EinsumFormula.mostUnnamed
                let known = sizes[place]
                require(
                    known < 0 || known == size || known == 1 || size == 1, "einsum",
                    "one axis of \"\(text)\" has the sizes \(known) and \(size)")
                if known < 0 || known == 1 { sizes[place] = size }
            }
            inputs.append(labels)
        }
        if hasArrow {
            require(result.starts(with: "->".utf8), "einsum", "\"\(text)\" has a sign that is no letter")
            output = EinsumFormula.labels(result[2...], unnamed: deepest, text)
            for (place, label) in output.enumerated() {
                require(
                    size(of: label) >= 0 && !output[..<place].contains(label), "einsum",
                    "the result of \"\(text)\" names an axis twice, or one that is nowhere")
            }
        } else {
            let all = inputs.flatMap { $0 }
            output = Set(all).sorted().filter { label in label < 0 || all.count { $0 == label } == 1 }
        }
    }

    private static let dot = UInt8(ascii: ".")
    /// The number of axes that an ellipsis may stand for.
    private static let mostUnnamed = 32

    private func size(of label: Int) -> Int { sizes[label + EinsumFormula.mostUnnamed] }

    /// The labels of one term, where an ellipsis stands for `unnamed` axes.
    private static func labels(_ term: ArraySlice<UInt8>, unnamed: Int, _ text: String) -> [Int] {
        var result: [Int] = []
        var rest = term
        var hasEllipsis = false
        while let letter = rest.popFirst() {
            if letter == dot {
                require(
                    !hasEllipsis && rest.prefix(2) == [dot, dot] && unnamed <= mostUnnamed, "einsum",
                    "\"\(text)\" has a dot that is no ellipsis")
                hasEllipsis = true
                rest = rest.dropFirst(2)
                result += (0..<Swift.max(unnamed, 0)).map { $0 - unnamed }
            } else {
                let isLetter = letter | 0x20 >= UInt8(ascii: "a") && letter | 0x20 <= UInt8(ascii: "z")
                require(isLetter, "einsum", "\"\(text)\" has a sign that is no letter")
                result.append(Int(letter))
            }
        }
        return result
    }

    func result<Array: Contractible>(of operands: [Array]) -> Array {
        var terms = zip(operands, inputs).map { diagonal($0, $1) }
        while terms.count > 1 {
            let (first, second) = cheapestPair(terms)
            let b = terms.remove(at: second)
            let a = terms.remove(at: first)
            // Where nothing else is left, the order of the result is wanted.
            let kept = output + terms.flatMap(\.labels)
            terms.append(a.multiplied(b, keeping: kept))
        }
        let sum = terms[0].summed(keeping: output)
        // An axis that has size 1 in all operands was dropped from them.
        let present = output.filter(sum.labels.contains)
        return sum.arranged(present).reshaped(output.map(size(of:)))
    }

    /// An operand with each of its labels once: diagonals of those that are repeated, and without the axes of size 1 that
    /// broadcast.
    private func diagonal<Array: Contractible>(_ operand: Array, _ labels: [Int]) -> LabeledArray<Array> {
        let strides = StridedView.rowMajor(operand.shape)
        var view = StridedView(sizes: [], strides: [])
        var found: [Int] = []
        for (axis, label) in labels.enumerated() where operand.shape[axis] != 1 {
            if let place = found.firstIndex(of: label) {
                view.strides[place] += strides[axis]
            } else {
                found.append(label)
                view.sizes.append(operand.shape[axis])
                view.strides.append(strides[axis])
            }
        }
        return LabeledArray(operand.viewed(view), found)
    }

    /// The pair whose product takes the fewest multiplications.
    private func cheapestPair<Array>(_ terms: [LabeledArray<Array>]) -> (Int, Int) {
        guard terms.count > 2 else { return (0, 1) }
        var best = (cost: Double.infinity, first: 0, second: 1)
        for second in terms.indices {
            for first in 0..<second {
                let labels = Set(terms[first].labels + terms[second].labels)
                let cost = labels.reduce(1.0) { $0 * Double(size(of: $1)) }
                if cost < best.cost { best = (cost, first, second) }
            }
        }
        return (best.first, best.second)
    }
}
