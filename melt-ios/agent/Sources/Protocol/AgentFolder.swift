import Darwin
import Foundation

/// A call of the system that failed.
struct SystemError: Error, CustomStringConvertible {
    let what: String
    let code: Int32

    var description: String {
        "\(what): \(String(cString: strerror(code)))"
    }
}

/// The folder `melt` in `Documents`, which app and host share.
struct AgentFolder {
    let root: URL

    init() throws {
        let documents = try FileManager.default.url(
            for: .documentDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        root = documents.appendingPathComponent("melt", isDirectory: true)
        try AgentFolder.make(root)
    }

    var jobFile: URL {
        root.appendingPathComponent("job.json")
    }

    var selfFile: URL {
        root.appendingPathComponent("app.json")
    }

    func storeFolder(_ sha256: String) -> URL {
        root.appendingPathComponent("store").appendingPathComponent(sha256)
    }

    func trialFolder(_ id: String) -> URL {
        root.appendingPathComponent("trials").appendingPathComponent(id)
    }

    /// Whether a path stays in this folder.
    func holds(_ file: URL) -> Bool {
        let own = root.resolvingSymlinksInPath().standardizedFileURL.path
        let path = file.standardizedFileURL.resolvingSymlinksInPath().standardizedFileURL.path
        return path.hasPrefix(own + "/")
    }

    static func exists(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path)
    }

    static func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Replaces a text as a whole: who reads it meanwhile sees the old or the new one.
    static func replace(_ file: URL, _ text: String) throws {
        let fresh = URL(fileURLWithPath: file.path + ".new")
        try Data(text.utf8).write(to: fresh)
        if rename(fresh.path, file.path) != 0 {
            throw SystemError(what: "rename \(file.lastPathComponent)", code: errno)
        }
    }

    static func remove(_ file: URL) {
        try? FileManager.default.removeItem(at: file)
    }
}

/// A file that grows by whole texts, each handed to the system in one call. Used by one thread at a time.
final class GrowingFile {
    private let descriptor: Int32

    init(_ file: URL) throws {
        descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o644)
        if descriptor < 0 {
            throw SystemError(what: "open \(file.lastPathComponent)", code: errno)
        }
    }

    func add(_ text: String) throws {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let written = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno != EINTR {
                throw SystemError(what: "write", code: errno)
            }
            done += max(0, written)
        }
    }

    deinit {
        close(descriptor)
    }
}
