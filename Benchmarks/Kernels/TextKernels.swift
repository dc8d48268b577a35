import Benchmark
import CHornetKernels

/// Kernels over the bytes of a text.
func textBenchmarks() {
    let sentence = Array("Ministers said the bank had cut its key rate by 0.25 points, to 3.5 percent. ".utf8)
    let text = Array(repeatElement(sentence, count: 200).joined())
    let (count, padding) = (text.count, [UInt8](repeating: 0xff, count: 64))
    // Space, comma and full stop: bit byte / 16 of element byte % 16.
    var separators = [UInt8](repeating: 0, count: 16)
    for byte in " ,.".utf8 { separators[Int(byte & 15)] |= 1 << (byte >> 4) }
    let words = text.map { " ,.".utf8.contains($0) ? 0xff : $0 } + padding
    var lower = text + padding
    var edges = [UInt32](repeating: 0, count: count + 16)
    var (quotes, ends) = ([UInt64](repeating: 0, count: count / 64 + 1), [UInt64](repeating: 0, count: count / 64 + 1))
    func kernel(_ name: String, bytes: Int, _ work: @escaping (hornet_kernel_table) -> Void) {
        kernelBenchmark("Text: \(name)", bytes: bytes, work)
    }
    kernel("lower_text", bytes: 2 * count) { blackHole($0.lower_text(text, count, separators, 1, &lower)) }
    kernel("word_edges", bytes: count) { blackHole($0.word_edges(words, count, &edges)) }
    kernel("csv_marks", bytes: count) { $0.csv_marks(text, count, UInt8(ascii: ","), &quotes, &ends) }
    kernel("is_utf8", bytes: count) { blackHole($0.is_utf8(text, count)) }
}
