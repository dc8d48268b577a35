/// A value for some of the ids. Nearly always those are the ids from 1 on, which are kept in an array.
struct IDMap<Value: Sendable>: Sequence, Sendable {
    /// The values of the ids 1, 2, 3…
    private var low: [Value?] = []
    /// Ids far beyond those, and such as are no word's.
    private var others: [Int32: Value] = [:]

    subscript(id: Int32) -> Value? { id > 0 && id <= low.count ? low[Int(id) - 1] : others[id] }

    mutating func set(_ value: Value, for id: Int32) {
        guard id > 0, id <= 2 * low.count + 16 else { return others[id] = value }
        while low.count < id {
            low.append(others.isEmpty ? nil : others.removeValue(forKey: Int32(low.count) + 1))
        }
        low[Int(id) - 1] = value
    }

    func makeIterator() -> AnyIterator<(id: Int32, value: Value)> {
        var position = 0
        var rest = others.makeIterator()
        return AnyIterator {
            while position < low.count {
                position += 1
                if let value = low[position - 1] { return (Int32(position), value) }
            }
            return rest.next().map { ($0.key, $0.value) }
        }
    }
}
