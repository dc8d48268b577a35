import HornetSupport

/// Reads the words and vectors of a file's bytes. Counts and sizes in it are compared with what is there before memory is
/// taken for them.
struct WordVectorsReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let path: String
    private let isWanted: (String) -> Bool
    private var at = 0

    private(set) var words: [String] = []
    private(set) var places: [ByteKey: Int] = [:]
    private(set) var scalars: [Float] = []
    private(set) var dimension = 0
    /// Words that were there already.
    private(set) var repeated = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, path: String, isWanted: @escaping (String) -> Bool) {
        self.bytes = bytes
        self.path = path
        self.isWanted = isWanted
    }

    // MARK: Text

    mutating func readText() throws {
        var line = 0
        var announced: Int?
        var found = 0
        while let range = nextLine() {
            line += 1
            if range.isEmpty { continue }
            if line == 1, let header = header(range) {
                (announced, dimension) = header
                continue
            }
            if dimension == 0 { dimension = range.count { bytes[$0] == blank } }
            guard dimension > 0 else { throw refuse(line: line, "there are no numbers behind the word") }
            try readLine(range, line)
            found += 1
        }
        guard found > 0 || announced != nil else { throw HornetError(.file, at: path, "there are no vectors") }
        try checkCount(found, announced)
    }

    /// The next line, without what ends it; `nil` at the end.
    private mutating func nextLine() -> Range<Int>? {
        guard at < bytes.count else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != newLine { at += 1 }
        var end = at
        at += 1
        while end > start, bytes[end - 1] == blank || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    private mutating func readLine(_ line: Range<Int>, _ lineNumber: Int) throws {
        // From behind, because some words have blanks in them.
        var fields: [Range<Int>] = []
        var end = line.upperBound
        while fields.count < dimension {
            var start = end
            while start > line.lowerBound, bytes[start - 1] != blank { start -= 1 }
            guard start > line.lowerBound else {
                throw refuse(line: lineNumber, "it has \(fields.count) numbers behind the word, expected \(dimension)")
            }
            fields.append(start..<end)
            end = start - 1
        }
        // A blank before a number at the end of the word: rather a number too many than such a word.
        if let last = bytes[line.lowerBound..<end].lastIndex(of: blank), number(last + 1..<end) != nil {
            throw refuse(line: lineNumber, "it has more than \(dimension) numbers")
        }
        guard let place = add(line.lowerBound..<end) else { return }
        for (k, field) in fields.enumerated() {
            guard let value = number(field) else { throw refuse(line: lineNumber, "\"\(text(field))\" is no number") }
            scalars[(place + 1) * dimension - 1 - k] = value
        }
    }

    // MARK: Binary

    mutating func readBinary() throws {
        guard let line = nextLine(), let (count, dimension) = header(line) else {
            throw refuse(line: 1, "expected the number of words and that of dimensions")
        }
        self.dimension = dimension
        let (size, overflow) = dimension.multipliedReportingOverflow(by: MemoryLayout<Float>.size)
        for found in 0..<count {
            // Some writers end each vector with a new line, some don't.
            while at < bytes.count, bytes[at] == newLine { at += 1 }
            let start = at
            while at < bytes.count, bytes[at] != blank { at += 1 }
            let vector = at + 1
            guard !overflow, vector <= bytes.count, size <= bytes.count - vector else { return try checkCount(found, count) }
            at = vector + size
            guard let place = add(start..<vector - 1) else { continue }
            let raw = UnsafeRawBufferPointer(bytes)
            for k in 0..<dimension {
                let bits = raw.loadUnaligned(fromByteOffset: vector + 4 * k, as: UInt32.self)
                let value = Float(bitPattern: UInt32(littleEndian: bits))
                guard value.isFinite else {
                    throw HornetError(.file, at: path, "the vector of word \(found), \"\(words[place])\", is not finite")
                }
                scalars[place * dimension + k] = value
            }
        }
        while at < bytes.count, bytes[at] == newLine { at += 1 }
        guard at == bytes.count else {
            throw HornetError(.file, at: path, "\(bytes.count - at) bytes follow the \(count) vectors of its first line")
        }
    }

    // MARK: Both

    private var blank: UInt8 { UInt8(ascii: " ") }
    private var newLine: UInt8 { UInt8(ascii: "\n") }

    /// `count dimension`, if that is what the line says.
    private func header(_ line: Range<Int>) -> (count: Int, dimension: Int)? {
        let fields = bytes[line].split(separator: blank).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard fields.count == 2, let count = fields[0], let dimension = fields[1], count >= 0, dimension > 0 else { return nil }
        return (count, dimension)
    }

    /// Takes in a word, with zeros for its vector; `nil` when it is not wanted.
    private mutating func add(_ range: Range<Int>) -> Int? {
        let word = text(range)
        guard isWanted(word) else { return nil }
        let place = words.count
        let key = ByteKey(word)
        guard places[key] == nil else {
            repeated += 1
            return nil
        }
        places[key] = place
        words.append(word)
        scalars.append(contentsOf: repeatElement(0, count: dimension))
        return place
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func checkCount(_ found: Int, _ announced: Int?) throws {
        guard let announced, announced != found else { return }
        throw HornetError(
            .file, at: path, "there are \(found) vectors, its first line says \(announced)", remedy: "Was it copied whole?")
    }

    private func number(_ field: Range<Int>) -> Float? {
        guard let value = decimal(UnsafeBufferPointer(rebasing: bytes[field])).map(Float.init), value.isFinite else { return nil }
        return value
    }

    private func refuse(line: Int, _ problem: String) -> HornetError { HornetError(.file, at: "\(path):\(line)", problem) }
}
