import CHornetKernels
import Testing

@Suite struct DispatchTests {
    @Test func theBestSetIsInUse() {
        let best = InstructionSet.available[0].name
        #expect(String(cString: hornet_kernel_isa()) == best)
        #expect(String(cString: hornet_kernel_table_for(best).pointee.isa) == best)
        #expect(hornet_kernel_table_for("abacus") == nil)
    }

    @Test(arguments: InstructionSet.available)
    func denormalsAreFlushedOnDemandOnly(_ set: InstructionSet) {
        #if arch(x86_64) || arch(arm64)
            let (tiny, half): ([Float], [Float]) = ([.leastNormalMagnitude], [0.5])
            var product: [Float] = [7]
            set.kernels.multiply(tiny, half, &product, 1)
            #expect(product[0] == Float.leastNormalMagnitude / 2)
            let mode = hornet_flush_denormals()
            set.kernels.multiply(tiny, half, &product, 1)
            hornet_restore_denormals(mode)
            let flushed = product[0].bitPattern
            set.kernels.multiply(tiny, half, &product, 1)
            #expect(flushed == 0)
            #expect(product[0] == Float.leastNormalMagnitude / 2)
        #endif
    }
}
