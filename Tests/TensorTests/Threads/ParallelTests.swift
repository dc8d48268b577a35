import HornetTensor
import Synchronization
import Testing

@Suite(.serialized) struct ParallelTests {
    /// Runs `body` with that many threads allowed, however many processors there are.
    private func withThreads(_ count: Int, _ body: () -> Void) {
        let before = Parallel.threadCount
        Parallel.threadCount = count
        defer { Parallel.threadCount = before }
        body()
    }

    @Test func everyPieceRunsOnce() {
        withThreads(4) {
            for count in [0, 1, 2, 3, 7, 64, 1000] {
                let runs = (0..<count).map { _ in Counter() }
                for _ in 0..<50 { Parallel.forEach(count) { runs[$0].add() } }
                #expect(runs.allSatisfy { $0.value == 50 }, "\(count) pieces")
            }
        }
    }

    @Test func moreThanOneThreadTakesPart() {
        withThreads(2) {
            // Two pieces that wait for each other meet only if both run at the same time. Another test may have the
            // workers, so it takes patience.
            let met = (0..<1000).contains { _ in
                let arrived = Counter()
                Parallel.forEach(2) { _ in
                    arrived.add()
                    let deadline = ContinuousClock.now + .milliseconds(10)
                    while arrived.value < 2, ContinuousClock.now < deadline {}
                    if arrived.value < 2 { arrived.add(-1000) }
                }
                return arrived.value == 2
            }
            #expect(met)
        }
    }

    @Test func oneThreadRunsThePiecesInOrder() {
        withThreads(1) {
            var order: [Int] = []
            Parallel.forEach(5) { order.append($0) }
            #expect(order == [0, 1, 2, 3, 4])
        }
    }

    @Test func jobsInsideJobsAndFromManyThreadsEnd() async {
        let sum = Counter()
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        Parallel.forEach(3) { _ in Parallel.forEach(2) { _ in sum.add() } }
                    }
                }
            }
        }
        #expect(sum.value == 4 * 200 * 3 * 2)
    }

    @Test func sleepingWorkersWake() async throws {
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(20))
            let sum = Counter()
            Parallel.forEach(8) { _ in sum.add() }
            #expect(sum.value == 8)
        }
    }

    @Test func rangesCoverEveryIndexOnce() {
        for (count, size) in [(0, 4), (1, 4), (4, 4), (9, 4), (100, 7)] {
            for isWorthwhile in [false, true] {
                let runs = (0..<count).map { _ in Counter() }
                Parallel.forEachRange(of: count, by: size, if: isWorthwhile) { range in
                    for index in range { runs[index].add() }
                }
                #expect(runs.allSatisfy { $0.value == 1 }, "\(count) by \(size)")
            }
        }
    }
}

private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add(_ number: Int = 1) { count.add(number, ordering: .relaxed) }
}
