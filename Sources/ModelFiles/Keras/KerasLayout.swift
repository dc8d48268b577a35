package import HornetLayers
import HornetSupport
package import HornetTensor

/// Where a Keras file keeps the weights of a model's layers, and in what order.
package struct KerasLayout {
    /// In Keras' order; of models within the model, where those are.
    package let layers: [Layer]
    /// The names of the layers in an archive.
    let places: [String]
    /// The entries of the model's list in the older form, with the places of the layers in each among ``layers``.
    let groups: [(name: String, layers: [Int])]

    init(_ graph: KerasGraph, _ layers: [Layer]) {
        (self.layers, places, groups) = (layers, graph.nodes.map(\.place), graph.groups)
    }

    /// Of a model without models in it, whose layers are called so in Keras.
    init(_ layers: [Layer], names: [String]) {
        self.layers = layers
        places = KerasContainerReader.places(layers.map(\.className))
        groups = names.enumerated().map { ($1, [$0]) }
    }

    /// Whether there are models within the model.
    package var isNested: Bool { places.contains { $0.utf8.contains(UInt8(ascii: "/")) } }

    /// The weights that training changes, in the order in which an optimizer keeps their state.
    package var trainedWeights: [Parameter] { layers.flatMap(\.parameters).filter(\.isTrainable) }

    /// The weights in the order of the older form: of each entry first those that are trained.
    var legacyWeights: [Parameter] {
        groups.flatMap { _, layers in
            let weights = layers.flatMap { self.layers[$0].parameters }
            return weights.filter(\.isTrainable) + weights.filter { !$0.isTrainable }
        }
    }
}
