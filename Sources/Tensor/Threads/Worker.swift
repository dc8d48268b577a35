import CHornetKernels
import HornetSupport
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One thread of a ``WorkerPool``; it lives as long as the process.
///
/// `@unchecked`: the lock and the condition are made once, and their functions are made for many threads.
final class Worker: @unchecked Sendable {
    private unowned(unsafe) let pool: WorkerPool
    /// Its number; the caller of a job is 0.
    private let thread: Int
    private let isAsleep = Atomic<Bool>(false)
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// How many looks a worker takes before it sleeps: about 300 microseconds of them.
    private static let patience = 60_000

    init(of pool: WorkerPool, thread: Int) {
        self.pool = pool
        self.thread = thread
        pthread_mutex_init(lock, nil)
        pthread_cond_init(condition, nil)
        #if canImport(Darwin)
            var handle: pthread_t?
        #else
            var handle = pthread_t()
        #endif
        let failure = pthread_create(&handle, nil, { argument in
            Unmanaged<Worker>.fromOpaque(argument!).takeUnretainedValue().work()
        }, Unmanaged.passRetained(self).toOpaque())
        require(failure == 0, "Parallel", "no thread could be started: error \(failure)")
    }

    /// Sees to it that the worker looks for work; the job has been announced.
    func wake() {
        guard isAsleep.load(ordering: .relaxed) else { return }
        pthread_mutex_lock(lock)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    private func work() -> Never {
        var seen: UInt64 = 0
        while true {
            waitForJob(after: seen)
            seen = pool.jobNumber
            pool.help(withJob: seen, thread: thread)
        }
    }

    private func waitForJob(after seen: UInt64) {
        var spins = 0
        while spins < Worker.patience {
            if pool.jobNumber != seen { return }
            WorkerPool.pause(&spins)
        }
        pthread_mutex_lock(lock)
        // Announced before the last look: either this sees the job, or who made the job sees a sleeper.
        isAsleep.store(true, ordering: .relaxed)
        pool.asleep.add(1, ordering: .sequentiallyConsistent)
        while pool.jobNumber == seen { pthread_cond_wait(condition, lock) }
        isAsleep.store(false, ordering: .relaxed)
        pool.asleep.subtract(1, ordering: .relaxed)
        pthread_mutex_unlock(lock)
    }
}

func yieldProcessor() { sched_yield() }
