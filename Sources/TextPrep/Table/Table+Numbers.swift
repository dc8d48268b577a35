import HornetSupport
public import HornetTensor

extension Table {
    /// The columns `names` as numbers, shape `[rowCount, names.count]`: labels given as one column of 0 and 1
    /// each, or features. Throws on an unknown name and on a field that is not a number, with its line.
    public func tensor(of names: [String]) throws -> Tensor {
        let wanted = try names.map(column)
        var scalars: [Float] = []
        scalars.reserveCapacity(rowCount * names.count)
        for row in 0..<rowCount {
            for column in wanted {
                let text = column[row]
                guard let number = Float(text) else {
                    throw HornetError(
                        .data, at: "\(storage.place):\(storage.line(ofRow: rowMap[row]))",
                        "\"\(text)\" in the column \"\(column.name)\" is not a number")
                }
                scalars.append(number)
            }
        }
        return Tensor(scalars, shape: [rowCount, names.count])
    }
}
