import Foundation

/// When what was loaded, on the boot clock.
struct LoadFigures {
    let start: Int64
    let end: Int64
    let contextStart: Int64
    let contextEnd: Int64
    let warmupEnd: Int64?
    let bytes: Int64

    func write(_ lines: EventLines) {
        lines.add("load", [
            .number("start", start),
            .number("end", end),
            .number("context_start", contextStart),
            .number("context_end", contextEnd),
            .text("cache", "unknown"),
            .number("bytes", bytes),
            .number("warmup_end", warmupEnd),
        ])
    }
}

/// What can be said of a model file before llama.cpp opens it.
enum ModelFile {
    static func checkedSize(_ path: String) throws -> Int64 {
        guard let handle = FileHandle(forReadingAtPath: path),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = (attributes[.size] as? NSNumber)?.int64Value
        else {
            throw EngineFailure(kind: .modelMissing, message: "\(path): no file that can be read")
        }
        defer { try? handle.close() }
        let head = (try? handle.read(upToCount: 24)) ?? Data()
        guard head.count == 24, head.prefix(4).elementsEqual("GGUF".utf8) else {
            throw EngineFailure(kind: .modelCorrupt, message: "\(path): not a GGUF file")
        }
        return size
    }
}
