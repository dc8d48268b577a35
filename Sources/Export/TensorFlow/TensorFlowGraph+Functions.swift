import HornetLayers

extension TensorFlowGraph {
    /// What a loop hands on from turn to turn.
    struct LoopVariable {
        let start: Output
        /// The same in every turn.
        let shape: Shape
    }

    /// Turns for as long as `condition` holds; each takes all variables and gives their next values. Returns the last.
    func loop(
        _ variables: [LoopVariable], while condition: (TensorFlowGraph, [Output]) throws -> Output,
        _ body: (TensorFlowGraph, [Output]) throws -> [Output]
    ) throws -> [Output] {
        let types = variables.map(\.start.type)
        let conditionName = try function("condition", types) { [try condition($0, $1)] }
        let bodyName = try function("body", types, body)
        return add(
            "StatelessWhile", variables.map(\.start),
            [
                "T": .types(types), "cond": .function(conditionName), "body": .function(bodyName),
                "output_shapes": .shapes(variables.map(\.shape)),
            ], types: types)
    }

    /// Adds a function to the graph. Returns its name.
    private func function(
        _ role: String, _ types: [TFDataType], _ body: (TensorFlowGraph, [Output]) throws -> [Output]
    ) throws -> String {
        var definition = TFFunctionDef()
        definition.signature.name = scope.name(role)
        func argument(_ name: String, _ type: TFDataType) -> TFOpDef.ArgDef {
            var argument = TFOpDef.ArgDef()
            argument.name = name
            argument.type = type
            return argument
        }
        let graph = TensorFlowGraph(isFunction: true)
        let arguments = types.enumerated().map { Output(reference: "x\($0)", type: $1) }
        definition.signature.inputArg = arguments.map { argument($0.reference, $0.type) }
        for (number, result) in try body(graph, arguments).enumerated() {
            definition.signature.outputArg.append(argument("y\(number)", result.type))
            definition.ret["y\(number)"] = result.reference
        }
        definition.nodeDef = graph.nodes
        functions.append(definition)
        return definition.signature.name
    }
}
