import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Probabilities from scores, and how good they are.
@Suite struct CalibrationTests {
    private static func cases(_ part: String) throws -> [JSON.Cursor] {
        try Fixture.json("decisions.json").member(part).array()
    }

    private static func column(_ tensor: Tensor, _ label: Int) -> Tensor {
        Tensor((0..<tensor.shape[0]).map { tensor[$0, label] }, shape: [tensor.shape[0], 1])
    }

    /// Both search for the same minimum, scikit-learn until a step gains less than 1e-14 of the loss.
    @Test func sigmoidsAreScikitLearns() throws {
        for fixture in try Self.cases("calibrators") {
            let (y, logits) = (try fixture.member("target").tensor(), try fixture.member("logits").tensor())
            let calibration = try Calibration.sigmoid(y, logits, of: .logits)
            let probabilities = calibration.probabilities(of: logits)
            for (label, expected) in try fixture.member("labels").array().enumerated() {
                let wanted = try expected.member("platt").tensor()
                expectClose(
                    Self.column(probabilities, label), wanted.reshaped([wanted.count, 1]), relative: 2e-4,
                    absolute: 2e-5)
                guard case .sigmoid(let slope, let intercept) = calibration.maps[label] else {
                    Issue.record("no sigmoid")
                    continue
                }
                expectClose(Float(slope), Float(try expected.member("slope").double()), relative: 1e-3)
                expectClose(
                    Float(intercept), Float(try expected.member("intercept").double()), relative: 1e-3, absolute: 1e-4)
            }
        }
    }

    @Test func isotonicMapsAreScikitLearns() throws {
        for fixture in try Self.cases("calibrators") {
            let (y, scores) = (try fixture.member("target").tensor(), try fixture.member("scores").tensor())
            let calibration = try Calibration.isotonic(y, scores)
            let new = try fixture.member("new").tensor()
            for (label, expected) in try fixture.member("labels").array().enumerated() {
                let one = Calibration([calibration.maps[label]], of: .logits)
                let wanted = try expected.member("isotonic").tensor()
                let count = new.count
                expectClose(
                    one.probabilities(of: new.reshaped([count, 1])), wanted.reshaped([count, 1]), relative: 2e-6)
                guard case .isotonic(let points, _) = calibration.maps[label] else {
                    Issue.record("no isotonic map")
                    continue
                }
                // scikit-learn keeps the first and the last point in any case.
                #expect(points.count <= (try expected.member("points").int()))
            }
        }
    }

    @Test func temperaturesAreScikitLearns() throws {
        for fixture in try Self.cases("calibrators") {
            let (y, logits) = (try fixture.member("target").tensor(), try fixture.member("logits").tensor())
            func temperatures(_ calibration: Calibration) -> [Float] {
                calibration.maps.map { if case .temperature(let temperature) = $0 { Float(temperature) } else { .nan } }
            }
            let whole = temperatures(try .temperature(y, logits, of: .logits))
            for temperature in whole {
                expectClose(temperature, Float(try fixture.member("temperature").double()), relative: 1e-5)
            }
            let each = temperatures(try .temperature(y, logits, perLabel: true, of: .logits))
            for (temperature, expected) in zip(each, try fixture.member("labels").array()) {
                expectClose(temperature, Float(try expected.member("temperature").double()), relative: 1e-5)
            }
            // Of probabilities, their logits count.
            let onProbabilities = temperatures(try .temperature(y, logits.clipped(-12, 12).sigmoid()))
            let onLogits = temperatures(try .temperature(y, logits.clipped(-12, 12), of: .logits))
            for (a, b) in zip(onProbabilities, onLogits) { expectClose(a, b, relative: 2e-3) }
        }
    }

