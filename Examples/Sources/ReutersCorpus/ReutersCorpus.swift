/// Reuters-21578, distribution 1.0: newswire of 1987 with topics, the yardstick of multi-label tagging.
///
/// The collection is for research only and not part of this package; its README tells the terms.
public struct ReutersCorpus: Sendable {
    /// The items in the order of their ids.
    public let documents: [ReutersDocument]

    /// Reads the collection: a folder with its `.sgm` files, or the `.tar.gz` it comes in.
    public init(contentsOf path: String) throws {
        var documents: [ReutersDocument] = []
        for file in try ReutersFiles.read(path) {
            try file.withUnsafeBytes { bytes in documents += try ReutersCorpus.parse(bytes) }
        }
        guard !documents.isEmpty else {
            throw ReutersFormatError("\(path): there are no <REUTERS> items in it")
        }
        self.documents = documents.sorted { $0.id < $1.id }
    }

    /// Reads items that stand in a string.
    package init(sgml: String) throws {
        documents = try Array(sgml.unicodeScalars.map { UInt8($0.value) }).withUnsafeBytes(ReutersCorpus.parse)
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer) throws -> [ReutersDocument] {
        var reader = SGMLReader(bytes)
        var documents: [ReutersDocument] = []
        var draft: Draft?
        while let piece = reader.next() {
            if piece.tag.starts(with: "REUTERS ".utf8) {
                draft = try Draft(attributes: String(decoding: piece.tag, as: UTF8.self))
            } else if piece.tag.elementsEqual("/REUTERS".utf8), let finished = draft {
                documents.append(finished.document)
                draft = nil
            } else {
                draft?.take(piece)
            }
        }
        if let draft { throw ReutersFormatError("item \(draft.id) has no end: the file is cut off") }
        return documents
    }
}

/// An item whose end has not been read yet.
private struct Draft {
    let id: Int
    private let part: ReutersDocument.Part
    private let isIndexed: Bool
    private var topics: [String] = []
    private var title = ""
    private var body = ""
    private var isInTopics = false

    /// `attributes` as in `REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" … NEWID="1"`.
    init(attributes: String) throws {
        func value(of name: String) -> String? {
            let attribute = attributes.split(separator: " ").first { $0.hasPrefix(name + "=\"") }
            return attribute.map { String($0.dropFirst(name.count + 2).dropLast()) }
        }
        guard let id = value(of: "NEWID").flatMap({ Int($0) }),
            let part = value(of: "LEWISSPLIT").flatMap(ReutersDocument.Part.init(rawValue:)),
            let topics = value(of: "TOPICS")
        else { throw ReutersFormatError("<\(attributes)> lacks NEWID, LEWISSPLIT or TOPICS") }
        self.id = id
        self.part = part
        isIndexed = topics == "YES"
    }

    mutating func take(_ piece: SGMLReader.Piece) {
        switch String(decoding: piece.tag, as: UTF8.self) {
        case "TOPICS": isInTopics = true
        case "/TOPICS": isInTopics = false
        case "D" where isInTopics: topics.append(piece.text.unescapedLatin1())
        case "TITLE": title = piece.text.unescapedLatin1().trimmed
        case "BODY": body = piece.text.unescapedLatin1().trimmed
        default: break
        }
    }

    var document: ReutersDocument {
        ReutersDocument(id: id, part: part, isIndexed: isIndexed, topics: topics, title: title, body: body)
    }
}

extension String {
    fileprivate var trimmed: String {
        let kept = drop { $0.isWhitespace }
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
