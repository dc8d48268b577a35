/// Named figures in the order Keras gives them: `loss`, `val_loss` and the metrics.
public struct Logs: Sendable, Equatable, Sequence, CustomStringConvertible {
    private var entries: [(name: String, value: Double)] = []

    public init() {}

    public init(_ entries: [(name: String, value: Double)]) {
        for (name, value) in entries { self[name] = value }
    }

    /// The figure called `name`; `nil` when there is none. Names are compared byte by byte.
    public subscript(name: String) -> Double? {
        get { entries.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
        set {
            let place = entries.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
            switch (place, newValue) {
            case (let place?, let value?): entries[place].value = value
            case (let place?, nil): entries.remove(at: place)
            case (nil, let value?): entries.append((name, value))
            case (nil, nil): break
            }
        }
    }

    public var names: [String] { entries.map(\.name) }

    public func makeIterator() -> some IteratorProtocol<(name: String, value: Double)> { entries.makeIterator() }

    /// The same figures, sorted by name as Keras sorts them before it shows them.
    var sorted: Logs { Logs(entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) }

    /// The same figures as those of validation data: `loss` becomes `val_loss`.
    var asValidation: Logs { Logs(entries.map { ("val_" + $0.name, $0.value) }) }

    mutating func merge(_ other: Logs) {
        for (name, value) in other { self[name] = value }
    }

    public static func == (a: Logs, b: Logs) -> Bool {
        a.entries.elementsEqual(b.entries) { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value }
    }

    public var description: String { entries.map { "\($0.name): \($0.value)" }.joined(separator: ", ") }
}
