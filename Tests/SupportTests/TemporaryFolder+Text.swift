import HornetSupport
import HornetTestSupport

extension TemporaryFolder {
    func put(_ text: String, in name: String) throws { try writeAtomically(to: file(name)) { try $0.write(text) } }
}
