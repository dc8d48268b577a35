import HornetSupport

/// What ``lint(texts:labels:classes:targets:validationSplit:validation:test:sampleWeight:model:tokenizer:maxLength:padding:truncating:minPositives:)``
/// found, the worst first.
public struct LintReport: Sendable, CustomStringConvertible {
    public let findings: [Finding]
    /// What was looked at: `7,770 texts, 90 labels`.
    public let subject: String

    /// Something in the data or the model that will probably spoil training, or what is measured of it.
    public struct Finding: Sendable, Equatable {
        public let kind: Kind
        public let severity: Severity
        /// What is wrong, in a few words.
        public let title: String
        /// Figures, and some of the rows.
        public let evidence: [String]
        /// What to do about it.
        public let remedy: String
    }

    public enum Severity: Int, Sendable, Comparable, CaseIterable {
        /// Good to know.
        case notice
        /// Probably not meant.
        case warning
        /// Training or its figures will be wrong.
        case error

        public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
    }

    public enum Kind: String, Sendable, CaseIterable {
        case explodedWeights, absentLabels, rareLabels, constantLabels, unknownLabels, labelOrder, imbalance
        case duplicates, duplicatesAcrossParts, nearDuplicates, conflictingLabels, emptyTexts, damagedTexts, labelNamesInTexts
        case vocabularySize, unmaskedPadding, unknownWords, truncation
        case outputCount, activationAndLoss, emptyMetric
    }

    init(_ findings: [Finding], subject: String) {
        // Stable: findings of one severity stay in the order of the checks.
        self.findings = Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
        self.subject = subject
    }

    /// The findings of a kind.
    public subscript(kind: Kind) -> [Finding] { findings.filter { $0.kind == kind } }

    /// Whether nothing is worse than a notice.
    public var isClean: Bool { findings.allSatisfy { $0.severity == .notice } }

    /// A table: severity, title, evidence and remedy of each finding.
    public var description: String {
        let counts = Severity.allCases.reversed().map { severity in
            let count = findings.count { $0.severity == severity }
            return "\(count) \(severity)\(count == 1 ? "" : "s")"
        }
        let head = "\(subject): " + (findings.isEmpty ? "nothing found" : counts.joined(separator: ", "))
        let rows = findings.flatMap { finding in
            ["\(finding.severity)".leftAligned(9) + finding.title]
                + (finding.evidence + ["→ " + finding.remedy]).map { "".leftAligned(9) + $0 }
        }
        return ([head] + rows).joined(separator: "\n")
    }
}
