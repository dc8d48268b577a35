import HornetTensor
import HornetTextPrep
import Testing

/// Words and features with their places are those that come without.
@Suite struct PositionTests {
    private static let letters: [String] = [
        "a", "B", "c", " ", " ", "  ", "\t", "\n", "\r\n", ".", "'", "-", "_", "é", "e\u{301}", "É", "İ", "Σ", "Σ.", "ß", "Ĳ",
        "中", "文", "\u{A0}", "\u{2003}", "👩‍👩‍👧", "７", "ﬁ", "Ǆ", "\u{301}", "ab", "the",
    ]

    private func texts(_ count: Int) -> [String] {
        var random = RandomSource(seed: 8)
        return [""] + (0..<count).map { _ in
            (0..<random.integer(below: 60)).map { _ in Self.letters[random.integer(below: Self.letters.count)] }.joined()
        }
    }

    @Test func tokensAreThoseOfTheSequence() {
        let texts = texts(500)
        let tokenizers = [
            Tokenizer(numWords: 200), Tokenizer(numWords: 50, oovToken: "?"), Tokenizer(lower: false, split: "ab"),
            Tokenizer(charLevel: true), Tokenizer(filters: "éc", split: "'"), Tokenizer(filters: "", split: "中"),
        ]
        for var tokenizer in tokenizers {
            tokenizer.fit(onTexts: texts.dropLast(100))
            for text in texts {
                let places = tokenizer.places(in: text)
                #expect(places.compactMap(\.id) == tokenizer.textToSequence(text))
                if !tokenizer.charLevel {
                    let words = textToWordSequence(text, filters: tokenizer.filters, lower: tokenizer.lower, split: tokenizer.split)
                    #expect(places.map { Array($0.word.utf8) } == words.map { Array($0.utf8) })
                }
                var end = 0
                for place in places {
                    let bytes = Array(text.utf8)[place.bytes]
                    #expect(!bytes.isEmpty && (place.bytes.lowerBound >= end || tokenizer.charLevel))
                    // Lengths differ where lower case has other bytes; the word itself stands there.
                    let slice = String(decoding: bytes, as: UTF8.self)
                    if !tokenizer.lower { #expect(slice.utf8.elementsEqual(place.word.utf8)) }
                    #expect(slice.unicodeScalars.allSatisfy { $0 == "." || !tokenizer.filters.unicodeScalars.contains($0) || tokenizer.charLevel })
                    end = place.bytes.upperBound
                }
            }
        }
    }

    @Test func featuresAreThoseThatCount() throws {
        let texts = texts(300)
        let vectorizers = [
            CountVectorizer(ngramRange: 1...3), CountVectorizer(stripAccents: .unicode, stopWords: ["ab", "the"], ngramRange: 2...2),
            CountVectorizer(stripAccents: .ascii, tokenPattern: .wordsAndLetters), CountVectorizer(lowercase: false, analyzer: .char, ngramRange: 1...3),
            CountVectorizer(analyzer: .charWithinWords, ngramRange: 2...5), CountVectorizer(stripAccents: .unicode, analyzer: .char),
        ]
        for var vectorizer in vectorizers {
            try vectorizer.fit(Array(texts.dropLast(100)))
            for text in texts {
                var counts = [Float](repeating: 0, count: vectorizer.featureCount)
                for place in try #require(try vectorizer.places(in: text)) {
                    counts[place.column] += 1
                    #expect(place.bytes.allSatisfy { !$0.isEmpty && $0.upperBound <= text.utf8.count })
                }
                #expect(try counts == vectorizer.transform(text).dense.scalars)
            }
        }
    }

    @Test func placesAreBytes() throws {
        var tokenizer = Tokenizer()
        tokenizer.fit(onTexts: ["zürich bern"])
        let places = tokenizer.places(in: "«ZÜRICH», Bern!  zürich")
        #expect(places.map(\.bytes) == [0..<11, 13..<17, 20..<27])
        #expect(places.map(\.word) == ["«zürich»", "bern", "zürich"])
        #expect(places.map(\.id) == [nil, 2, 1])
        let vectorizer = CountVectorizer(stopWords: ["und"], ngramRange: 1...2, vocabulary: ["zürich bern", "bern"])
        let features = try #require(try vectorizer.places(in: "Zürich und BERN"))
        #expect(features.map(\.column) == [1, 0])
        #expect(features.map(\.bytes) == [[12..<16], [0..<7, 12..<16]])
    }

    @Test func functionsOfTheUsersDoNotSay() throws {
        let custom = CountVectorizer(tokenPattern: .custom { [$0] }, vocabulary: ["a"])
        #expect(try custom.places(in: "a") == nil)
        #expect(try CountVectorizer(analyzer: .custom { [$0] }, vocabulary: ["a"]).places(in: "a") == nil)
        #expect(throws: (any Error).self) { try CountVectorizer().places(in: "a") }
    }
}
