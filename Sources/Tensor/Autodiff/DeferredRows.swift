/// Changes of a parameter's rows that are known but not yet made.
///
/// Where most rows of a table get no gradient, an optimizer can put off what a step does to such a row until somebody
/// looks at it. The parameter asks for the changes before it hands out its elements.
package protocol DeferredRows: AnyObject {
    /// Whether any change is left to be made.
    var hasChanges: Bool { get }
    /// Makes all changes.
    func settle(_ weights: inout Tensor)
    /// Opens the table for making the changes of some rows.
    func open(_ weights: inout Tensor, _ body: (OpenRows) -> Void)
}

/// A table whose rows can be brought up to date, by several threads at the same time if no two have a row in common.
package struct OpenRows {
    package let weights: UnsafePointer<Float>
    private let settle: (UnsafePointer<Int32>, Int) -> Void

    package init(weights: UnsafePointer<Float>, settle: @escaping (UnsafePointer<Int32>, Int) -> Void) {
        self.weights = weights
        self.settle = settle
    }

    /// Makes the changes of `rows [count]`, which may repeat; the caller has checked that they exist.
    package func settle(_ rows: UnsafePointer<Int32>, _ count: Int) { settle(rows, count) }
}
