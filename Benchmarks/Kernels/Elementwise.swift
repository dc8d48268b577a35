import Benchmark
import CHornetKernels

/// Kernels over single arrays, inside the cache; the first three from memory, too.
func elementwiseBenchmarks() {
    let count = 4_096
    let (a, b, c) = (Floats(count), Floats(count), Floats(count))
    func kernel(_ name: String, arrays: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
        kernelBenchmark("Elementwise: \(name)", bytes: arrays * 4 * count, work)
    }
    kernel("add", arrays: 3) { $0.add(a.pointer, b.pointer, c.pointer, count) }
    kernel("subtract", arrays: 3) { $0.subtract(a.pointer, b.pointer, c.pointer, count) }
    kernel("multiply", arrays: 3) { $0.multiply(a.pointer, b.pointer, c.pointer, count) }
    kernel("divide", arrays: 3) { $0.divide(a.pointer, b.pointer, c.pointer, count) }
    kernel("affine", arrays: 2) { $0.affine(a.pointer, 0.5, 0.25, c.pointer, count) }
    kernel("axpy", arrays: 2) { $0.axpy(1e-9, a.pointer, c.pointer, count) }
    kernel("multiply_add", arrays: 3) { $0.multiply_add(a.pointer, b.pointer, c.pointer, count) }
    kernel("exp", arrays: 2) { $0.exp(a.pointer, c.pointer, count) }
    kernel("log", arrays: 2) { $0.log(a.pointer, c.pointer, count) }
    kernel("sqrt", arrays: 2) { $0.sqrt(a.pointer, c.pointer, count) }
    kernel("tanh", arrays: 2) { $0.tanh(a.pointer, c.pointer, count) }
    kernel("sigmoid", arrays: 2) { $0.sigmoid(a.pointer, c.pointer, count) }
    kernel("softplus", arrays: 2) { $0.softplus(a.pointer, c.pointer, count) }
    kernel("relu", arrays: 2) { $0.relu(a.pointer, c.pointer, count) }
    kernel("tanh_backward", arrays: 3) { $0.tanh_backward(a.pointer, b.pointer, c.pointer, count) }
    kernel("sigmoid_backward", arrays: 3) { $0.sigmoid_backward(a.pointer, b.pointer, c.pointer, count) }
    kernel("relu_backward", arrays: 3) { $0.relu_backward(a.pointer, b.pointer, c.pointer, count) }
    kernel("sum", arrays: 1) { blackHole($0.sum(a.pointer, count)) }
    kernel("dot", arrays: 2) { blackHole($0.dot(a.pointer, b.pointer, count)) }
    kernel("sum_of_squares", arrays: 1) { blackHole($0.sum_of_squares(a.pointer, count)) }
    kernel("max", arrays: 1) { blackHole($0.max(a.pointer, count)) }
    kernel("all_finite", arrays: 1) { blackHole($0.all_finite(a.pointer, count)) }
}