    @Test func reliabilityIsScikitLearns() throws {
        func isClose(_ a: [Double], _ b: [Double]) -> Bool {
            a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude < 1e-6 }
        }
        for fixture in try Self.cases("reliability") {
            let (y, scores) = (try fixture.member("target").tensor(), try fixture.member("scores").tensor())
            for expected in try fixture.member("curves").array() {
                let bins = try expected.member("bins").int()
                let strategy: BinStrategy = try expected.member("strategy").string() == "uniform" ? .uniform : .quantile
                let curve = try reliabilityCurve(y, scores, bins: bins, strategy: strategy)
                #expect(isClose(curve.observed, try expected.member("observed").doubles()), "\(bins) \(strategy)")
                #expect(isClose(curve.predicted, try expected.member("predicted").doubles()), "\(bins) \(strategy)")
                #expect(curve.counts.reduce(0, +) == y.count && !curve.counts.contains(0))
                let distances = zip(curve.observed, curve.predicted).map { ($0 - $1).magnitude }
                let byHand = zip(distances, curve.counts).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(y.count)
                #expect(isClose([try expectedCalibrationError(y, scores, bins: bins, strategy: strategy)], [byHand]))
            }
            let one = try reliabilityCurve(y, scores, label: 1)
            #expect(isClose(one.observed, try fixture.member("label_observed").doubles()))
            #expect(isClose([try brierScore(y, scores)], [try fixture.member("brier").double()]))
            let column = (Self.column(y, 1), Self.column(scores, 1))
            #expect(isClose([try brierScore(column.0, column.1)], [try fixture.member("label_brier").double()]))
        }
        #expect(try expectedCalibrationError([[1], [1], [0], [0]] as Tensor, [[0.9], [0.9], [0.1], [0.2]]) > 0.09)
    }

    /// Overconfident scores come closer to the truth, on other samples.
    @Test func calibrationHelps() throws {
        func sample(_ seed: UInt64) -> (y: Tensor, scores: Tensor) {
            var random = RandomSource(seed: seed)
            let logits = Tensor.normal([4000, 2], standardDeviation: 2, using: &random)
            let draws = Tensor.uniform([4000, 2], using: &random)
            let truth = (logits.sigmoid() - draws).thresholded(above: 0)
            return (truth, (logits * 3 - 1).sigmoid())
        }
        let (fitting, test) = (sample(1), sample(2))
        let before = try expectedCalibrationError(test.y, test.scores)
        let ways = [
            try Calibration.sigmoid(fitting.y, fitting.scores), try .isotonic(fitting.y, fitting.scores),
            try .temperature(fitting.y, fitting.scores), try .temperature(fitting.y, fitting.scores, perLabel: true),
        ]
        for (way, share) in zip(ways, [0.25, 0.25, 0.6, 0.6]) {
            let probabilities = way.probabilities(of: test.scores)
            #expect(try expectedCalibrationError(test.y, probabilities) < share * before)
            #expect(try brierScore(test.y, probabilities) < brierScore(test.y, test.scores))
        }
    }

    @Test func labelsWithoutPositives() throws {
        let y: Tensor = [[0, 1], [0, 1], [0, 1]]
        let scores: Tensor = [[0.1, 0.5], [0.2, 0.7], [0.3, 0.6]]
        for way in [
            try Calibration.sigmoid(y, scores), try .isotonic(y, scores), try .temperature(y, scores, perLabel: true),
        ] {
            let p = way.probabilities(of: scores)
            #expect(p.isFinite && p.scalars.allSatisfy { $0 >= 0 && $0 <= 1 })
            #expect(p[1, 0] < 0.5 && p[1, 1] > 0.5)
        }
        let constant = try Calibration.sigmoid([[0], [1]] as Tensor, [[0.5], [0.5]])
        expectClose(constant.probabilities(of: [[0.5]]), [[0.5]], absolute: 1e-3)
    }

    @Test func json() throws {
        let (y, scores): (Tensor, Tensor) = ([[0, 1], [1, 0], [1, 1]], [[0.1, 0.5], [0.2, 0.7], [0.3, 0.6]])
        for calibration in [
            try Calibration.sigmoid(y, scores), try .isotonic(y, scores), try .temperature(y, scores),
            try .sigmoid(y, scores, of: .logits),
        ] {
            let text = calibration.json.text(.compact)
            let back = try Calibration(json: JSON(parsing: text, source: "text").cursor(source: "text"))
            #expect(back == calibration, "\(text)")
        }
        for bad in [
            #"{"scores": "x", "labels": []}"#, #"{"scores": "logits", "labels": [{"method": "other"}]}"#,
            #"{"scores": "logits", "labels": [{"method": "temperature", "temperature": 0}]}"#,
            #"{"scores": "logits", "labels": [{"method": "isotonic", "scores": [2, 1], "probabilities": [0, 1]}]}"#,
            #"{"scores": "logits", "labels": [{"method": "isotonic", "scores": [1, 2], "probabilities": [0, 2]}]}"#,
            #"{"scores": "logits", "labels": [{"method": "isotonic", "scores": [], "probabilities": []}]}"#,
            #"{"scores": "logits", "labels": [{"method": "sigmoid", "slope": 1}]}"#,
        ] {
            #expect(throws: HornetError.self, "\(bad)") {
                try Calibration(json: JSON(parsing: bad, source: "bad").cursor(source: "bad"))
            }
        }
    }

    @Test func refusals() throws {
        let y: Tensor = [[1, 0]]
        #expect { _ = try reliabilityCurve(y, [[0.5, 1.5]]) } throws: { "\($0)".contains("between 0 and 1") }
        #expect { _ = try reliabilityCurve(y, [[0.5, 0.5]], label: 2) } throws: { "\($0)".contains("no label 2") }
        #expect { _ = try reliabilityCurve(y, [[0.5, 0.5]], bins: 0) } throws: { "\($0)".contains("0 bins") }
        #expect { _ = try Calibration.sigmoid(y, [[0.5]]) } throws: { "\($0)".contains("[1, 2]") }
    }
}
