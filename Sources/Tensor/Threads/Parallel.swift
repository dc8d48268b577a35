import HornetSupport

/// Work on all processors: the pieces of one job run at the same time, then the caller goes on.
///
/// A caller cuts its work into pieces by the work alone, never by the number of threads, and lets no two pieces write
/// to the same place: then the result has the same bits on any machine.
public enum Parallel {
    /// How many threads compute, the caller's among them; at first, as many as the processors that this process may use.
    /// Set it to 1 where other threads of the program keep all processors busy. Traps when it is set below 1.
    public static var threadCount: Int {
        get { WorkerPool.shared.threadLimit }
        set {
            require(newValue > 0, "Parallel.threadCount", "\(newValue) threads can't compute anything")
            WorkerPool.shared.threadLimit = newValue
        }
    }

    /// Runs `piece(0)` … `piece(count − 1)`, in any order and at the same time, and returns when all are done.
    ///
    /// Handing out work costs half a microsecond while the threads are awake, and 50 to wake them: for less than 3
    /// microseconds of work a loop is faster. Inside a piece, or while another thread has the workers, it is a loop.
    package static func forEach(_ count: Int, _ piece: (Int) -> Void) {
        WorkerPool.shared.run(count, piece)
    }

    /// Cuts `0 ..< count` into ranges of `size` (the last may be smaller) and runs `piece` on each. With no more than
    /// one range, or when `isWorthwhile` is false, the caller does it all.
    package static func forEachRange(
        of count: Int, by size: Int, if isWorthwhile: Bool = true, _ piece: (Range<Int>) -> Void
    ) {
        let pieces = (count + size - 1) / size
        func range(_ index: Int) -> Range<Int> { index * size..<Swift.min((index + 1) * size, count) }
        if isWorthwhile && pieces > 1 {
            forEach(pieces) { piece(range($0)) }
        } else {
            for index in 0..<pieces { piece(range(index)) }
        }
    }
}
