import HornetSupport

/// Tells the user that a figure has no definition on this data and was set to some value, in scikit-learn's
/// words; see `Warning` for where it goes.
func warnUndefinedMetric(_ text: String) {
    Warning(at: "UndefinedMetricWarning", text).emit()
}
