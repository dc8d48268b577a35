/// The cuts of a label's scores, from the one that gives it to nobody down: those after each distinct score that some
/// positive has. No other can be best: negatives below the last positive only cost.
struct LabelCuts {
    private(set) var thresholds: [Float] = []
    private(set) var truePositives: [Double] = []
    private(set) var predicted: [Double] = []
    var positives: Double { truePositives.last ?? 0 }

    mutating func append(_ threshold: Float, _ found: Double, _ given: Double) {
        thresholds.append(threshold)
        truePositives.append(found)
        predicted.append(given)
    }

    /// Half way between two neighbouring scores; just below the last.
    static func threshold(below upper: Float, above lower: Float?) -> Float {
        guard let lower else { return upper.nextDown }
        let middle = Float((Double(upper) + Double(lower)) / 2)
        return middle < upper ? middle : lower
    }

    /// The first of the best cuts: of equal ones, that with the largest threshold.
    func best(_ value: (_ truePositives: Double, _ predicted: Double) -> Double) -> Int {
        var best = (cut: 0, value: -Double.infinity)
        for cut in thresholds.indices {
            let value = value(truePositives[cut], predicted[cut])
            if value > best.value { best = (cut, value) }
        }
        return best.cut
    }
}

/// Scores counted between those of the positives, for each fold of the samples: all that cuts depend on. Nothing but the
/// positives is sorted, and one count serves every choice of folds.
struct CutCounts {
    /// The distinct scores of positives, falling.
    private let bounds: [Float]
    private let folds: Int
    /// Those of the scores above all bounds, then those of each bound, by fold.
    private var cells: [Cell]
    /// How many bounds come before those whose leading bits are the same as a score's: where to look for its place.
    private let starts: [Int32]

    private struct Cell {
        var positives: Int32 = 0
        /// Negatives with the score of the bound.
        var equal: Int32 = 0
        /// Negatives between the bound and the next one, and the largest score of theirs.
        var below: Int32 = 0
        var largest = -Float.infinity
    }

    init(positives: [Float], folds: Int) {
        var bounds: [Float] = []
        for score in positives.sorted(by: >) where score != bounds.last { bounds.append(score) }
        self.bounds = bounds
        self.folds = folds
        cells = Array(repeating: Cell(), count: (bounds.count + 1) * folds)
        starts = bounds.count < 1000 ? [] : CutCounts.starts(bounds)
    }

    mutating func add(_ score: Float, isTrue: Bool, fold: Int) {
        let place = boundsAbove(score)
        let isBound = place < bounds.count && bounds[place] == score
        let cell = (isBound ? place + 1 : place) * folds + fold
        if isTrue {
            cells[cell].positives += 1
        } else if isBound {
            cells[cell].equal += 1
        } else {
            cells[cell].below += 1
            if score > cells[cell].largest { cells[cell].largest = score }
        }
    }

    /// Adds what was counted of other samples, with the same bounds.
    mutating func add(_ other: CutCounts) {
        for cell in cells.indices {
            cells[cell].positives += other.cells[cell].positives
            cells[cell].equal += other.cells[cell].equal
            cells[cell].below += other.cells[cell].below
            cells[cell].largest = max(cells[cell].largest, other.cells[cell].largest)
        }
    }

    /// The cuts of the samples of all folds but one.
    func cuts(without left: Int?) -> LabelCuts {
        var cuts = LabelCuts()
        var (found, given) = (0.0, 0.0)
        var open: Float?
        // The next score that occurs.
        func close(_ next: Float?) {
            if let next, cuts.thresholds.isEmpty { cuts.append(next, 0, 0) }
            if let upper = open { cuts.append(LabelCuts.threshold(below: upper, above: next), found, given) }
            open = nil
        }
        for place in 0...bounds.count {
            var sum = Cell()
            for fold in 0..<folds where fold != left {
                let cell = cells[place * folds + fold]
                sum.positives += cell.positives
                sum.equal += cell.equal
                sum.below += cell.below
                sum.largest = max(sum.largest, cell.largest)
            }
            if sum.positives + sum.equal > 0 {
                let bound = bounds[place - 1]
                close(bound)
                found += Double(sum.positives)
                given += Double(sum.positives + sum.equal)
                if sum.positives > 0 { open = bound }
            }
            if sum.below > 0 {
                close(sum.largest)
                given += Double(sum.below)
            }
        }
        close(nil)
        return cuts
    }

    /// How many bounds are larger.
    private func boundsAbove(_ score: Float) -> Int {
        guard let last = bounds.last, score >= last else { return bounds.count }
        var (low, high) = (0, bounds.count)
        if !starts.isEmpty {
            let bits = CutCounts.leadingBits(score)
            (low, high) = (Int(starts[bits]), Int(starts[bits + 1]))
        }
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] > score { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The larger the score, the smaller: the upper half of its bits, turned so that they order as numbers.
    private static func leadingBits(_ score: Float) -> Int {
        let bits = (score + 0).bitPattern  // −0 becomes 0
        return Int(~(bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits) >> 16)
    }

    private static func starts(_ bounds: [Float]) -> [Int32] {
        var starts = [Int32](repeating: 0, count: 1 << 16 + 1)
        for bound in bounds { starts[leadingBits(bound) + 1] += 1 }
        for bits in 0..<1 << 16 { starts[bits + 1] += starts[bits] }
        return starts
    }
}
