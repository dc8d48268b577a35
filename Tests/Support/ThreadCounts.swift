import HornetTensor

/// What `body` gives on 1, 2, 3 and 8 threads.
package func onThreadCounts<Result>(_ body: () throws -> Result) rethrows -> [Result] {
    let before = Parallel.threadCount
    defer { Parallel.threadCount = before }
    return try [1, 2, 3, 8].map { count in
        Parallel.threadCount = count
        return try body()
    }
}
