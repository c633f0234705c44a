import CryptoKit
import Foundation

/// The mark of a stored file that is whole, `NAME.ok`: its size, and when it was made or used last.
struct StoreMark {
    let file: URL

    /// `NAME.ENDING`.
    func beside(_ ending: String) -> URL {
        URL(fileURLWithPath: file.path + "." + ending)
    }

    /// Whether the file was found whole and has not changed since.
    func holds() -> Bool {
        guard let there = StoreMark.attributes(file), let marked = StoreMark.attributes(beside("ok")),
            let text = try? String(contentsOf: beside("ok"), encoding: .utf8)
        else {
            return false
        }
        let size = text.split(separator: "\n").first.flatMap { Int64($0) }
        return size == there.size && there.changed <= marked.changed
    }

    /// Says that it is whole, and used now.
    func put() throws {
        guard let there = StoreMark.attributes(file) else {
            throw SystemError(what: file.lastPathComponent, code: ENOENT)
        }
        let now = Int64(Date().timeIntervalSince1970)
        try AgentFolder.replace(beside("ok"), "\(there.size)\n\(now)\n")
    }

    private static func attributes(_ file: URL) -> (size: Int64, changed: Date)? {
        guard let found = try? FileManager.default.attributesOfItem(atPath: file.path),
            let size = (found[.size] as? NSNumber)?.int64Value,
            let changed = found[.modificationDate] as? Date
        else {
            return nil
        }
        return (size, changed)
    }
}

/// Finds out whether what was brought is what its name says, once, and marks it or removes it.
struct Sealer {
    private static let chunk = 4 << 20
    let folder: AgentFolder

    func seal(sha256: String, name: String) throws {
        let place = folder.storeFolder(sha256)
        try AgentFolder.make(place)
        let mark = StoreMark(file: place.appendingPathComponent(name))
        guard folder.holds(mark.file), !mark.holds() else {
            return
        }
        AgentFolder.remove(mark.beside("ok"))
        AgentFolder.remove(mark.beside("bad"))
        let found = AgentFolder.exists(mark.file) ? try Sealer.hash(mark.file) : "missing"
        if found == sha256 {
            try mark.put()
        } else {
            AgentFolder.remove(mark.file)
            try AgentFolder.replace(mark.beside("bad"), found + "\n")
        }
    }

    private static func hash(_ file: URL) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var digest = SHA256()
        var more = true
        while more {
            try autoreleasepool {
                if let data = try handle.read(upToCount: chunk), !data.isEmpty {
                    digest.update(data: data)
                } else {
                    more = false
                }
            }
        }
        return digest.finalize().map { String(format: "%02x", $0) }.joined()
    }
}
