#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where Hornet talks to people: results on standard output, warnings on standard error.
package enum Console {
    /// Whether standard output is a terminal, where a line can be redrawn.
    package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// The width of the terminal in columns; 80 when there is none, as Python's `shutil.get_terminal_size` says.
    package static var width: Int {
        if let columns = getenv("COLUMNS"), let width = Int(String(cString: columns)), width > 0 { return width }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    package static func print(_ text: String, terminator: String = "\n") {
        write(text + terminator, to: STDOUT_FILENO)
    }

    package static func warn(_ text: String) { write("Warning: \(text)\n", to: STDERR_FILENO) }

    /// Straight to the descriptor: nothing waits in a buffer when the process is killed. What the program itself
    /// printed before, and still waits in a buffer, goes first.
    private static func write(_ text: String, to descriptor: Int32) {
        fflush(nil)
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                #if canImport(Darwin)
                    let written = Darwin.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Glibc)
                    let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                #else
                    let written = Musl.write(descriptor, rest.baseAddress, rest.count)
                #endif
                if written <= 0 { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
            }
        }
    }

    /// Seconds on a clock that only goes forward.
    package static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
