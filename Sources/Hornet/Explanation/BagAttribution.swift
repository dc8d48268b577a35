import HornetLayers
import HornetTensor
import HornetTextPrep

/// Contributions of the words of a text that a model takes as a bag.
struct BagAttribution {
    private let model: Model
    private let label: Int
    private let vectorizers: [TFIDFVectorizer]

    init(_ model: Model, _ label: Int, _ vectorizers: [TFIDFVectorizer]) {
        (self.model, self.label, self.vectorizers) = (model, label, vectorizers)
    }

    /// By the method, or by the best one that fits; `nil` when none does.
    func attribution(_ text: String, _ method: ExplanationMethod?) throws -> Attribution? {
        guard let places = try places(in: text) else { return nil }
        let row = SparseMatrix.concatenated(try vectorizers.map { try $0.transform(text) }, axis: 1)
        let function = LabelValue(model: model, label: label, start: 0)
        switch method {
        case .exact, nil:
            if function.isLinear { return try exact(text, row, places) }
            return method == nil ? try byGradients(text, row, places, function, steps: 32) : nil
        case .pooledGradients(let steps): return try byGradients(text, row, places, function, steps: steps)
        case .integratedGradients, .occlusion: return nil
        }
    }

    /// Where the features of all vectorizers stand, by the columns of the joint row; `nil` when one does not know.
    private func places(in text: String) throws -> [FeaturePlaces]? {
        var (all, offset): ([FeaturePlaces], Int) = ([], 0)
        for vectorizer in vectorizers {
            guard let places = try vectorizer.places(in: text) else { return nil }
            all.append(FeaturePlaces(offset: offset, places: places))
            offset += vectorizer.featureCount
        }
        return all
    }

    private struct FeaturePlaces {
        let offset: Int
        let places: [FeaturePlace]
    }

    /// The model is a sum over features, so that a row of one feature alone gives its term.
    private func exact(_ text: String, _ row: SparseMatrix, _ places: [FeaturePlaces]) throws -> Attribution {
        let count = row.storedCount
        // The row itself, one without features, and one for each feature.
        let rows = try SparseMatrix(
            rowCount: count + 1, columnCount: row.columnCount, rowStarts: [0, 0] + (1..<count + 1).map { $0 },
            columns: row.columns, values: row.values)
        let values = try LabelValue.outputs(of: model, label: label, for: .features(.concatenated([row, rows])))
        let base = values[1]
        let terms = Dictionary(uniqueKeysWithValues: zip(row.columns, values[2...].map { $0 - base }))
        return Attribution(value: values[0], base: base, pieces: pieces(text, terms, places), method: .exact)
    }

    private func byGradients(
        _ text: String, _ row: SparseMatrix, _ places: [FeaturePlaces], _ function: LabelValue, steps: Int
    ) throws -> Attribution? {
        let end = row.dense
        guard let integral = try PathIntegral(from: Tensor.zeros(end.shape), to: end, steps: steps, of: function) else {
            return nil
        }
        let terms = Dictionary(
            uniqueKeysWithValues: zip(row.columns, row.values).map { column, value in
                (column, integral.meanGradient[Int(column)] * Double(value))
            })
        return Attribution(
            value: integral.ends.end, base: integral.ends.start, pieces: pieces(text, terms, places),
            method: .pooledGradients(steps: steps))
    }

    /// Divides each feature's term among its places, and what each place has among its words or characters.
    private func pieces(_ text: String, _ terms: [Int32: Double], _ places: [FeaturePlaces]) -> TextPieces {
        var pieces = TextPieces(text, words: TextPreparation.bag(vectorizers).words(in: text))
        for features in places {
            var counts: [Int: Int] = [:]
            for place in features.places { counts[place.column, default: 0] += 1 }
            for place in features.places {
                guard let term = terms[Int32(features.offset + place.column)] else { continue }
                let part = term / Double(counts[place.column]!)
                if place.bytes.isEmpty { pieces.add(elsewhere: part) }
                for bytes in place.bytes { pieces.add(part / Double(place.bytes.count), at: bytes) }
            }
        }
        return pieces
    }
}
