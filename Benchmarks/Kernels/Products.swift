import Benchmark
import CBLAS
import Failure
import Hornet

/// `Tensor.matmul` beside the `cblas_sgemm` that it calls, for the products that the networks compute and a large one.
func productBenchmarks() {
    let shapes = [(1, 128, 64), (32, 128, 64), (32, 64, 90), (256, 128, 64), (32, 64, 256), (3_200, 128, 256), (1_024, 1_024, 1_024)]
    for (m, k, n) in shapes {
        let a = Tensor((0..<m * k).map { Float($0 % 13) - 6 }, shape: [m, k])
        let b = Tensor((0..<k * n).map { Float($0 % 11) - 5 }, shape: [k, n])
        let c = Floats(m * n)
        func product() -> Tensor { a.matmul(b) }
        func rawProduct() {
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a.baseAddress,
                        blasint(k), b.baseAddress, blasint(n), 0, c.pointer, blasint(n))
                }
            }
        }
        var turns: (Timing, Timing)?
        Benchmark("Product: \(m)x\(k) by \(k)x\(n)", configuration: .comparing([.time, .arithmetic, .raw])) { benchmark in
            if turns == nil {
                turns = (Timing { blackHole(product()) }, Timing(rawProduct))
                // Whole numbers, so that every order of summation gives the same.
                let raw = Array(UnsafeBufferPointer(start: c.pointer, count: m * n))
                benchmark.orFail {
                    guard product().scalars == raw else { throw HornetError(.data, at: "sgemm", "the products differ") }
                }
            }
            let (time, raw) = (turns!.0.measure(), turns!.1.measure())
            benchmark.measurement(.time, Int(time * 1e9))
            benchmark.measurement(.arithmetic, Int(2 * Double(m * k * n) / time / 1e6))
            benchmark.measurement(.raw, Int(time / raw * 100))
        }
    }
}
