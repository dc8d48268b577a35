import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Thresholds and how they are tuned.
@Suite struct ThresholdTests {
    private static func cases(_ part: String) throws -> [JSON.Cursor] {
        try Fixture.json("decisions.json").member(part).array()
    }

    /// True labels and scores of a case.
    private static func data(_ fixture: JSON.Cursor) throws -> (y: Tensor, scores: Tensor) {
        (try fixture.member("target").tensor(), try fixture.member("scores").tensor())
    }

    private struct Counts {
        var found = 0.0, given = 0.0, positives = 0.0

        /// F measure; 0 where nothing was found.
        func f(_ beta: Double = 1) -> Double {
            found == 0 ? 0 : (1 + beta * beta) * found / (beta * beta * positives + given)
        }
        var precision: Double { given == 0 ? 0 : found / given }
        var recall: Double { positives == 0 ? 0 : found / positives }
    }

    private static func counts(_ y: Tensor, _ decisions: Tensor) -> [Counts] {
        (0..<y.shape[1]).map { label in
            var counts = Counts()
            for row in 0..<y.shape[0] {
                counts.positives += Double(y[row, label])
                counts.given += Double(decisions[row, label])
                counts.found += Double(y[row, label] * decisions[row, label])
            }
            return counts
        }
    }

    private static func pooled(_ counts: [Counts]) -> Counts {
        counts.reduce(into: Counts()) { sum, one in
            sum.found += one.found
            sum.given += one.given
            sum.positives += one.positives
        }
    }

    private func isClose(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-6 }

    /// Each label's best value is the best of all that scikit-learn's curves offer.
    @Test func eachLabelHasItsBest() throws {
        for fixture in try Self.cases("thresholds") {
            let (y, scores) = try Self.data(fixture)
            func tuned(_ objective: ThresholdObjective) throws -> [Counts] {
                Self.counts(y, try Thresholds.tuned(y, scores, for: objective).decisions(on: scores))
            }
            let (f1, f2, half) = (try tuned(.f1), try tuned(.fBeta(2)), try tuned(.fBeta(0.5)))
            let (precise, complete) = (try tuned(.precision(atLeast: 0.8)), try tuned(.recall(atLeast: 0.7)))
            let cheap = try tuned(.cost(falsePositive: 1, falseNegative: 3))
            for (label, best) in try fixture.member("labels").array().enumerated() {
                // Labels without positives have the global threshold, which is checked below.
                if f1[label].positives == 0 { continue }
                #expect(isClose(f1[label].f(), try best.member("f1").double()))
                #expect(isClose(f2[label].f(2), try best.member("f2").double()))
                #expect(isClose(half[label].f(0.5), try best.member("f_half").double()))
                let (p, r) = (precise[label], complete[label])
                #expect(isClose(p.precision >= 0.8 ? 1 + p.recall : p.precision, try best.member("precision").double()))
                #expect(isClose(r.recall >= 0.7 ? 1 + r.precision : r.recall, try best.member("recall").double()))
                let c = cheap[label]
                #expect(isClose(c.given - c.found + 3 * (c.positives - c.found), try best.member("cost").double()))
            }
        }
    }

    @Test func oneForAllHasItsBest() throws {
        for fixture in try Self.cases("thresholds") {
            let (y, scores) = try Self.data(fixture)
            func tuned(_ objective: ThresholdObjective, _ average: ThresholdAverage) throws -> [Counts] {
                let thresholds = try Thresholds.tuned(y, scores, for: objective, average: average, scope: .global)
                #expect(Set(thresholds.values).count == 1)
                return Self.counts(y, thresholds.decisions(on: scores))
            }
            #expect(isClose(Self.pooled(try tuned(.f1, .micro)).f(), try fixture.member("micro_f1").double()))
            #expect(isClose(Self.pooled(try tuned(.fBeta(2), .micro)).f(2), try fixture.member("micro_f2").double()))
            let macro = try tuned(.f1, .macro).map { $0.f() }
            #expect(isClose(macro.reduce(0, +) / Double(macro.count), try fixture.member("macro_f1").double()))
        }
    }

