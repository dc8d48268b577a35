import Hornet
import HornetTestSupport
import Testing

/// The progress line is Keras' under the same clock (`Tests/Oracles/progress.py`), but for the backspaces before a redraw.
@Suite struct ProgressTests {
    @Test func linesEqualKeras() throws {
        let cases = try JSON(parsing: Fixture.bytes("progress.json"), source: "progress.json")
            .cursor(source: "progress.json").array()
        #expect(cases.count == 200)
        for golden in cases {
            let target = try golden.member("target").int()
            let verbosity: Verbosity = try golden.member("verbose").int() == 1 ? .bar : .line
            var bar = ProgressBar(target: target, verbosity: verbosity)
            for step in try golden.member("steps").array() {
                let steps = try step.member("step").int()
                let now = try step.member("now").double()
                let logs = Logs(try ["accuracy", "loss"].map { ($0, try step.member("logs").member($0).double()) })
                let isFinal = steps == target
                let isDue = bar.isDue(after: steps, at: now) || isFinal
                let said = isDue ? bar.line(after: steps, logs, isFinal: isFinal, at: now) : nil
                let expected = try step.member("said").string()
                #expect((said ?? "") == expected, "\(golden.value)")
            }
        }
    }
}
