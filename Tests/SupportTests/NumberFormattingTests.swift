import HornetSupport
import Testing

@Suite("Number formatting") struct NumberFormattingTests {
    @Test(
        "Fixed decimals round the exact binary value, as C does",
        arguments: [
            (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.675, 2, "2.67"), (0.5, 0, "0"), (1.5, 0, "2"), (-0.0, 1, "-0.0"),
            (-0.04, 1, "-0.0"), (1e22, 1, "10000000000000000000000.0"), (.infinity, 3, "inf"), (-.infinity, 3, "-inf"),
            (.nan, 3, "nan"), (0.1, 20, "0.10000000000000000555"), (.leastNonzeroMagnitude, 3, "0.000"),
        ])
    func fixed(x: Double, decimals: Int, expected: String) {
        #expect(formatFixed(x, decimals: decimals) == expected)
    }

    @Test("The largest double fits")
    func largest() {
        let text = formatFixed(-Double.greatestFiniteMagnitude, decimals: 1000)
        #expect(text.utf8.count == 1 + 309 + 1 + 1000)
        #expect(text.hasPrefix("-179769313486231570"))
    }

    @Test("Scientific and general notation")
    func scientific() {
        #expect(formatScientific(0.000012345678, decimals: 4) == "1.2346e-05")
        #expect(formatScientific(0, decimals: 2) == "0.00e+00")
        #expect(formatGeneral(1e-5, digits: 6) == "1e-05")
        #expect(formatGeneral(0.5, digits: 6) == "0.5")
        #expect(formatGeneral(1_234_567, digits: 6) == "1.23457e+06")
    }

    @Test(
        "Thousands",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_288_646, "1,288,646"),
            (-123_456, "-123,456"), (-1000, "-1,000"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func commas(number: Int, expected: String) {
        #expect(withCommas(number) == expected)
    }

    @Test(
        "Byte sizes are Keras'",
        arguments: [
            (0, "0.00 B"), (1023, "1023.00 B"), (1024, "1.00 KB"), (5_154_584, "4.92 MB"), (1 << 30, "1.00 GB"),
            (1 << 60, "1.00 PB"),
        ])
    func byteSizes(size: Int, expected: String) {
        #expect(formatByteSize(size) == expected)
    }

    @Test("Alignment counts scalars")
    func alignment() {
        #expect("ab".rightAligned(4) == "  ab")
        #expect("ab".leftAligned(4) == "ab  ")
        #expect("abc".rightAligned(2) == "abc")
        #expect("e\u{301}".rightAligned(3).unicodeScalars.count == 3)
        #expect("".leftAligned(2) == "  ")
    }
}
