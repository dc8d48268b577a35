import Hornet

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The reader that the environment variable `READER` names.
private let reader: Reader = {
    let name = getenv("READER").map { String(cString: $0) } ?? ""
    guard let reader = Reader(rawValue: name) else {
        fatalError("READER is \"\(name)\", not one of \(Reader.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return reader
}()

/// The input as a file, in memory where there is such a folder.
private let path = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") + "/hornet-fuzz-\(getpid())"

private func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0, write(descriptor, bytes.baseAddress, bytes.count) == bytes.count else { fatalError("\(path) can't be written") }
    close(descriptor)
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    write(bytes)
    do {
        try Warning.handled(by: { _ in }) { try reader.read(bytes, path) }
    } catch is HornetError {
        // What bad input is to get.
    } catch {
        fatalError("not a HornetError: \(error)")
    }
    return 0
}