    /// The best of all combinations of thresholds, which the best of each label need not be.
    @Test func jointlyTheyHaveTheBestMicroAverage() throws {
        for fixture in try Self.cases("together") {
            let (y, scores) = try Self.data(fixture)
            for (name, beta) in [("0.5", 0.5), ("1", 1.0), ("2", 2.0)] {
                func micro(_ scope: ThresholdScope) throws -> Double {
                    let thresholds = try Thresholds.tuned(y, scores, for: .fBeta(beta), scope: scope)
                    return Self.pooled(Self.counts(y, thresholds.decisions(on: scores))).f(beta)
                }
                let best = try fixture.member("best").member(name).double()
                // A label without positives is given to nobody there, and has the global threshold here.
                if Self.counts(y, y).contains(where: { $0.positives == 0 }) { continue }
                #expect(isClose(try micro(.jointly(shrinkage: 0)), best))
                #expect(try micro(.perLabel(shrinkage: 0)) <= best + 1e-6)
            }
        }
        let (y, scores) = noisy(400, 7)
        let (own, joint) = try (
            Thresholds.tuned(y, scores), Thresholds.tuned(y, scores, scope: .jointly(shrinkage: 0))
        )
        func micro(_ thresholds: Thresholds) -> Double {
            Self.pooled(Self.counts(y, thresholds.decisions(on: scores))).f()
        }
        #expect(micro(joint) > micro(own) + 0.005)
    }

    @Test func rareLabelsAreDrawnToTheGlobalThreshold() throws {
        let fixture = try Self.cases("thresholds")[2]
        let (y, scores) = try Self.data(fixture)
        let global = try Thresholds.tuned(y, scores, scope: .global)[0]
        let own = try Thresholds.tuned(y, scores)
        let drawn = try Thresholds.tuned(y, scores, scope: .perLabel(shrinkage: 10))
        let positives = Self.counts(y, y).map(\.positives)
        #expect(positives.last == 0)
        for label in positives.indices {
            let weight = Float(positives[label] / (positives[label] + 10))
            expectClose(drawn[label], weight * own[label] + (1 - weight) * global, relative: 1e-6)
        }
        // A label without a positive has nothing of its own, whatever the shrinkage.
        #expect(own.values.last == global && drawn.values.last == global)
        #expect(own.values.prefix(5).allSatisfy { $0 != global })
    }

    /// Half way between two scores, the largest of equally good ones, and never for a label given to nobody.
    @Test func thresholdsOfSmallCases() throws {
        func threshold(_ y: [Float], _ scores: [Float], _ objective: ThresholdObjective = .f1) throws -> Float {
            let shape = [y.count, 1]
            return try Thresholds.tuned(Tensor(y, shape: shape), Tensor(scores, shape: shape), for: objective)[0]
        }
        #expect(try threshold([1, 1, 0, 0], [0.75, 0.5, 0.25, 0.125]) == 0.375)
        // F1 of 2/3 at the first and at the third: the first.
        #expect(try threshold([1, 0, 1, 0], [0.9, 0.75, 0.5, 0.25]) == 0.375)
        #expect(try threshold([1, 0, 0, 1], [0.875, 0.75, 0.5, 0.25]) == 0.8125)
        #expect(try threshold([1, 1], [0.5, 0.25]) == Float(0.25).nextDown)
        #expect(try threshold([0, 1], [0.5, 0.25], .cost(falsePositive: 5, falseNegative: 1)) == 0.5)
        // Neighbouring floats have nothing between them.
        let above = Float(0.5).nextUp
        #expect(try threshold([1, 0], [above, 0.5]) == 0.5)
        #expect(try threshold([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.25]) == 0.375)
        #expect(try threshold([1, 0], [-3, -5]) == -4)
    }

    /// A made-up problem in which thresholds for each rare label follow noise and the global one does not.
    private func noisy(_ rows: Int, _ seed: UInt64, shift: Float = 0) -> (y: Tensor, scores: Tensor) {
        var random = RandomSource(seed: seed)
        let labels = 40
        var (y, scores) = (Tensor.zeros([rows, labels]), Tensor.zeros([rows, labels]))
        for row in 0..<rows {
            for label in 0..<labels {
                let isTrue = random.uniform() < 0.02
                y[row, label] = isTrue ? 1 : 0
                let ownShift = shift * Float(label % 5)
                scores[row, label] = Tensor(random.normal() + (isTrue ? 2.5 : 0) - 2 + ownShift).sigmoid().scalar
            }
        }
        return (y, scores)
    }

