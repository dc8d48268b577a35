#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The Python with Keras that the environment variable `HORNET_ORACLE` names, for tests that ask Keras itself.
package enum Oracle {
    /// Whether there is one; says that what needs it is skipped where there is none.
    package static let isThere: Bool = {
        if python != nil { return true }
        print("Skipped: HORNET_ORACLE names no Python with Keras, so Keras opens none of our files.")
        return false
    }()

    private static var python: String? {
        let name = getenv("HORNET_ORACLE").map { String(cString: $0) }
        return name?.isEmpty == false ? name : nil
    }

    /// Runs `Tests/Oracles/<script>` on a folder or file; whether it succeeded. Its output is the test's.
    package static func run(_ script: String, _ argument: String) -> Bool {
        let path = Fixture.folder + "/../Oracles/" + script
        return system("'\(python!)' '\(path)' '\(argument)'") == 0
    }
}
