/// How the figures of single labels become one.
public enum Averaging: String, Sendable, CaseIterable {
    /// One figure from the counts of all labels pooled: every decision weighs the same.
    case micro
    /// The plain mean over labels: every label weighs the same, the rare ones too.
    case macro
    /// The mean over labels weighed by their support (how often they are true).
    case weighted
    /// The mean over samples of each sample's own figure; for multi-label input only.
    case samples
}
