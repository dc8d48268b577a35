import CHornetModelFiles
import HornetSupport
import HornetTensor

/// Reading and writing HDF5 files, by the system's libhdf5.
///
/// The library has crashed on malformed files, so it reads in a process of its own, which is limited in memory and time;
/// data sets that take more room than the file has for them are refused, and links to other files are not followed.
package enum HDF5File {
    /// The bytes that a file begins with.
    package static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    static func damaged(_ path: String) -> HornetError {
        HornetError(.file, at: path, "no valid HDF5 file, or a damaged one", remedy: "Was it copied whole?")
    }

    /// Everything in a file of this content; `source` names it in errors.
    package static func read(_ content: UnsafeRawBufferPointer, source: String) throws -> HDF5Group {
        try load(source)
        var (process, descriptor): (pid_t, Int32) = (0, 0)
        let code = hornet_hdf5_start_reader(content.baseAddress, content.count, &process, &descriptor)
        guard code == 0 else {
            throw HornetError.system(source, "no process can be started to read it", code: code)
        }
        var stream = HDF5Stream(descriptor: descriptor, path: source, fileSize: content.count)
        let result = Result { () throws(any Error) in try stream.root() }
        let endedWell = hornet_hdf5_end_reader(process, descriptor) != 0
        let root = try result.get()
        guard endedWell else { throw damaged(source) }
        return root
    }

    /// Makes a file in memory of everything in `root`, and gives its bytes to `body`.
    package static func write(
        _ root: HDF5Group, for path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try load(path)
        let failure = HornetError(.file, at: path, "libhdf5 can't write it", remedy: "Is there enough memory?")
        defer { hornet_hdf5_close() }
        let group = hornet_hdf5_create(root.byteCount)
        guard group >= 0 else { throw failure }
        let isWritten = write(root, to: group)
        hornet_hdf5_end_group(group)
        guard isWritten else { throw failure }
        var (bytes, count): (UnsafeRawPointer?, Int) = (nil, 0)
        guard hornet_hdf5_image(&bytes, &count) == 0 else { throw failure }
        try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    private static func load(_ path: String) throws {
        guard let reason = hornet_hdf5_load() else { return }
        throw HornetError(
            .file, at: path, "Keras' files need HDF5, and \(String(cString: reason))",
            remedy: "Install it: apt-get install libhdf5-103-1 (or libhdf5-dev)")
    }

    private static func write(_ group: HDF5Group, to id: Int64) -> Bool {
        var isWritten = true
        group.forEach { name, attribute in
            isWritten = isWritten && write(attribute, called: name, to: id)
        } group: { name, inner in
            guard isWritten else { return }
            let innerID = hornet_hdf5_begin_group(id, name)
            isWritten = innerID >= 0 && write(inner, to: innerID)
            if innerID >= 0 { hornet_hdf5_end_group(innerID) }
        } dataSet: { name, data in
            isWritten = isWritten && write(data, called: name, to: id)
        }
        return isWritten
    }

    private static func write(_ attribute: HDF5Group.Attribute, called name: String, to id: Int64) -> Bool {
        switch attribute {
        case .text(let text): return hornet_hdf5_write_text(id, name, text) == 0
        case .texts(let texts) where texts.isEmpty: return hornet_hdf5_write_nothing(id, name) == 0
        case .texts(let texts):
            return withCStrings(texts) { hornet_hdf5_write_texts(id, name, $0.baseAddress, texts.count) == 0 }
        case .integers, .numbers: trap("HDF5File.write", "Keras' files have no attribute like \(name)")
        }
    }

    private static func write(_ data: HDF5Group.DataSet, called name: String, to id: Int64) -> Bool {
        switch data {
        case .floats(let tensor):
            let shape = tensor.shape.map(UInt64.init)
            return tensor.withUnsafeBufferPointer {
                hornet_hdf5_write_floats(id, name, shape, Int32(shape.count), $0.baseAddress) == 0
            }
        case .integers(let integers, let shape):
            let (values, sizes) = (integers.map(Int64.init), shape.map(UInt64.init))
            return hornet_hdf5_write_integers(id, name, sizes, Int32(sizes.count), values) == 0
        }
    }
}

/// The texts as C sees them, while `body` runs.
func withCStrings<R>(_ texts: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) throws -> R) rethrows -> R {
    var bytes: [UInt8] = []
    let starts = texts.map { text in
        defer { bytes += Array(text.utf8) + [0] }
        return bytes.count
    }
    return try bytes.withUnsafeBytes { bytes in
        try starts.map { bytes.baseAddress!.advanced(by: $0).assumingMemoryBound(to: CChar.self) as UnsafePointer? }
            .withUnsafeBufferPointer(body)
    }
}

extension HDF5Group {
    /// About how many bytes a file of it has.
    fileprivate var byteCount: Int {
        var count = 1024
        forEach { _, attribute in
            switch attribute {
            case .text(let text): count += text.utf8.count + 256
            case .texts(let texts): count += texts.reduce(256) { $0 + $1.utf8.count + 64 }
            case .integers, .numbers: break
            }
        } group: { _, group in
            count += group.byteCount
        } dataSet: { _, data in
            count += 1024
            if case .floats(let tensor) = data { count += tensor.count * MemoryLayout<Float>.size }
        }
        return count
    }
}
