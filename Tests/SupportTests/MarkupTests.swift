import HornetSupport
import HornetTestSupport
import Testing

@Suite struct MarkupTests {
    static let noncharacters = ([0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF] as [UInt32]).map { String(Unicode.Scalar($0)!) }
        .joined()
    static let attacks = [
        "<script>alert(1)</script>", "\" onload=\"x", "' onload='x", "a & b &amp; c", "]]>", "<!--",
        "\u{0}\u{1F}\u{7F}\u{85}\r",
        "\u{202E}drawkcab\u{2066}\u{2069}", noncharacters, "tab\tline\n", "é 標籤 👩‍👩‍👧 العربية", "",
    ]

    @Test(arguments: attacks) func escapedTextIsTextAgain(_ text: String) throws {
        let escaped = escapedMarkup(text)
        let document = try parseMarkup("<p title=\"\(escaped)\">\(escaped)</p>")
        #expect(document.children.isEmpty)
        #expect(document.attributes.count == 1)
        #expect(document.text == document.attributes["title"])
        if !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" && $0 != "\n" || $0.value > 0x7E }) {
            #expect(document.text == text)
        }
        let forbidden = document.text.unicodeScalars.filter {
            (0x202A...0x202E).contains($0.value) || $0.value == 0x2066
        }
        #expect(forbidden.isEmpty)
    }

    @Test func whatIsInvisibleIsShown() {
        #expect(escapedMarkup("\u{0}\u{1B}\u{7F}") == "␀␛␡")
        #expect(escapedMarkup("\u{202E}a\u{85}") == "\u{FFFD}a\u{FFFD}")
        #expect(escapedMarkup("a\tb\n") == "a\tb\n")
    }

    @Test func longTextIsCut() {
        #expect(shortened("abcdef", to: 6) == "abcdef")
        #expect(shortened("abcdefg", to: 6) == "abcde…")
        #expect(shortened("", to: 1) == "")
    }

    @Test(arguments: [
        "<a><b></a></b>", "<a>", "<a x=1/>", "<a x=\"1\" x=\"2\"/>", "<a>&nbsp;</a>", "<a>a & b</a>", "<a>]]></a>",
        "<a x=\"<\"/>",
        "<a/><b/>", "<a>\u{0}</a>", "<a x=\"1\"y=\"2\"/>", "text",
        "<a>\(Unicode.Scalar(0xFFFF as UInt32)!)</a>", "<a>&#0;</a>", "<a x=\"1/>",
    ])
    func theCheckerRefuses(_ text: String) {
        #expect(throws: HornetError.self) { try parseMarkup(text) }
    }

    @Test func digestsAreThoseOfTheStandard() {
        #expect(sha256Base64([]) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        #expect(sha256Base64(Array(long.utf8)) == "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=")
        #expect(sha256Base64(Array("abc".utf8)) == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }
}
