import CHornetKernels

/// One way to compute the kernels that this CPU is capable of.
struct InstructionSet: Sendable, CustomStringConvertible {
    let name: String

    /// All that can run here, the naive twins excepted; "public" is what users call.
    static let available = ["avx512", "avx2", "sse2", "neon", "portable", "public"]
        .filter { (name: String) in hornet_kernel_table_for(name) != nil }
        .map(InstructionSet.init)

    static let naive = InstructionSet(name: "naive")

    var kernels: hornet_kernel_table { hornet_kernel_table_for(name).pointee }
    var description: String { name }
}
