package import HornetSupport

extension CountVectorizer {
    /// Arguments and features as a JSON document, under scikit-learn's names. Throws when an argument is a function.
    public func toJSON() throws -> String { JSON.object(try members(className: "CountVectorizer")).text(.python) }

    func members(className: String) throws -> JSON.Object {
        var config = try analyzer.settings(of: className)
        config["max_df"] = maxDF.json
        config["min_df"] = minDF.json
        config["max_features"] = maxFeatures.map(JSON.integer) ?? .null
        config["binary"] = .bool(binary)
        config["fixed_vocabulary"] = .bool(hasFixedVocabulary)
        return [
            "class_name": .string(className), "config": .object(config),
            "feature_names": .array(featureNames.map(JSON.string)),
        ]
    }

    /// Reads what ``toJSON()`` gave. Throws when the document is not of that form, with the place in it.
    public init(json: String) throws { try self.init(HornetTextPrep.members(of: json, "CountVectorizer")) }

    init(_ document: JSON.Cursor) throws {
        let config = try document.member("config")
        let features = try document.member("feature_names")
        let names = try features.array().map { try $0.string() }
        guard Set(names.map(ByteKey.init)).count == names.count else { throw features.refuse("a feature stands there twice") }
        let isFixed = try config.member("fixed_vocabulary").bool()
        guard !isFixed || !names.isEmpty else { throw features.refuse("the vocabulary is empty") }
        self.init(
            analyzer: try TextAnalyzer(config, "CountVectorizer"), maxDF: try DocumentLimit(config.member("max_df")),
            minDF: try DocumentLimit(config.member("min_df")),
            maxFeatures: try config.optional("max_features")?.int(in: 1...Int.max), binary: try config.member("binary").bool(),
            hasFixedVocabulary: isFixed)
        setFeatures(names)
    }
}

extension TFIDFTransformer {
    /// Arguments and weights as a JSON document, under scikit-learn's names.
    public func toJSON() -> String {
        JSON.object(["class_name": "TfidfTransformer", "weights": .object(members)]).text(.python)
    }

    var members: JSON.Object {
        [
            "norm": norm.map { .string($0.rawValue) } ?? .null, "use_idf": .bool(useIDF), "smooth_idf": .bool(smoothIDF),
            "sublinear_tf": .bool(sublinearTF), "idf": idf.map { .array($0.map(JSON.number)) } ?? .null,
        ]
    }

    /// Reads what ``toJSON()`` gave. Throws when the document is not of that form, with the place in it.
    public init(json: String) throws {
        try self.init(HornetTextPrep.members(of: json, "TfidfTransformer").member("weights"))
    }

    init(_ weights: JSON.Cursor) throws {
        self.init(
            norm: try weights.optional("norm").map { try Norm($0) }, useIDF: try weights.member("use_idf").bool(),
            smoothIDF: try weights.member("smooth_idf").bool(), sublinearTF: try weights.member("sublinear_tf").bool())
        idf = try weights.optional("idf")?.array().map { try $0.double() }
        guard useIDF || idf == nil else { throw weights.refuse("there are weights that are not used") }
    }
}

extension TFIDFVectorizer {
    /// Arguments, features and weights as a JSON document, under scikit-learn's names. Throws when an argument is a function.
    public func toJSON() throws -> String {
        var members = try counter.members(className: "TfidfVectorizer")
        members["weights"] = .object(weigher.members)
        return JSON.object(members).text(.python)
    }

    /// Reads what ``toJSON()`` gave. Throws when the document is not of that form, with the place in it.
    public init(json: String) throws {
        try self.init(JSON(parsing: json, source: "TfidfVectorizer").cursor(source: "TfidfVectorizer"))
    }

    /// The same from a part of a document that is read already.
    package init(_ json: JSON.Cursor) throws {
        let document = try members(of: json, "TfidfVectorizer")
        self.init(counter: try CountVectorizer(document), weigher: try TFIDFTransformer(document.member("weights")))
        if let idf, idf.count != featureCount {
            throw try document.member("weights").refuse("there are \(idf.count) weights for \(featureCount) features")
        }
    }
}

extension HashingVectorizer {
    /// The arguments as a JSON document, under scikit-learn's names. Throws when one is a function.
    public func toJSON() throws -> String {
        var config = try analyzer.settings(of: "HashingVectorizer")
        config["n_features"] = .integer(featureCount)
        config["binary"] = .bool(binary)
        config["norm"] = norm.map { .string($0.rawValue) } ?? .null
        config["alternate_sign"] = .bool(alternateSign)
        return JSON.object(["class_name": "HashingVectorizer", "config": .object(config)]).text(.python)
    }

    /// Reads what ``toJSON()`` gave. Throws when the document is not of that form, with the place in it.
    public init(json: String) throws {
        let config = try members(of: json, "HashingVectorizer").member("config")
        self.init(
            analyzer: try TextAnalyzer(config, "HashingVectorizer"),
            featureCount: try config.member("n_features").int(in: 1...Int(Int32.max)), binary: try config.member("binary").bool(),
            norm: try config.optional("norm").map { try TFIDFTransformer.Norm($0) },
            alternateSign: try config.member("alternate_sign").bool())
    }
}
