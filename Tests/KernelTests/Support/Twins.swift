import CHornetKernels
import Testing

/// Runs a kernel and its naive twin on copies of `arrays`, at several alignments, and compares what both leave
/// in all of them. The kernel's bits must not depend on the alignment, and no fence may fall.
func expectTwins(
    _ set: InstructionSet, _ arrays: [[Float]], within ulps: Int = 0, orAbsolute absolute: Float = 0,
    _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation,
    run: (hornet_kernel_table, [UnsafeMutablePointer<Float>]) -> Void
) {
    func results(of set: InstructionSet, offset: Int) -> [[Float]] {
        let copies = arrays.enumerated().map { Fenced($1, offset: offset == 0 ? 0 : offset + $0) }
        run(set.kernels, copies.map(\.pointer))
        #expect(copies.allSatisfy { $0.fencesStand }, "\(set) \(what)", sourceLocation: sourceLocation)
        return copies.map(\.elements)
    }
    let wanted = results(of: .naive, offset: 0)
    let aligned = results(of: set, offset: 0)
    for (index, (got, want)) in zip(aligned, wanted).enumerated() {
        let found = mismatch(got, want, within: ulps, orAbsolute: absolute)
        #expect(found == nil, "\(set) \(what), array \(index)", sourceLocation: sourceLocation)
    }
    for offset in [1, 5] {
        let shifted = results(of: set, offset: offset)
        #expect(
            zip(shifted, aligned).allSatisfy { sameBits($0, $1) }, "\(set) \(what), offset \(offset)",
            sourceLocation: sourceLocation)
    }
}
