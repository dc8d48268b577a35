import HornetSupport
import Testing

/// Decimal numbers beside the standard library's, which rounds correctly.
@Suite struct DecimalParsingTests {
    private func parsed(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { decimal($0) } }

    @Test func numbersAreThoseOfTheStandardLibrary() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let digits = String((0..<Int.random(in: 1...22)).map { _ in "0123456789".randomElement(using: &random)! })
            let cut = digits.index(digits.startIndex, offsetBy: .random(in: 0...digits.count))
            var text = ["", "-", "+"].randomElement()! + digits[..<cut] + (Bool.random() ? "." : "") + digits[cut...]
            if Bool.random() { text += ["e", "E"].randomElement()! + "\(Int.random(in: -330...330))" }
            #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
        for number in [0.1, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p-1022] {
            #expect(parsed("\(number)") == number)
        }
        // Halfway between two numbers: to the even one.
        #expect(parsed("9007199254740993") == 0x1p53)
    }

    @Test(arguments: ["", "-", ".", "1e", "1e+", "e5", "1 ", " 1", "1,5", "0x10", "nan", "inf", "infinity", "1..2", "--1", "1e5.0"])
    func otherTextsAreNone(_ text: String) { #expect(parsed(text) == nil) }
}