    @Test func crossValidationDoesNotFollowNoise() throws {
        let (validation, test) = (noisy(150, 1), noisy(3000, 2))
        func micro(_ thresholds: Thresholds) -> Double {
            Self.pooled(Self.counts(test.y, thresholds.decisions(on: test.scores))).f()
        }
        let choice = try Thresholds.crossValidated(validation.y, validation.scores)
        let own = try Thresholds.tuned(validation.y, validation.scores)
        #expect(micro(choice.thresholds) > micro(own) + 0.02)
        switch choice.scope {
        case .global: break
        case .perLabel(let shrinkage), .jointly(let shrinkage): #expect(shrinkage >= 10)
        }
        #expect(choice.candidates.count == 13)
        // What it says of a way is what the way is worth on others, not on the samples it was tuned on.
        let perLabel = try #require(choice.candidates.first { $0.scope == .perLabel(shrinkage: 0) }).value
        let seen = Self.pooled(Self.counts(validation.y, own.decisions(on: validation.scores))).f()
        #expect((perLabel - micro(own)).magnitude < 0.1 && seen > perLabel + 0.05)
        let again = try Thresholds.crossValidated(validation.y, validation.scores)
        #expect(again.thresholds == choice.thresholds && again.scope == choice.scope)
    }

    @Test func crossValidationTakesOwnThresholdsWhereTheyHold() throws {
        let (validation, test) = (noisy(3000, 3, shift: 0.8), noisy(3000, 4, shift: 0.8))
        for average in [ThresholdAverage.micro, .macro] {
            let choice = try Thresholds.crossValidated(validation.y, validation.scores, average: average)
            #expect(choice.scope != .global)
            let global = try Thresholds.tuned(validation.y, validation.scores, average: average, scope: .global)
            func value(_ thresholds: Thresholds) -> Double {
                let counts = Self.counts(test.y, thresholds.decisions(on: test.scores))
                return average == .micro ? Self.pooled(counts).f() : counts.map { $0.f() }.reduce(0, +) / 40
            }
            #expect(value(choice.thresholds) > value(global) + 0.02)
        }
        let precise = try Thresholds.crossValidated(
            validation.y, validation.scores, for: .precision(atLeast: 0.8),
            candidates: [.global, .perLabel(shrinkage: 50)])
        #expect(precise.candidates.count == 2)
    }

    /// What is said of a way is what its thresholds, tuned on the other folds alone, make of each fold. Scores that are
    /// equal, labels with few positives, negatives above all of them; enough positives for a table of their places.
    @Test(arguments: [(60, 5, 8), (60, 3, 1000), (4000, 12, 300)])
    func foldsAreThoseOfTuningOnTheRest(rows: Int, labels: Int, steps: Int) throws {
        var random = RandomSource(seed: 5)
        var (y, scores) = (Tensor.zeros([rows, labels]), Tensor.zeros([rows, labels]))
        for row in 0..<rows {
            for label in 0..<labels {
                y[row, label] = random.uniform() < 0.6 / Float(label + 1) ? 1 : 0
                scores[row, label] = (random.normal() * 0.3 + y[row, label]) * Float(steps)
            }
        }
        scores = Tensor(scores.scalars.map { $0.rounded() / Float(steps) }, shape: scores.shape)
        var folding = RandomSource(seed: 3)
        var fold = [Int](repeating: 0, count: rows)
        for (position, sample) in folding.permutation(rows).enumerated() { fold[sample] = position % 4 }
        let scopes: [ThresholdScope] = [.global, .perLabel(shrinkage: 2), .jointly(shrinkage: 0)]
        for atLeastOne in [false, true] {
            let choice = try Thresholds.crossValidated(y, scores, atLeastOne: atLeastOne, candidates: scopes, folds: 4, seed: 3)
            for (scope, value) in choice.candidates {
                var counts = [Counts](repeating: Counts(), count: labels)
                for number in 0..<4 {
                    let (rest, held) = (fold.indices.filter { fold[$0] != number }, fold.indices.filter { fold[$0] == number })
                    let tuned = try Thresholds.tuned(
                        y.gathered(rest), scores.gathered(rest), scope: scope, atLeastOne: atLeastOne)
                    let more = Self.counts(y.gathered(held), tuned.decisions(on: scores.gathered(held)))
                    counts = zip(counts, more).map { Self.pooled([$0, $1]) }
                }
                #expect(isClose(value, Self.pooled(counts).f()), "\(scope)")
            }
            #expect(try choice.thresholds == Thresholds.tuned(y, scores, scope: choice.scope, atLeastOne: atLeastOne))
            #expect(choice.value == choice.candidates.map(\.value).max())
        }
    }

