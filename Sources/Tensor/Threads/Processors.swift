import CHornetKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many processors this process may use: those it may run on, and no more than its control group pays for.
func availableProcessors() -> Int {
    let processors = Swift.max(1, Int(hornet_processor_count()))
    #if os(Linux)
        return Swift.min(processors, controlGroupLimit() ?? processors)
    #else
        return processors
    #endif
}

#if os(Linux)
    /// A container's share of processor time, in whole processors, rounded up; `nil` without a limit.
    private func controlGroupLimit() -> Int? {
        guard let file = fopen("/sys/fs/cgroup/cpu.max", "r") else { return nil }
        defer { fclose(file) }
        // `max 100000`, or the microseconds of each period that may be used, and the period.
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let numbers = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).map { Int($0) }
        guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], period > 0 else { return nil }
        return (quota + period - 1) / period
    }
#endif
