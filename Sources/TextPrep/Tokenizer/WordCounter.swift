/// Counts the words of some documents that follow one another: how often they occur, and in how many documents.
struct WordCounter: ~Copyable {
    /// What stands beside a word: small numbers, so that a word and its numbers share half a cache line.
    struct Numbers: BitwiseCopyable, Sendable {
        var count: UInt32 = 0
        /// The number of documents that the word occurs in, and the last one of them.
        var documents: UInt32 = 0
        var lastDocument: UInt32 = 0
    }

    private(set) var documentCount = 0
    /// The words, in the order in which they first occurred.
    private(set) var words = WordTable(fresh: Numbers())
    /// What was counted by place, but for the numbers beside the words.
    private var settled: [Tokenizer.Tally] = []
    private var unsettledWords = 0
    private var workspace = SplitWorkspace()

    /// Counts the words of one document.
    mutating func count(_ text: UnsafeBufferPointer<UInt8>, _ splitter: WordSplitter) {
        let document = beginDocument()
        splitter.forEachBatch(in: text, &workspace) { batch in
            words.count(batch, in: document)
            unsettledWords += batch.count
        }
    }

    /// Counts a document that is a list of words already.
    mutating func count(wordList: [String], _ splitter: WordSplitter) {
        let document = beginDocument()
        for var word in wordList {
            word.withUTF8 { splitter.asOneWord($0) { batch in words.count(batch, in: document) } }
        }
        unsettledWords += wordList.count
    }

    /// Returns the number of the document.
    private mutating func beginDocument() -> UInt32 {
        documentCount += 1
        if unsettledWords > 1 << 31 { settle() }
        return UInt32(truncatingIfNeeded: documentCount)
    }

    /// Takes over the numbers beside the words before they become too large.
    private mutating func settle() {
        settled += repeatElement(Tokenizer.Tally(), count: words.count - settled.count)
        words.forEachValue { place, numbers in
            settled[place].count += Int(numbers.count)
            settled[place].documents += Int(numbers.documents)
            (numbers.count, numbers.documents) = (0, 0)
        }
        unsettledWords = 0
    }

    /// What was counted, by place.
    mutating func tallies() -> [Tokenizer.Tally] {
        settle()
        return settled
    }
}

extension WordTable<WordCounter.Numbers> {
    @inline(__always)
    fileprivate mutating func count(_ batch: WordBatch, in document: UInt32) {
        insert(batch) { slot in
            slot.value.count &+= 1
            slot.value.documents &+= slot.value.lastDocument == document ? 0 : 1
            slot.value.lastDocument = document
        }
    }
}
