import Darwin
import Foundation
import llama
import os

/// llama.cpp b4916 through its C API. The names are those of that build's `llama.h`: `llama_kv_self_clear`, for one, was replaced later.
final class LlamaEngine: Engine {
    static let version = "b4916"
    private let useGPU: Bool

    init(useGPU: Bool) {
        self.useGPU = useGPU
    }

    func run(_ request: Request, lines: EventLines, stop: StopFlag) throws -> (done: Int, errors: Int) {
        let started = BootClock.nanos()
        let log = EngineLog()
        log.install()
        llama_backend_init()
        let loaded: LlamaContext
        do {
            loaded = try LlamaContext(request, useGPU: useGPU, log: log, stop: stop)
        } catch {
            engineLine(lines, started: started, effective: nil)
            throw error
        }
        engineLine(lines, started: started, effective: effective(loaded, request.settings))
        loaded.load.write(lines)
        loaded.writeModel(lines)
        try lines.flush()
        let turns = try TurnLoop(request, context: loaded, lines: lines, stop: stop).run()
        let questions = try QuestionRunner(request, context: loaded, lines: lines, stop: stop).run()
        if let text = request.text {
            try TextRunner(text, context: loaded, lines: lines, stop: stop).run {
                var base = request
                base.model = $0
                return try LlamaContext(base, useGPU: useGPU, log: log, stop: stop)
            }
        }
        return (turns.done + questions.done, turns.errors + questions.errors)
    }

    private func engineLine(_ lines: EventLines, started: Int64, effective: [EventLines.Field]?) {
        var fields: [EventLines.Field] = [
            .text("name", "llama.cpp"),
            .text("version", LlamaEngine.version),
            .text("clock", "boottime"),
            .text("backend", useGPU ? "gpu" : "cpu"),
            .text("system_info", String(cString: llama_print_system_info())),
            .number("pid", Int64(getpid())),
            .number("start", started),
            .flag("per_op", false),
        ]
        if let effective {
            fields.append(.object("effective", effective))
        }
        lines.add("engine", fields)
    }

    private func effective(_ context: LlamaContext, _ settings: Request.Settings) -> [EventLines.Field] {
        [
            .number("threads", Int64(llama_n_threads(context.handle))),
            .number("threads_batch", Int64(llama_n_threads_batch(context.handle))),
            .number("batch", Int64(llama_n_batch(context.handle))),
            .number("ubatch", Int64(llama_n_ubatch(context.handle))),
            .number("context", Int64(context.capacity)),
            .text("cache_type_k", settings.cacheTypeK),
            .text("cache_type_v", settings.cacheTypeV),
            .flag("flash_attention", settings.flashAttention),
            .flag("mmap", settings.mmap),
            .flag("mlock", settings.mlock && !context.lockFailed),
            .number("seed", Int64(settings.seed)),
            .decimal("temperature", settings.temperature),
            .number("top_k", Int64(settings.topK)),
            .decimal("top_p", settings.topP),
            .decimal("min_p", settings.minP),
            .decimal("repeat_penalty", settings.repeatPenalty),
            .flag("ignore_eos", settings.ignoreEos),
            .flag("warmup", settings.warmup),
        ]
    }
}

/// llama.cpp's log: passed on to stderr, and its errors kept, for a call that fails answers nil and no more.
final class EngineLog {
    private let lock = NSLock()
    private var kept = ""
    private var lockFailed = false

    /// To be kept for as long as the process lives: llama.cpp goes on calling it.
    func install() {
        let own = Unmanaged.passRetained(self).toOpaque()
        llama_log_set({ level, text, own in
            guard let text, let own else {
                return
            }
            fputs(text, stderr)
            let log = Unmanaged<EngineLog>.fromOpaque(own).takeUnretainedValue()
            log.keep(String(cString: text), isError: level == GGML_LOG_LEVEL_ERROR)
        }, own)
    }

    private func keep(_ text: String, isError: Bool) {
        lock.lock()
        defer { lock.unlock() }
        if isError && kept.utf8.count < 2000 {
            kept += text
        }
        lockFailed = lockFailed || text.contains("failed to mlock")
    }

    /// What was said at level error, on one line.
    var errors: String {
        lock.lock()
        defer { lock.unlock() }
        return kept.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ")
    }

    var saysLockFailed: Bool {
        lock.lock()
        defer { lock.unlock() }
        return lockFailed
    }

    /// Why a model could not be loaded.
    func modelFailure(_ file: String) -> EngineFailure {
        let words = errors
        let kind: EngineFailure.Kind
        if EngineLog.says(words, EngineLog.memory) {
            kind = .outOfMemory
        } else if EngineLog.says(words, EngineLog.corrupt) {
            kind = .modelCorrupt
        } else {
            kind = .modelUnsupported
        }
        return EngineFailure(kind: kind, message: "\(file): \(words)")
    }

    /// Why a context could not be made.
    func contextFailure() -> EngineFailure {
        let words = errors
        let kind: EngineFailure.Kind = EngineLog.says(words, EngineLog.memory) ? .outOfMemory : .backend
        return EngineFailure(kind: kind, message: "context: \(words)")
    }

    private static let memory = ["failed to allocate", "unable to allocate", "insufficient memory", "out of memory"]
    private static let corrupt = [
        "invalid magic", "not within the file bounds", "failed to read", "corrupted or incomplete", "invalid GGUF",
        "unexpectedly reached end of file", "read error",
    ]

    private static func says(_ words: String, _ texts: [String]) -> Bool {
        texts.contains { words.contains($0) }
    }
}
