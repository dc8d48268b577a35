/// Changes of a parameter's rows that are known but not yet made.
///
/// Where most rows of a table get no gradient, an optimizer can put off what a step does to such a row until somebody
/// looks at it. The parameter asks for the changes before it hands out its elements.
package protocol DeferredRows: AnyObject {
    /// Makes all changes.
    func settle(_ weights: inout Tensor)
    /// Makes the changes of `rows`, which may repeat; the caller has checked that they exist.
    func settle(_ weights: inout Tensor, rows: Indices)
}
