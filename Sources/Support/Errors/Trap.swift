/// Stops the process on a programming error. `precondition` loses its message under `-O`; this keeps it.
@inline(never) @usableFromInline
package func trap(
    _ operation: StaticString, _ problem: String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
    fatalError("\(operation): \(problem)", file: file, line: line)
}

/// Traps unless `condition` holds; the message is built only when it does not.
@inlinable
package func require(
    _ condition: Bool, _ operation: StaticString, _ problem: @autoclosure () -> String,
    file: StaticString = #fileID, line: UInt = #line
) {
    if !condition { trap(operation, problem(), file: file, line: line) }
}
