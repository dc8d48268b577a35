/// The version of this package, written into the files that it saves. Versions follow
/// [Semantic Versioning](https://semver.org).
public let hornetVersion = "0.1.0"
