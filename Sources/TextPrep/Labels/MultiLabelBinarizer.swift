import HornetSupport

/// Turns sets of labels into rows of 0 and 1 and back, as scikit-learn's `MultiLabelBinarizer`.
///
/// ```swift
/// var binarizer = MultiLabelBinarizer()
/// let y = binarizer.fitTransform([["Finance", "Economy"], ["Economy"]])   // [[1, 1], [1, 0]]
/// print(binarizer.classes)                                               // ["Economy", "Finance"]
/// ```
/// Labels are compared as UTF-8 bytes: "é" as one scalar and as two are different labels, as in Python. A label
/// that occurs twice in a row counts once, an empty row becomes zeros.
public struct MultiLabelBinarizer: Sendable {
    /// The label of each column: sorted by code point, or in the order given to ``init(classes:)``.
    public private(set) var classes: [String] = []
    /// How many rows of the data last fitted have each label; empty before that.
    public private(set) var labelCounts: [Int] = []

    private let classesAreGiven: Bool
    private var isReady: Bool
    private var columns: [ByteKey: Int32] = [:]

    /// Learns its classes from the data.
    public init() {
        classesAreGiven = false
        isReady = false
    }

    /// Has the classes `classes`, in this order. Throws when one occurs twice.
    public init(classes: [String]) throws {
        if let repeated = firstDuplicate(classes) {
            throw HornetError(
                .configuration, at: "MultiLabelBinarizer",
                "the classes contain duplicates: \"\(repeated)\" occurs twice", remedy: "Remove the duplicates")
        }
        self.classes = classes
        columns = MultiLabelBinarizer.numbered(classes)
        classesAreGiven = true
        isReady = true
    }

    private static func numbered(_ classes: [String]) -> [ByteKey: Int32] {
        Dictionary(uniqueKeysWithValues: classes.enumerated().map { (ByteKey($1), Int32($0)) })
    }

    /// The classes that no row of the data last fitted has, in column order. A model can't learn them.
    public var labelsWithoutExamples: [String] {
        zip(classes, labelCounts).filter { $1 == 0 }.map(\.0)
    }

    /// Throws, naming them, when classes have no example in the data last fitted: the strict form of the warning that
    /// ``fit(_:)`` gives.
    public func checkExamples() throws {
        let missing = labelsWithoutExamples
        guard missing.isEmpty else {
            throw HornetError(
                .data, at: "MultiLabelBinarizer", "no example for \(listed(missing))",
                remedy: MultiLabelBinarizer.exampleRemedy)
        }
    }

    private static let exampleRemedy = "A model can't learn such labels: add examples or leave the labels out"

    /// Learns the classes of `samples` and counts them. With classes given it only counts: it warns of those
    /// without an example, and of labels that are not among them.
    public mutating func fit(_ samples: [[String]]) {
        _ = fitRows(samples, at: "MultiLabelBinarizer.fit")
    }

    /// Fits, and gives each row's columns.
    mutating func fitRows(_ samples: [[String]], at place: String) -> LabelRows {
        let rows = classesAreGiven ? knownRows(samples, at: place) : learnedRows(samples)
        labelCounts = Array(repeating: 0, count: classes.count)
        for column in rows.columns { labelCounts[Int(column)] += 1 }
        let missing = labelsWithoutExamples
        if !missing.isEmpty {
            Warning(
                at: place, "no example among \(samples.count) samples for \(listed(missing))",
                remedy: MultiLabelBinarizer.exampleRemedy
            ).emit()
        }
        return rows
    }

    private mutating func learnedRows(_ samples: [[String]]) -> LabelRows {
        columns = [:]
        var found: [ByteKey] = []
        // Numbers by first appearance, exchanged for the sorted ones below.
        var numbers: [Int32] = []
        for label in samples.joined() {
            let key = ByteKey(label)
            if let number = columns[key] {
                numbers.append(number)
            } else {
                let number = Int32(found.count)
                columns[key] = number
                found.append(key)
                numbers.append(number)
            }
        }
        let order = found.indices.sorted { found[$0] < found[$1] }
        var sortedPlace = [Int32](repeating: 0, count: found.count)
        for (place, number) in order.enumerated() { sortedPlace[number] = Int32(place) }
        classes = order.map { found[$0].string }
        columns = columns.mapValues { sortedPlace[Int($0)] }
        isReady = true

        var rows = LabelRows()
        var next = 0
        for labels in samples {
            for number in numbers[next..<next + labels.count] { rows.columns.append(sortedPlace[Int(number)]) }
            rows.endRow()
            next += labels.count
        }
        return rows
    }

    /// Each row's columns; labels that are no class are left out, with one warning for all.
    func knownRows(_ samples: [[String]], at place: String) -> LabelRows {
        require(isReady, "MultiLabelBinarizer", "it is not fitted: call fit or fitTransform first")
        var unknown: Set<ByteKey> = []
        var rows = LabelRows()
        for labels in samples {
            for label in labels {
                let key = ByteKey(label)
                if let column = columns[key] { rows.columns.append(column) } else { unknown.insert(key) }
            }
            rows.endRow()
        }
        if !unknown.isEmpty {
            Warning(at: place, "unknown class(es) \(listed(unknown.sorted().map(\.string))) will be ignored").emit()
        }
        return rows
    }
}

/// Sets of columns, one set a row, in compressed form: the columns of a row ascend.
struct LabelRows {
    private(set) var starts = [0]
    var columns: [Int32] = []

    /// Ends a row whose columns have been appended in any order, repeated ones included.
    mutating func endRow() {
        let start = starts[starts.count - 1]
        if columns.count - start > 1 {
            columns[start...].sort()
            var kept = start
            for position in start + 1..<columns.count where columns[position] != columns[kept] {
                kept += 1
                columns[kept] = columns[position]
            }
            columns.removeLast(columns.count - kept - 1)
        }
        starts.append(columns.count)
    }
}

/// `['x', 'y']`, as Python prints a list.
private func listed(_ labels: [String]) -> String {
    "[" + labels.map { "'\($0)'" }.joined(separator: ", ") + "]"
}
