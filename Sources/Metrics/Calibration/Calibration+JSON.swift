public import HornetSupport

extension Calibration {
    /// `{"scores": "probabilities", "labels": [{"method": "sigmoid", "slope": −1.1, "intercept": 0.3}, …]}`
    public var json: JSON {
        ["scores": .string(scores.rawValue), "labels": .array(maps.map(\.json))]
    }

    /// Reads ``json``. Throws when it is something else, or holds numbers that make no map.
    public init(json: JSON.Cursor) throws {
        let kind = try json.member("scores")
        guard let scores = Scores(rawValue: try kind.string()) else {
            throw kind.refuse("scores are neither probabilities nor logits")
        }
        self.init(try json.member("labels").array().map(Map.init(json:)), of: scores)
    }
}

extension Calibration.Map {
    fileprivate var json: JSON {
        switch self {
        case .sigmoid(let slope, let intercept):
            return ["method": "sigmoid", "slope": .number(slope), "intercept": .number(intercept)]
        case .temperature(let temperature): return ["method": "temperature", "temperature": .number(temperature)]
        case .isotonic(let scores, let probabilities):
            func numbers(_ values: [Float]) -> JSON { .array(values.map { .number(Double($0)) }) }
            return ["method": "isotonic", "scores": numbers(scores), "probabilities": numbers(probabilities)]
        }
    }

    fileprivate init(json: JSON.Cursor) throws {
        func number(_ name: String) throws -> Double {
            let member = try json.member(name)
            let number = try member.double()
            guard number.isFinite else { throw member.refuse("it is not finite") }
            return number
        }
        let method = try json.member("method")
        switch try method.string() {
        case "sigmoid": self = .sigmoid(slope: try number("slope"), intercept: try number("intercept"))
        case "temperature":
            let temperature = try number("temperature")
            guard temperature > 0 else { throw json.refuse("the temperature is \(temperature)") }
            self = .temperature(temperature)
        case "isotonic":
            let scores = try json.member("scores").array().map { Float(try $0.double()) }
            let probabilities = try json.member("probabilities").array().map { Float(try $0.double()) }
            guard !scores.isEmpty, scores.count == probabilities.count, zip(scores, scores.dropFirst()).allSatisfy(<),
                scores.allSatisfy(\.isFinite), probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }),
                zip(probabilities, probabilities.dropFirst()).allSatisfy(<=)
            else { throw json.refuse("its points do not ascend, or are no probabilities") }
            self = .isotonic(scores: scores, probabilities: probabilities)
        default: throw method.refuse("there is no such way of calibration")
        }
    }
}
