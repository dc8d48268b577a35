import ReutersCorpus
import Testing

private let sample = """
    <!DOCTYPE lewis SYSTEM "lewis.dtd">
    <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="9" NEWID="2">
    <DATE>1-JAN-1900</DATE>
    <TOPICS><D>tin</D><D>copper</D></TOPICS>
    <PLACES><D>nowhere</D></PLACES>
    <TEXT>&#2;
    <TITLE>METALS &lt;up> &amp; away</TITLE>
    <DATELINE>    NOWHERE, Jan 1 - </DATELINE><BODY>Caf\u{E9} AT&T; rises.
     Reuter
    &#3;</BODY></TEXT>
    </REUTERS>
    <REUTERS TOPICS="NO" LEWISSPLIT="NOT-USED" CGISPLIT="TRAINING-SET" OLDID="8" NEWID="1">
    <TOPICS></TOPICS>
    <TEXT TYPE="UNPROC">&#2;
    no marks here
    </TEXT>
    </REUTERS>
    """

@Suite struct ReutersCorpusTests {
    @Test func readsAttributesTopicsTitleAndBody() throws {
        let first = try #require(try ReutersCorpus(sgml: sample).documents.first)
        #expect(first.id == 2)
        #expect(first.part == .train)
        #expect(first.isIndexed)
        #expect(first.topics == ["tin", "copper"])
        #expect(first.title == "METALS <up> & away")
        #expect(first.body == "Caf\u{E9} AT&T; rises.\n Reuter")
        #expect(first.text == first.title + "\n" + first.body)
    }

    @Test func anItemWithoutMarksHasNoText() throws {
        let last = try #require(try ReutersCorpus(sgml: sample).documents.last)
        #expect(last.part == .unused)
        #expect(!last.isIndexed)
        #expect(last.topics.isEmpty)
        #expect(last.text.isEmpty)
    }

    @Test func refusesItemsThatAreCutOff() {
        #expect(throws: ReutersFormatError.self) { try ReutersCorpus(sgml: String(sample.dropLast(20))) }
    }

    @Test func refusesItemsWithoutAnId() {
        #expect(throws: ReutersFormatError.self) { try ReutersCorpus(sgml: "<REUTERS TOPICS=\"YES\"></REUTERS>") }
    }

    @Test(arguments: [
        ("a &lt; b &gt; c", "a < b > c"), ("&amp;lt;", "&lt;"), ("R&D", "R&D"), ("&&amp;", "&&"), ("x &", "x &"),
        ("&unknown;", "&unknown;"), ("a&#3;b&#127;c", "a b c"), ("&#65;", "A"), ("&averylongname;", "&averylongname;"),
        ("\u{FC}&lt;", "\u{FC}<"),
    ])
    func unescapes(_ escaped: String, _ expected: String) {
        #expect(escaped.unicodeScalars.map { UInt8($0.value) }.unescapedLatin1() == expected)
    }

    @Test func aPathThatIsNotThereIsNamed() {
        let error = #expect(throws: ReutersFormatError.self) { try ReutersCorpus(contentsOf: "/nowhere/reuters") }
        #expect(error?.description.contains("/nowhere/reuters") == true)
    }
}
