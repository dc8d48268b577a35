import Benchmark
import CHornetKernels

/// Kernels over matrices: a batch of 32 with 90 outputs.
func rowBenchmarks() {
    let (rows, columns) = (32, 90)
    let count = rows * columns
    let (a, b, c, bias, loss) = (Floats(count), Floats(count), Floats(count), Floats(columns), Floats(rows))
    func kernel(_ name: String, matrices: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
        kernelBenchmark("Rows: \(name)", bytes: matrices * 4 * count, work)
    }
    kernel("column_sums", matrices: 1) { $0.column_sums(a.pointer, bias.pointer, rows, columns) }
    kernel("bias_activation, relu", matrices: 2) { $0.bias_activation(c.pointer, nil, rows, columns, HORNET_RELU) }
    kernel("bias_activation, sigmoid", matrices: 2) {
        $0.bias_activation(c.pointer, nil, rows, columns, HORNET_SIGMOID)
    }
    kernel("transpose", matrices: 2) { $0.transpose(a.pointer, columns, c.pointer, rows, rows, columns) }
    kernel("softmax", matrices: 2) { $0.softmax(a.pointer, c.pointer, rows, columns) }
    kernel("softmax_backward", matrices: 3) { $0.softmax_backward(a.pointer, b.pointer, c.pointer, rows, columns) }
    kernel("bce_with_logits", matrices: 2) {
        $0.bce_with_logits(a.pointer, b.pointer, 0, loss.pointer, rows, columns)
    }
    kernel("bce_with_logits_backward", matrices: 3) {
        $0.bce_with_logits_backward(a.pointer, b.pointer, 0, loss.pointer, c.pointer, rows, columns)
    }
}
