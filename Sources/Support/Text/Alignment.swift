extension StringProtocol {
    /// Spaces before the text, so that it ends at column `width`. Counts Unicode scalars, as Python's `rjust`
    /// does; longer text stays whole.
    package func rightAligned(_ width: Int) -> String {
        spaces(width - unicodeScalars.count) + self
    }

    /// Spaces after the text, up to `width` scalars, as Python's `ljust`; longer text stays whole.
    package func leftAligned(_ width: Int) -> String {
        self + spaces(width - unicodeScalars.count)
    }
}

private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(count, 0))
}
