import CHornetKernels
import HornetSupport
import Synchronization

/// The threads behind ``Parallel``.
///
/// A worker that has nothing to do looks out for work for a tenth of a millisecond before it sleeps: the operations of a
/// training step follow each other closely, and waking a thread takes longer than most of them. One job runs at a
/// time; a caller that finds the workers taken does its job alone, so there are never more threads than processors.
final class WorkerPool: Sendable {
    static let shared = WorkerPool(processors: availableProcessors())

    /// The job at hand in one word, so that a worker can take a piece only of the job it has seen: the number of the
    /// job (32 bits), its pieces (16) and the next piece to be taken (16).
    private let job = Atomic<UInt64>(0)
    /// How many pieces are done.
    private let done = Atomic<Int>(0)
    /// The closure of the job, on the stack of the caller.
    private let pieceAddress = Atomic<UInt>(0)
    /// How the caller treats denormals: the workers do the same.
    private let denormalMode = Atomic<UInt32>(0)
    private let isTaken = Atomic<Bool>(false)
    private let limit: Atomic<Int>
    private let workers: Mutex<[Worker]>

    /// More would not fit the word.
    private static let mostPieces = 0xffff

    init(processors: Int) {
        limit = Atomic(processors)
        workers = Mutex([])
    }

    var threadLimit: Int {
        get { limit.load(ordering: .relaxed) }
        set { limit.store(newValue, ordering: .relaxed) }
    }

    func run(_ count: Int, _ piece: (Int) -> Void) {
        let helpers = Swift.min(threadLimit, count) - 1
        guard helpers > 0, count <= WorkerPool.mostPieces, !isTaken.exchange(true, ordering: .acquiring) else {
            for index in 0..<count { piece(index) }
            return
        }
        withoutActuallyEscaping(piece) { piece in
            withUnsafePointer(to: piece) { address in
                pieceAddress.store(UInt(bitPattern: address), ordering: .relaxed)
                denormalMode.store(hornet_denormal_mode(), ordering: .relaxed)
                done.store(0, ordering: .relaxed)
                let number = (job.load(ordering: .relaxed) >> 32 &+ 1) & 0xffff_ffff
                let word = number << 32 | UInt64(count) << 16
                job.store(word, ordering: .sequentiallyConsistent)
                wake(helpers)
                takePieces(ofJob: number, piece)
                var spins = 0
                while done.load(ordering: .acquiring) < count { WorkerPool.pause(&spins) }
            }
        }
        isTaken.store(false, ordering: .releasing)
    }

    /// Takes pieces until none is left.
    private func takePieces(ofJob number: UInt64, _ piece: (Int) -> Void) {
        while let index = takePiece(ofJob: number) {
            piece(index)
            done.add(1, ordering: .releasing)
        }
    }

    private func takePiece(ofJob number: UInt64) -> Int? {
        var word = job.load(ordering: .acquiring)
        while word >> 32 == number {
            let (count, next) = (word >> 16 & 0xffff, word & 0xffff)
            guard next < count else { return nil }
            let (taken, found) = job.compareExchange(
                expected: word, desired: word + 1, ordering: .acquiringAndReleasing)
            if taken { return Int(next) }
            word = found
        }
        return nil
    }

    /// What a worker does when it sees a new job. The closure is read before a piece is taken: if the piece is taken, the
    /// job was still the same.
    func help(withJob number: UInt64) {
        while true {
            let address = pieceAddress.load(ordering: .acquiring)
            let mode = denormalMode.load(ordering: .relaxed)
            guard let index = takePiece(ofJob: number) else { return }
            hornet_restore_denormals(mode)
            UnsafePointer<(Int) -> Void>(bitPattern: address)!.pointee(index)
            done.add(1, ordering: .releasing)
        }
    }

    /// The number of the present job.
    var jobNumber: UInt64 { job.load(ordering: .sequentiallyConsistent) >> 32 }

    private func wake(_ count: Int) {
        workers.withLock { workers in
            while workers.count < count { workers.append(Worker(of: self)) }
            for worker in workers.prefix(count) { worker.wake() }
        }
    }

    /// Waits a moment; now and then lets other threads run, which matters where there are more threads than processors.
    static func pause(_ spins: inout Int) {
        spins &+= 1
        if spins & 0x3ff == 0 { yieldProcessor() } else { hornet_spin_pause() }
    }
}
