#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Hornet

/// Writes what was printed now, not when the buffer is full.
func flushOutput() { fflush(nil) }

/// Writes a file of two pieces.
func writeFile(_ path: String, _ head: [UInt8], _ rest: UnsafeRawBufferPointer) throws {
    guard let file = fopen(path, "wb") else {
        throw HornetError(.file, at: path, String(cString: strerror(errno)))
    }
    var written = fwrite(head, 1, head.count, file)
    if let start = rest.baseAddress { written += fwrite(start, 1, rest.count, file) }
    guard fclose(file) == 0, written == head.count + rest.count else {
        throw HornetError(.file, at: path, "it could not be written")
    }
}

/// The OpenBLAS that this process has loaded.
enum OpenBLAS {
    /// Its version, the processor whose kernels it chose, and its threads.
    static var description: String {
        func text(_ name: String) -> String? {
            typealias Function = @convention(c) () -> UnsafePointer<CChar>
            return dlsym(nil, name).map { String(cString: unsafeBitCast($0, to: Function.self)()) }
        }
        func number(_ name: String) -> CInt? {
            typealias Function = @convention(c) () -> CInt
            return dlsym(nil, name).map { unsafeBitCast($0, to: Function.self)() }
        }
        // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
        let version = text("openblas_get_config")?.split(separator: " ").prefix(2).joined(separator: " ") ?? "unknown"
        let threads = number("openblas_get_num_threads").map { ", \($0) threads" } ?? ""
        return version + (text("openblas_get_corename").map { ", kernels for \($0)" } ?? "") + threads
    }
}
