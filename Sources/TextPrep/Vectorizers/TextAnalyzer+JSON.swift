import HornetSupport

/// In documents, under scikit-learn's names.
extension TextAnalyzer {
    /// Throws when it has a function, which can't be written.
    func settings(of owner: String) throws -> JSON.Object {
        func refusal(_ what: String) -> HornetError {
            HornetError(
                .configuration, at: "\(owner).toJSON", "its \(what) is a function of yours, which can't be written",
                remedy: "Make the vectorizer anew, with featureNames as its vocabulary")
        }
        let kind: String
        switch analyzer {
        case .word: kind = "word"
        case .char: kind = "char"
        case .charWithinWords: kind = "char_wb"
        case .custom: throw refusal("analyzer")
        }
        let pattern: String
        switch tokenPattern {
        case .words: pattern = Self.wordsPattern
        case .wordsAndLetters: pattern = Self.lettersPattern
        case .custom: throw refusal("tokenPattern")
        }
        return [
            "lowercase": .bool(lowercase), "strip_accents": stripAccents.map { .string($0.rawValue) } ?? .null,
            "analyzer": .string(kind), "token_pattern": .string(pattern), "stop_words": .array(stopWords.map(JSON.string)),
            "ngram_range": [.integer(ngramRange.lowerBound), .integer(ngramRange.upperBound)],
        ]
    }

    private static let wordsPattern = #"(?u)\b\w\w+\b"#
    private static let lettersPattern = #"(?u)\b\w+\b"#

    init(_ settings: JSON.Cursor, _ owner: StaticString) throws {
        func named<Choice>(_ key: String, _ choices: [(String, Choice)]) throws -> Choice {
            let cursor = try settings.member(key)
            let name = try cursor.string()
            guard let choice = choices.first(where: { $0.0.utf8.elementsEqual(name.utf8) }) else {
                throw cursor.refuse("\(JSON.string(name)) is not known")
            }
            return choice.1
        }
        let range = try settings.member("ngram_range")
        let bounds = try range.array().map { try $0.int(in: 1...64) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { throw range.refuse("it is no range") }
        self.init(
            lowercase: try settings.member("lowercase").bool(),
            stripAccents: try settings.optional("strip_accents") == nil
                ? nil : named("strip_accents", AccentStripping.allCases.map { ($0.rawValue, $0) }),
            analyzer: try named("analyzer", [("word", .word), ("char", .char), ("char_wb", .charWithinWords)]),
            tokenPattern: try named("token_pattern", [(Self.wordsPattern, .words), (Self.lettersPattern, .wordsAndLetters)]),
            stopWords: try settings.member("stop_words").array().map { try $0.string() }, ngramRange: bounds[0]...bounds[1], owner)
    }
}

extension DocumentLimit {
    var json: JSON {
        switch self {
        case .count(let count): .integer(count)
        case .share(let share): .number(share)
        }
    }

    init(_ cursor: JSON.Cursor) throws {
        if case .integer = cursor.value {
            self = .count(try cursor.int(in: 1...Int.max))
        } else {
            let share = try cursor.double()
            guard (0...1).contains(share) else { throw cursor.refuse("a share is within 0...1") }
            self = .share(share)
        }
    }
}

extension TFIDFTransformer.Norm {
    init(_ cursor: JSON.Cursor) throws {
        guard let norm = Self(rawValue: try cursor.string()) else { throw cursor.refuse("a norm is l1 or l2") }
        self = norm
    }
}

/// The object of a document that says what it is.
func members(of json: String, _ className: String) throws -> JSON.Cursor {
    try members(of: JSON(parsing: json, source: className).cursor(source: className), className)
}

/// The same for a document that is read already.
func members(of root: JSON.Cursor, _ className: String) throws -> JSON.Cursor {
    let name = try root.member("class_name").string()
    guard name.utf8.elementsEqual(className.utf8) else { throw root.refuse("it describes a \(name), not a \(className)") }
    return root
}
