import Foundation

/// Asks the engine to stop. Any thread may raise it; it is never lowered. Its byte stays where it is, for C code to look at.
final class StopFlag: @unchecked Sendable {
    let byte: UnsafeMutablePointer<Bool>

    init() {
        byte = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
        byte.initialize(to: false)
    }

    func raise() {
        byte.pointee = true
    }

    var raised: Bool {
        byte.pointee
    }

    deinit {
        byte.deallocate()
    }
}

/// What went wrong, as an `error` line names it, with the exit code of its kind.
struct EngineFailure: Error {
    enum Kind: String {
        case badOption = "bad_option"
        case promptTooLong = "prompt_too_long"
        case modelMissing = "model_missing"
        case modelCorrupt = "model_corrupt"
        case modelUnsupported = "model_unsupported"
        case outOfMemory = "out_of_memory"
        case backend
        case `internal`
        case interrupted

        var exitCode: Int32 {
            switch self {
            case .badOption, .promptTooLong: return 2
            case .modelMissing, .modelCorrupt, .modelUnsupported: return 3
            case .outOfMemory: return 4
            case .backend, .internal: return 5
            case .interrupted: return 143
            }
        }
    }

    let kind: Kind
    let message: String
}

/// What runs inside the app.
protocol Engine {
    /// Runs a request and writes its lines, all but the error that ends it and `end`.
    ///
    /// - Returns: turns and questions that came to their end, and those that failed while others went on
    func run(_ request: Request, lines: EventLines, stop: StopFlag) throws -> (done: Int, errors: Int)
}

/// Runs an engine on a request file to its end and tells in the event file how it went.
enum EngineRun {
    static func exitCode(_ engine: Engine, folder: URL, app: AgentFolder, stop: StopFlag) -> Int32 {
        do {
            let lines = try EventLines(folder.appendingPathComponent("events.jsonl"))
            let code = try carryOut(engine, folder: folder, app: app, lines: lines, stop: stop)
            try lines.flush()
            return code
        } catch {
            fputs("events: \(error)\n", stderr)
            return EngineFailure.Kind.internal.exitCode
        }
    }

    private static func carryOut(
        _ engine: Engine, folder: URL, app: AgentFolder, lines: EventLines, stop: StopFlag
    ) throws -> Int32 {
        do {
            let request = try RequestReader.read(folder.appendingPathComponent("request.json"))
            let placed = try request.placed { field, name in
                let file = folder.appendingPathComponent(name).standardizedFileURL
                guard !name.hasPrefix("/"), app.holds(file) else {
                    throw EngineFailure(kind: .badOption, message: "request.\(field): is outside of the app's folder")
                }
                let mark = StoreMark(file: file)
                if mark.holds() {
                    try? mark.put()
                }
                return file.path
            }
            let turns = try engine.run(placed, lines: lines, stop: stop)
            let usable = turns.done > 0 || turns.errors == 0
            lines.add("end", [.flag("ok", usable), .number("errors", Int64(turns.errors))])
            return usable ? 0 : EngineFailure.Kind.promptTooLong.exitCode
        } catch let failure as EngineFailure {
            fputs("\(failure.kind.rawValue): \(failure.message)\n", stderr)
            lines.add("error", [.text("kind", failure.kind.rawValue), .text("message", failure.message)])
            lines.add("end", [.flag("ok", false)])
            return failure.kind.exitCode
        }
    }
}
