import CHornetKernels
import Synchronization

/// The threads behind ``Parallel``.
///
/// A worker that has nothing to do looks out for work for a third of a millisecond before it sleeps: the operations of a
/// training step follow each other closely, and waking a thread takes longer than most of them. One job runs at a
/// time; a caller that finds the workers taken does its job alone, so there are never more threads than processors.
///
/// A job is cut into at most 32 shares of neighbouring pieces. Each thread first takes the share that is its own by
/// number, so that a thread finds in its cache what it wrote there in the operation before, then what others left.
final class WorkerPool: Sendable {
    static let shared = WorkerPool(processors: availableProcessors())

    /// The job at hand in one word, so that a worker can take a share only of the job it has seen: the number of the job
    /// (32 bits) and a bit for each share that nobody has taken.
    private let job = OwnCacheLine()
    /// How many shares are done.
    private let done = OwnCacheLine()
    /// What to do with a share; a closure on the stack of the caller.
    private let shareAddress = Atomic<UInt>(0)
    /// How the caller treats denormals: the workers do the same.
    private let denormalMode = Atomic<UInt32>(0)
    private let isTaken = Atomic<Bool>(false)
    private let limit: Atomic<Int>
    /// How many workers there are, and how many of them sleep or are about to.
    private let started = Atomic<Int>(0)
    let asleep = Atomic<Int>(0)
    private let workers: Mutex<[Worker]>

    private static let mostShares = 32

    init(processors: Int) {
        limit = Atomic(processors)
        workers = Mutex([])
    }

    var threadLimit: Int {
        get { limit.load(ordering: .relaxed) }
        set { limit.store(newValue, ordering: .relaxed) }
    }

    func run(_ count: Int, _ piece: (Int) -> Void) {
        let threads = Swift.min(threadLimit, count, WorkerPool.mostShares)
        guard threads > 1, !isTaken.exchange(true, ordering: .acquiring) else {
            for index in 0..<count { piece(index) }
            return
        }
        let shares = Swift.min(count, WorkerPool.mostShares)
        share(shares, among: threads) { share in
            for index in share * count / shares..<(share + 1) * count / shares { piece(index) }
        }
        isTaken.store(false, ordering: .releasing)
    }

    private func share(_ shares: Int, among threads: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { address in
                shareAddress.store(UInt(bitPattern: address), ordering: .relaxed)
                denormalMode.store(hornet_denormal_mode(), ordering: .relaxed)
                done.word.store(0, ordering: .relaxed)
                let number = (jobNumber &+ 1) & 0xffff_ffff
                job.word.store(number << 32 | (1 << UInt64(shares) - 1), ordering: .sequentiallyConsistent)
                wake(threads - 1)
                while let share = takeShare(ofJob: number, thread: 0) {
                    body(share)
                    done.word.add(1, ordering: .releasing)
                }
                var spins = 0
                while done.word.load(ordering: .acquiring) < UInt64(shares) { WorkerPool.pause(&spins) }
            }
        }
    }

    /// What a worker does when it sees a new job. The closure is read before a share is taken: if the share is taken, the
    /// job was still the same.
    func help(withJob number: UInt64, thread: Int) {
        while true {
            let address = shareAddress.load(ordering: .acquiring)
            let mode = denormalMode.load(ordering: .relaxed)
            guard let share = takeShare(ofJob: number, thread: thread) else { return }
            hornet_restore_denormals(mode)
            UnsafePointer<(Int) -> Void>(bitPattern: address)!.pointee(share)
            done.word.add(1, ordering: .releasing)
        }
    }

    /// The share of the thread's own number if that is left, else the first that is; `nil` when none is.
    private func takeShare(ofJob number: UInt64, thread: Int) -> Int? {
        var word = job.word.load(ordering: .acquiring)
        while word >> 32 == number, word & 0xffff_ffff != 0 {
            let own = thread & (WorkerPool.mostShares - 1)
            let share = word >> UInt64(own) & 1 == 1 ? own : word.trailingZeroBitCount
            let (isTaken, found) = job.word.compareExchange(
                expected: word, desired: word & ~(1 << UInt64(share)), ordering: .acquiringAndReleasing)
            if isTaken { return share }
            word = found
        }
        return nil
    }

    /// The number of the present job.
    var jobNumber: UInt64 { job.word.load(ordering: .sequentiallyConsistent) >> 32 }

    private func wake(_ count: Int) {
        let allAreAwake = started.load(ordering: .relaxed) >= count && asleep.load(ordering: .sequentiallyConsistent) == 0
        if allAreAwake { return }
        workers.withLock { workers in
            while workers.count < count { workers.append(Worker(of: self, thread: workers.count + 1)) }
            started.store(workers.count, ordering: .relaxed)
            for worker in workers.prefix(count) { worker.wake() }
        }
    }

    /// Waits a moment; now and then lets other threads run, which matters where there are more threads than processors.
    static func pause(_ spins: inout Int) {
        spins &+= 1
        if spins & 0xfff == 0 { yieldProcessor() } else { hornet_spin_pause() }
    }
}

/// A word that several threads look at all the time: nothing else lies in its cache line, nor in the neighbour that
/// processors fetch with it.
private struct OwnCacheLine: ~Copyable {
    private typealias Padding = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
    private let before: (Padding, Padding) = (zeros, zeros)
    let word = Atomic<UInt64>(0)
    private let after: (Padding, Padding) = (zeros, zeros)
    private static var zeros: Padding { (0, 0, 0, 0, 0, 0, 0, 0) }
}