    /// A label for every sample is taken where it is better.
    @Test func oneLabelEachIsTakenWhereItHelps() throws {
        var random = RandomSource(seed: 6)
        var (y, scores) = (Tensor.zeros([200, 4]), Tensor.zeros([200, 4]))
        for row in 0..<200 {
            y[row, row % 4] = 1
            // The best of the row is right, but rows are of different brightness.
            let brightness = random.uniform()
            for label in 0..<4 { scores[row, label] = brightness + 0.1 * y[row, label] }
        }
        let choice = try Thresholds.crossValidated(y, scores, atLeastOne: nil)
        #expect(choice.thresholds.atLeastOne)
        #expect(try choice.value > Thresholds.crossValidated(y, scores).value)
        let half = Tensor((0..<200).flatMap { row in (0..<4).map { row < 100 ? y[row, $0] : 0 } }, shape: [200, 4])
        let sure = y * 0.5 + 0.1
        let dark = Tensor((0..<200).flatMap { row in (0..<4).map { row < 100 ? sure[row, $0] : 0.1 } }, shape: [200, 4])
        #expect(try !Thresholds.crossValidated(half, dark, atLeastOne: nil).thresholds.atLeastOne)
    }

    @Test func decisions() throws {
        let scores: Tensor = [[0.5, 0.2, 0.6], [0.6, 0.9, 0.1], [0.4, 0.1, 0.2], [0.1, 0.1, 0.1]]
        let plain: Thresholds = [0.5, 0.3, 0.5]
        #expect(plain.decisions(on: scores) == [[0, 0, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]])
        let atLeastOne = Thresholds([0.5, 0.3, 0.5], atLeastOne: true)
        // −0.1, −0.2, −0.3; then −0.4, −0.2, −0.4.
        #expect(atLeastOne.decisions(on: scores) == [[0, 0, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0]])
        let equal = Thresholds(repeating: 0.5, count: 3, atLeastOne: true)
        #expect(equal.decisions(on: [[0.25, 0.25, 0.125]]) == [[1, 0, 0]])
        #expect(equal.decisions(on: Tensor.zeros([0, 3])).shape == [0, 3])
        #expect(Thresholds([], atLeastOne: true).decisions(on: Tensor.zeros([2, 0])).shape == [2, 0])
    }

    @Test func json() throws {
        let thresholds = Thresholds([0.1, 1e-7, 0.333333], atLeastOne: true)
        let text = thresholds.json.text(.compact)
        let back = try Thresholds(json: JSON(parsing: text, source: "text").cursor(source: "text"))
        #expect(back == thresholds)
        for bad in [#"{"values": ["a"]}"#, "{}", #"{"values": [1e99]}"#] {
            #expect(throws: HornetError.self) {
                try Thresholds(json: JSON(parsing: bad, source: "bad").cursor(source: "bad"))
            }
        }
    }

    @Test func refusals() throws {
        let (y, scores): (Tensor, Tensor) = ([[1, 0], [0, 1]], [[0.5, 0.2], [0.1, 0.3]])
        func refused(_ part: String, at line: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
            #expect(sourceLocation: line) { try body() } throws: { "\($0)".contains(part) }
        }
        refused("[2, 2]") { _ = try Thresholds.tuned(y, Tensor.zeros([2, 3])) }
        refused("makes no sense") { _ = try Thresholds.tuned(y, scores, for: .precision(atLeast: 2)) }
        refused("makes no sense") { _ = try Thresholds.tuned(y, scores, for: .fBeta(0)) }
        refused("makes no sense") {
            _ = try Thresholds.tuned(y, scores, for: .cost(falsePositive: -1, falseNegative: 1))
        }
        refused("F measures") {
            _ = try Thresholds.tuned(y, scores, for: .recall(atLeast: 0.5), scope: .jointly(shrinkage: 0))
        }
        refused("shrinkage is -1") { _ = try Thresholds.tuned(y, scores, scope: .perLabel(shrinkage: -1)) }
        refused("5 folds of 2 samples") { _ = try Thresholds.crossValidated(y, scores) }
        refused("0 candidates") { _ = try Thresholds.crossValidated(y, scores, candidates: [], folds: 2) }
    }
}
