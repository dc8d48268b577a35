import Benchmark
import CBLAS
import CHornetKernels
import Failure
import Hornet

/// The products that the networks compute, and a large one: `Tensor.matmul` and, where the matrices fit the caches, the
/// kernel, each beside a bare `cblas_sgemm`.
func productBenchmarks() {
    let shapes = [
        (1, 128, 64), (32, 128, 64), (32, 64, 90), (256, 128, 64), (32, 64, 256), (3_200, 128, 256),
        (1_024, 1_024, 1_024),
    ]
    for (m, k, n) in shapes {
        let a = Tensor((0..<m * k).map { Float($0 % 13) - 6 }, shape: [m, k])
        let b = Tensor((0..<k * n).map { Float($0 % 11) - 5 }, shape: [k, n])
        productBenchmark("Product: \(m)x\(k) by \(k)x\(n)", a, b) {
            a.matmul(b).scalars
        } work: {
            blackHole(a.matmul(b))
        }

        guard m * k * n <= 256 * 128 * 64, let kernels = hornet_kernel_table_for("public") else { continue }
        let c = Floats(m * n)
        func kernel() {
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    kernels.pointee.gemm(a.baseAddress, k, 1, b.baseAddress, n, c.pointer, n, m, n, k, 0)
                }
            }
        }
        productBenchmark("Product, kernel: \(m)x\(k) by \(k)x\(n)", a, b) {
            kernel()
            return c.elements
        } work: { kernel() }
    }
}

/// `work` beside a bare `cblas_sgemm`, after a check that both give the same.
private func productBenchmark(
    _ name: String, _ a: Tensor, _ b: Tensor, result: @escaping () -> [Float], work: @escaping () -> Void
) {
    let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
    let c = Floats(m * n)
    func raw() {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                cblas_sgemm(
                    CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a.baseAddress,
                    blasint(k), b.baseAddress, blasint(n), 0, c.pointer, blasint(n))
            }
        }
    }
    var turns: (work: Timing, raw: Timing)?
    Benchmark(name, configuration: .comparing([.time, .arithmetic, .raw])) { benchmark in
        if turns == nil {
            turns = (Timing(work), Timing(raw))
            // Whole numbers, so that every order of summation gives the same.
            benchmark.orFail {
                guard result() == c.elements else { throw HornetError(.data, at: name, "it differs from sgemm") }
            }
        }
        let (time, raw) = (turns!.work.measure(), turns!.raw.measure())
        benchmark.measurement(.time, Int(time * 1e9))
        benchmark.measurement(.arithmetic, Int(2 * Double(m * k * n) / time / 1e6))
        benchmark.measurement(.raw, Int(time / raw * 100))
    }
}
