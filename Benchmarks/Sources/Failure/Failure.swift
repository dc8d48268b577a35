public import Benchmark

extension Benchmark {
    /// What `body` returns; `nil` when it throws, and then the benchmark has failed.
    ///
    /// The benchmark command shows the message but succeeds all the same: `run.sh` looks for these words.
    @discardableResult
    public func orFail<R>(_ body: () throws -> R) -> R? {
        do {
            return try body()
        } catch {
            self.error("The benchmark failed: \(error)")
            return nil
        }
    }
}
