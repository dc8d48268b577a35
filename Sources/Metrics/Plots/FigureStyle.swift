/// Colours and dashes, light and dark.
///
/// The colours are those of Okabe and Ito 2008, "Color Universal Design", made darker or lighter where they would not
/// stand out from the page by 3 to 1. Dashes tell lines apart without them.
package enum FigureStyle {
    /// How many lines look different.
    package static let count = 6

    private static let dashes = ["", "8 3", "2 3", "9 3 2 3", "14 3", "4 2"]
    private static let light = Theme(
        page: "#ffffff", text: "#1f2328", faint: "#59636e", grid: "#d8dee4", bar: "#afb8c1",
        lines: ["#0072b2", "#d55e00", "#00795a", "#a8447f", "#8a6200", "#4d4d4d"])
    private static let dark = Theme(
        page: "#0d1117", text: "#e6edf3", faint: "#9198a1", grid: "#2a313c", bar: "#4b535d",
        lines: ["#56b4e9", "#ff8b3d", "#2fc298", "#e58fc0", "#e6b93c", "#c4c9d0"])

    private struct Theme {
        let page, text, faint, grid, bar: String
        let lines: [String]

        var rules: String {
            ".chart .page{fill:\(page)}.chart text{fill:\(text)}.chart .faint{fill:\(faint)}"
                + ".chart .grid{stroke:\(grid)}.chart .axis{stroke:\(faint)}.chart .bar{fill:\(bar)}"
                + ".chart .r{stroke:\(faint)}"
                + lines.enumerated().map { ".chart .l\($0){stroke:\($1)}.chart .d\($0){fill:\($1)}" }.joined()
        }
    }

    /// Style sheet of a page that has ``Figure/svg(id:)`` in it. No variables: programs that draw SVG outside of
    /// browsers do not know them.
    package static let sheet =
        ".chart text{font:12px system-ui,-apple-system,\"Segoe UI\",sans-serif}"
        + ".chart .title{font-weight:600;font-size:13px}"
        + ".chart path{fill:none}.chart .grid,.chart .axis{stroke-width:1}"
        + ".chart .line{stroke-width:2;stroke-linejoin:round}"
        + ".chart .r{stroke-width:1.5;stroke-dasharray:4 4}"
        + dashes.enumerated().filter { !$1.isEmpty }.map { ".chart .l\($0){stroke-dasharray:\($1)}" }.joined()
        + light.rules + "@media screen and (prefers-color-scheme:dark){" + dark.rules + "}"

    static func lineClass(_ style: Figure.Line.Style) -> String {
        switch style {
        case .number(let number): "line l\(number % count)"
        case .reference: "r"
        }
    }

    static func dotClass(_ style: Figure.Line.Style) -> String {
        switch style {
        case .number(let number): "d\(number % count)"
        case .reference: "faint"
        }
    }
}
