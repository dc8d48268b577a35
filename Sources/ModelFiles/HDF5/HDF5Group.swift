import HornetSupport
package import HornetTensor

/// A group of an HDF5 file with all that is in it, as far as models are made of it. Names are compared byte by byte.
package struct HDF5Group: Sendable {
    package enum Attribute: Sendable, Equatable {
        case text(String)
        /// A list of texts. What is read is one, whether it is a list of one or no list.
        case texts([String])
        case integers([Int])
        case numbers([Double])
    }

    package enum DataSet: Sendable {
        /// Floats of any width in the file.
        case floats(Tensor)
        case integers([Int], shape: [Int])
    }

    /// A list keeps the order of the file; a name that comes twice counts the first time.
    private var attributes: [(name: ByteKey, value: Attribute)] = []
    private var groups: [(name: ByteKey, value: HDF5Group)] = []
    private var dataSets: [(name: ByteKey, value: DataSet)] = []
    private var places: (attributes: [ByteKey: Int], groups: [ByteKey: Int], dataSets: [ByteKey: Int]) = ([:], [:], [:])

    package init() {}

    package var attributeNames: [String] { attributes.map(\.name.string) }
    package var groupNames: [String] { groups.map(\.name.string) }
    package var dataSetNames: [String] { dataSets.map(\.name.string) }

    package func attribute(_ name: String) -> Attribute? {
        places.attributes[ByteKey(name)].map { attributes[$0].value }
    }

    package func group(_ name: String) -> HDF5Group? { places.groups[ByteKey(name)].map { groups[$0].value } }

    /// The data set at a path within this group: `sequential/dense/kernel`.
    package func dataSet(at path: String) -> DataSet? {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String($0)! }
        guard let name = parts.last else { return nil }
        var group = self
        for part in parts.dropLast() {
            guard let next = group.group(part) else { return nil }
            group = next
        }
        return group.places.dataSets[ByteKey(name)].map { group.dataSets[$0].value }
    }

    package mutating func add(_ value: Attribute, called name: String) {
        let key = ByteKey(name)
        if places.attributes[key] == nil { places.attributes[key] = attributes.count }
        attributes.append((key, value))
    }

    package mutating func add(_ value: HDF5Group, called name: String) {
        let key = ByteKey(name)
        if places.groups[key] == nil { places.groups[key] = groups.count }
        groups.append((key, value))
    }

    /// Adds a data set at a path within this group, with the groups on the way that are not there yet.
    package mutating func add(_ value: DataSet, at path: String) {
        add(value, at: path.utf8.split(separator: UInt8(ascii: "/")).map { String($0)! }[...])
    }

    private mutating func add(_ value: DataSet, at path: ArraySlice<String>) {
        let key = ByteKey(path.first!)
        if path.count == 1 {
            if places.dataSets[key] == nil { places.dataSets[key] = dataSets.count }
            dataSets.append((key, value))
        } else if let place = places.groups[key] {
            groups[place].value.add(value, at: path.dropFirst())
        } else {
            var group = HDF5Group()
            group.add(value, at: path.dropFirst())
            add(group, called: path.first!)
        }
    }

    /// Changes a group within.
    mutating func change(_ name: String, _ body: (inout HDF5Group) -> Void) {
        if let place = places.groups[ByteKey(name)] { body(&groups[place].value) }
    }

    /// Every attribute, group and data set, in this order.
    func forEach(
        attribute: (String, Attribute) throws -> Void, group: (String, HDF5Group) throws -> Void,
        dataSet: (String, DataSet) throws -> Void
    ) rethrows {
        for (name, value) in attributes { try attribute(name.string, value) }
        for (name, value) in groups { try group(name.string, value) }
        for (name, value) in dataSets { try dataSet(name.string, value) }
    }
}

extension HDF5Group {
    /// The text of an attribute.
    package func text(_ name: String) -> String? {
        switch attribute(name) {
        case .text(let text): text
        case .texts(let texts) where texts.count == 1: texts[0]
        default: nil
        }
    }

    /// A list of names as Keras keeps it: in the attribute, or, where that would be too large, in several, numbered from
    /// 0. An empty list has no type that says so. `nil` when there is neither.
    package func names(_ name: String) -> [String]? {
        func list(_ name: String) -> [String]? {
            switch attribute(name) {
            case .texts(let texts): texts
            case .numbers(let numbers) where numbers.isEmpty: []
            case .integers(let integers) where integers.isEmpty: []
            default: nil
            }
        }
        if let whole = list(name) { return whole }
        guard var names = list(name + "0") else { return nil }
        var part = 1
        while let next = list("\(name)\(part)") {
            names += next
            part += 1
        }
        return names
    }
}
