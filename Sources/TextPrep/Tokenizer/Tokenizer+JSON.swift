import HornetSupport

extension Tokenizer {
    /// The tokenizer in the format of Keras' `to_json()`, which `tokenizer_from_json` reads. The order of the keys in
    /// `word_docs` and `index_docs`, arbitrary in Keras, is that of first appearance and of ids.
    public func toJSON() -> String {
        let wordIndex = wordIndex
        let config: JSON = [
            "num_words": numWords.map(JSON.integer) ?? .null,
            "filters": .string(filters),
            "lower": .bool(lower),
            "split": .string(split),
            "char_level": .bool(charLevel),
            "oov_token": oovToken.map(JSON.string) ?? .null,
            "document_count": .integer(documentCount),
            "word_counts": Self.nested(wordCounts.map { ($0.word, .integer($0.number)) }),
            "word_docs": Self.nested(wordDocs.map { ($0.word, .integer($0.number)) }),
            "index_docs": Self.nested(
                documentsOfID.sorted { $0.id < $1.id }.map { (String($0.id), .integer($0.value)) }),
            "index_word": Self.nested(idsInOrder.map { (String($0), .string(words[Int(placeOfID[$0]!)])) }),
            "word_index": Self.nested(wordIndex.map { ($0.word, .integer($0.number)) }),
        ]
        return (["class_name": "Tokenizer", "config": config] as JSON).text(.python)
    }

    /// The ids that have a word: first in the order of `wordIndex`, then those that stand in `indexWord` alone.
    private var idsInOrder: [Int32] {
        let ranked = indexOrder.map { ids[Int($0)] }.filter { placeOfID[$0] != nil }
        let all = placeOfID.map(\.id)
        return ranked.count == all.count ? ranked : ranked + Set(all).subtracting(ranked).sorted()
    }

    /// An object as text, as a JSON string. The keys are distinct.
    private static func nested(_ members: [(key: String, value: JSON)]) -> JSON {
        .string("{" + members.map { "\(JSON.string($0.key)): \($0.value)" }.joined(separator: ", ") + "}")
    }

    /// Reads the format of Keras' `to_json()`. Throws when the document is not of that form, with the place in it.
    ///
    /// The five vocabularies stand for themselves, as in Keras: an edited document may leave words out of `word_index`
    /// that the others hold. Fitting goes on where it stopped (Keras' own can't count new words after loading).
    public init(json: String) throws {
        try self.init(json: JSON(parsing: json, source: "tokenizer").cursor(source: "tokenizer"))
    }

    private static let largestCount = 1 << 53

    private init(json root: JSON.Cursor) throws {
        if let name = try root.optional("class_name"), try name.string() != "Tokenizer" {
            throw HornetError(.file, at: root.source, "it describes a \(name.value), not a Tokenizer")
        }
        let config = try root.member("config")
        let known: Set = [
            "num_words", "filters", "lower", "split", "char_level", "oov_token", "document_count", "word_counts",
            "word_docs", "index_docs", "index_word", "word_index",
        ]
        if let key = try config.object().keys.first(where: { !known.contains($0) }) {
            throw HornetError(.file, at: root.source, "config: there is no setting \(JSON.string(key))")
        }
        let charLevel = try config.optional("char_level")?.bool() ?? false
        let split = try config.optional("split")?.string() ?? " "
        guard !split.isEmpty || charLevel else {
            throw HornetError(.file, at: root.source, "config.split: the split string is empty")
        }
        self.init(
            numWords: try config.optional("num_words")?.int(in: 0...Int(Int32.max)),
            filters: try config.optional("filters")?.string() ?? Self.defaultFilters,
            lower: try config.optional("lower")?.bool() ?? true, split: split, charLevel: charLevel,
            oovToken: try config.optional("oov_token")?.string())
        documentCount = try config.optional("document_count")?.int(in: 0...Self.largestCount) ?? 0
        try read(config)
        encoder = SequenceEncoder(self)
    }

    /// Reads the five vocabularies. The last of equal keys counts.
    private mutating func read(_ config: JSON.Cursor) throws {
        try Self.forEachMember("word_counts", in: config) { word, count in
            let place = place(of: word)
            if tallies[place].count == 0 { countOrder.append(Int32(place)) }
            tallies[place].count = try count.int(in: 1...Self.largestCount)
        }
        try Self.forEachMember("word_docs", in: config) { word, count in
            tallies[place(of: word)].documents = try count.int(in: 0...Self.largestCount)
        }
        try Self.forEachMember("index_docs", in: config) { id, count in
            documentsOfID.set(try count.int(in: 0...Self.largestCount), for: try Self.id(id, count))
        }
        try Self.forEachMember("word_index", in: config) { word, id in
            let place = place(of: word)
            if ids[place] == 0 { indexOrder.append(Int32(place)) }
            ids[place] = Int32(try id.int(in: 1...Int(Int32.max) - 1))
        }
        try checkIDs(config)
        try Self.forEachMember("index_word", in: config) { id, word in
            placeOfID.set(Int32(place(of: try word.string())), for: try Self.id(id, word))
        }
    }

    /// Throws when two words have the same id, or the ``oovToken`` has none.
    private func checkIDs(_ config: JSON.Cursor) throws {
        var taken = IDMap<Bool>()
        for place in indexOrder {
            let id = ids[Int(place)]
            guard taken[id] == nil else {
                throw try config.member("word_index").refuse("the id \(id) belongs to two words")
            }
            taken.set(true, for: id)
        }
        if let oovToken, !indexOrder.isEmpty, oovID == 0 {
            throw config.refuse("the oov_token \(JSON.string(oovToken)) has no id in word_index")
        }
    }

    /// Hands the members of the JSON object that stands as a string under `key` to `body`.
    private static func forEachMember(
        _ key: String, in config: JSON.Cursor, _ body: (_ key: String, _ value: JSON.Cursor) throws -> Void
    ) throws {
        let text = try config.member(key).string()
        try JSON.forEachMember(of: text, source: "\(config.source): config.\(key)", body)
    }

    /// An id that is the key of an object's member.
    private static func id(_ key: String, _ member: JSON.Cursor) throws -> Int32 {
        guard let id = Int32(key) else {
            throw HornetError(.file, at: member.source, "the key \(JSON.string(key)) is no id")
        }
        return id
    }
}
