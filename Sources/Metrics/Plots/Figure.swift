/// Panels of lines and bars, one under the other, that ``svg`` draws.
package struct Figure: Sendable {
    /// Shown above the panels, and read out in their place.
    package var title: String
    /// What there is to see, in words, for those who don't see it.
    package var description: String
    package var panels: [Panel]
    /// In units of the drawing, in which text is 12 high.
    package var width = 360.0

    package init(title: String, description: String, panels: [Panel]) {
        self.title = title
        self.description = description
        self.panels = panels
    }

    package struct Panel: Sendable {
        package var x: Axis
        package var y: Axis
        package var bars: [Bar] = []
        package var lines: [Line] = []
        /// Of the area within the axes.
        package var height = 200.0

        package init(x: Axis, y: Axis, bars: [Bar] = [], lines: [Line] = [], height: Double = 200) {
            self.x = x
            self.y = y
            self.bars = bars
            self.lines = lines
            self.height = height
        }
    }

    package struct Axis: Sendable {
        package enum Scale: Sendable {
            case linear
            /// Marked at whole numbers alone.
            case wholeNumbers
            /// For numbers from 1 on.
            case logarithmic
        }
        package var name: String
        package var range: ClosedRange<Double>
        package var scale: Scale

        package init(_ name: String, _ range: ClosedRange<Double>, _ scale: Scale = .linear) {
            self.name = name
            self.range = range
            self.scale = scale
        }

        /// An axis that has room for the finite ones of `values`.
        package init(_ name: String, holding values: some Sequence<Double>, _ scale: Scale = .linear) {
            var (low, high) = (Double.infinity, -Double.infinity)
            for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
            if low > high { (low, high) = (0, 1) }
            // A level line lies in the middle.
            if low == high {
                (low, high) = (low - max(low.magnitude / 10, 1e-6), high + max(high.magnitude / 10, 1e-6))
            }
            self.init(name, low...high, scale)
        }
    }

    /// A bar from the lower end of the y axis up.
    package struct Bar: Sendable {
        package var x: ClosedRange<Double>
        package var height: Double
        /// What a pointer that rests on it shows.
        package var note: String

        package init(x: ClosedRange<Double>, height: Double, note: String) {
            self.x = x
            self.height = height
            self.note = note
        }
    }

    package struct Line: Sendable {
        package enum Style: Sendable, Equatable {
            /// Colour and dashes number `n` of the palette.
            case number(Int)
            /// Something to compare with: grey.
            case reference
        }
        /// In the legend; no entry when it is empty.
        package var name: String
        package var points: [(x: Double, y: Double)]
        package var style: Style
        /// Whether the line keeps y until it reaches the next x.
        package var isStepped: Bool
        package var hasDots: Bool

        package init(
            _ name: String, _ points: [(x: Double, y: Double)], _ style: Style, isStepped: Bool = false,
            hasDots: Bool = false
        ) {
            self.name = name
            self.points = points
            self.style = style
            self.isStepped = isStepped
            self.hasDots = hasDots
        }
    }
}
