import Foundation
import llama
import os

/// A loaded model with one sequence of tokens and its KV cache. Tokens are put behind the `position` and evaluated then. Lives as long as the
/// process: the app ends after a trial.
final class LlamaContext {
    let model: OpaquePointer
    let vocab: OpaquePointer
    let handle: OpaquePointer
    let capacity: Int
    let load: LoadFigures
    let lockFailed: Bool
    private let log: EngineLog
    private let stop: StopFlag
    private let sampler: UnsafeMutablePointer<llama_sampler>
    let batchSize: Int
    let vocabularySize: Int
    private let tokens: UnsafeMutablePointer<llama_token>
    private let positions: UnsafeMutablePointer<llama_pos>
    private let wants: UnsafeMutablePointer<Int8>
    private(set) var position = 0

    init(_ request: Request, useGPU: Bool, log: EngineLog, stop: StopFlag) throws {
        let settings = request.settings
        let bytes = try ModelFile.checkedSize(request.model)
        if (!settings.mmap || settings.mlock) && bytes > Int64(os_proc_available_memory()) {
            throw EngineFailure(
                kind: .outOfMemory,
                message: "\(request.model): \(bytes) bytes needed, \(os_proc_available_memory()) available")
        }

        let loadStart = BootClock.nanos()
        let model = try LlamaContext.loadModel(request, useGPU: useGPU, log: log, stop: stop)
        let loadEnd = BootClock.nanos()
        guard let vocab = llama_model_get_vocab(model) else {
            throw EngineFailure(kind: .modelUnsupported, message: "\(request.model): no vocabulary")
        }

        let contextStart = BootClock.nanos()
        let handle = try LlamaContext.context(model, request.settings, useGPU: useGPU, log: log, stop: stop)
        let contextEnd = BootClock.nanos()

        self.model = model
        self.vocab = vocab
        self.handle = handle
        self.log = log
        self.stop = stop
        capacity = Int(llama_n_ctx(handle))
        batchSize = Int(llama_n_batch(handle))
        vocabularySize = Int(llama_vocab_n_tokens(vocab))
        sampler = try LlamaContext.sampler(vocab, settings)
        // one more than fit shows that a prompt is too long
        tokens = .allocate(capacity: capacity + 1)
        tokens.initialize(repeating: 0, count: capacity + 1)
        positions = .allocate(capacity: capacity + 1)
        for at in 0...capacity {
            (positions + at).initialize(to: llama_pos(at))
        }
        wants = .allocate(capacity: max(batchSize, capacity + 1))
        lockFailed = log.saysLockFailed
        var warm: Int64?
        if settings.warmup {
            try LlamaContext.warmUp(handle, vocab)
            warm = BootClock.nanos()
        }
        load = LoadFigures(
            start: loadStart, end: loadEnd, contextStart: contextStart, contextEnd: contextEnd, warmupEnd: warm,
            bytes: bytes)
    }

    private static func context(
        _ model: OpaquePointer, _ settings: Request.Settings, useGPU: Bool, log: EngineLog, stop: StopFlag
    ) throws -> OpaquePointer {
        var params = llama_context_default_params()
        params.n_ctx = settings.context
        params.n_batch = settings.batch
        params.n_ubatch = settings.ubatch
        params.n_threads = settings.threads
        params.n_threads_batch = settings.threadsBatch
        params.type_k = try LlamaContext.cacheType(settings.cacheTypeK, "cache_type_k")
        params.type_v = try LlamaContext.cacheType(settings.cacheTypeV, "cache_type_v")
        params.flash_attn = settings.flashAttention
        params.offload_kqv = useGPU
        params.no_perf = false
        params.abort_callback = { $0?.assumingMemoryBound(to: Bool.self).pointee ?? false }
        params.abort_callback_data = UnsafeMutableRawPointer(stop.byte)
        guard let handle = llama_init_from_model(model, params) else {
            throw log.contextFailure()
        }
        return handle
    }

    private static func loadModel(
        _ request: Request, useGPU: Bool, log: EngineLog, stop: StopFlag
    ) throws -> OpaquePointer {
        var params = llama_model_default_params()
        params.use_mmap = request.settings.mmap
        params.use_mlock = request.settings.mlock
        params.progress_callback = { _, flag in !(flag?.assumingMemoryBound(to: Bool.self).pointee ?? false) }
        params.progress_callback_user_data = UnsafeMutableRawPointer(stop.byte)
        if useGPU {
            params.n_gpu_layers = 999
        } else {
            // an empty list of devices: else Metal would take part even without layers of its own
            let none = UnsafeMutablePointer<ggml_backend_dev_t?>.allocate(capacity: 1)
            none.initialize(to: nil)
            params.devices = none
            params.n_gpu_layers = 0
        }
        guard let model = llama_model_load_from_file(request.model, params) else {
            throw stop.raised
                ? EngineFailure(kind: .interrupted, message: "stopped while the model was loaded")
                : log.modelFailure(request.model)
        }
        return model
    }

    private static func cacheType(_ name: String, _ field: String) throws -> ggml_type {
        switch name {
        case "f32": return GGML_TYPE_F32
        case "f16": return GGML_TYPE_F16
        case "bf16": return GGML_TYPE_BF16
        case "q8_0": return GGML_TYPE_Q8_0
        case "q4_0": return GGML_TYPE_Q4_0
        case "q4_1": return GGML_TYPE_Q4_1
        case "q5_0": return GGML_TYPE_Q5_0
        case "q5_1": return GGML_TYPE_Q5_1
        case "iq4_nl": return GGML_TYPE_IQ4_NL
        default:
            throw EngineFailure(kind: .badOption, message: "request.settings.\(field): no cache type: \(name)")
        }
    }

    /// Two tokens that are not counted, with all weights touched.
    private static func warmUp(_ handle: OpaquePointer, _ vocab: OpaquePointer) throws {
        var ends = [llama_vocab_bos(vocab), llama_vocab_eos(vocab)].filter { $0 >= 0 }
        if ends.isEmpty {
            ends = [0]
        }
        llama_set_warmup(handle, true)
        let count = Int32(ends.count)
        let code = ends.withUnsafeMutableBufferPointer { llama_decode(handle, llama_batch_get_one($0.baseAddress, count)) }
        llama_synchronize(handle)
        llama_set_warmup(handle, false)
        llama_kv_self_clear(handle)
        llama_perf_context_reset(handle)
        if code != 0 {
            throw EngineFailure(kind: .backend, message: "warm-up: llama_decode: code \(code)")
        }
    }

    /// llama.cpp's own chain, in its usual order.
    private static func sampler(
        _ vocab: OpaquePointer, _ settings: Request.Settings
    ) throws -> UnsafeMutablePointer<llama_sampler> {
        var params = llama_sampler_chain_default_params()
        params.no_perf = true
        guard let chain = llama_sampler_chain_init(params) else {
            throw EngineFailure(kind: .backend, message: "no sampler")
        }
        if settings.ignoreEos {
            let count = llama_vocab_n_tokens(vocab)
            let ends = (0..<count).filter { llama_vocab_is_eog(vocab, $0) }
            let biases = ends.map { llama_logit_bias(token: $0, bias: -.infinity) }
            llama_sampler_chain_add(chain, llama_sampler_init_logit_bias(count, Int32(biases.count), biases))
        }
        if settings.repeatPenalty != 1 {
            llama_sampler_chain_add(chain, llama_sampler_init_penalties(64, Float(settings.repeatPenalty), 0, 0))
        }
        if settings.temperature == 0 {
            llama_sampler_chain_add(chain, llama_sampler_init_greedy())
        } else {
            llama_sampler_chain_add(chain, llama_sampler_init_top_k(settings.topK))
            llama_sampler_chain_add(chain, llama_sampler_init_top_p(Float(settings.topP), 1))
            llama_sampler_chain_add(chain, llama_sampler_init_min_p(Float(settings.minP), 1))
            llama_sampler_chain_add(chain, llama_sampler_init_temp(Float(settings.temperature)))
            llama_sampler_chain_add(chain, llama_sampler_init_dist(UInt32(settings.seed)))
        }
        return chain
    }

    /// Empties the KV cache.
    func clear() {
        llama_kv_self_clear(handle)
        position = 0
    }

    /// Puts a token behind the others. The caller has looked whether it fits.
    func put(_ token: llama_token) {
        tokens[position] = token
        position += 1
    }

    /// Puts the tokens of a text behind the others; false, and nothing put, if they are more than fit.
    func put(text: String) -> Bool {
        let length = Int32(text.utf8.count)
        let room = Int32(capacity - position + 1)
        let count = Int(llama_tokenize(vocab, text, length, tokens + position, room, position == 0, true))
        guard count >= 0, position + count <= capacity else {
            return false
        }
        position += count
        return true
    }

    /// Takes back what was put from there on and never evaluated.
    func unput(to: Int) {
        position = to
    }

    /// Evaluates what was put from one position to another and waits until the last one's logits are there.
    func evaluate(from: Int, to: Int) throws {
        var at = from
        while at < to {
            let count = min(batchSize, to - at)
            // without a list of wanted logits the last token of the batch gets them, and all belong to sequence 0
            let batch = llama_batch(
                n_tokens: Int32(count), token: tokens + at, embd: nil, pos: positions + at, n_seq_id: nil, seq_id: nil,
                logits: nil)
            let code = llama_decode(handle, batch)
            if code != 0 {
                throw failure(code)
            }
            at += count
        }
        llama_synchronize(handle)
    }

    /// The same for one batch at the most, with logits for every position from `wanted` on.
    func evaluateForLogits(from: Int, to: Int, wanted: Int) throws {
        let count = to - from
        for at in 0..<count {
            wants[at] = from + at >= wanted ? 1 : 0
        }
        let batch = llama_batch(
            n_tokens: Int32(count), token: tokens + from, embd: nil, pos: positions + from, n_seq_id: nil, seq_id: nil,
            logits: wants)
        let code = llama_decode(handle, batch)
        if code != 0 {
            throw failure(code)
        }
        llama_synchronize(handle)
    }

    /// The logits of a token of the last batch; they hold until the next one.
    func logits(_ index: Int) throws -> UnsafeBufferPointer<Float> {
        guard let row = llama_get_logits_ith(handle, Int32(index)) else {
            throw EngineFailure(kind: .backend, message: "no logits for token \(index) of the batch")
        }
        return UnsafeBufferPointer(start: row, count: vocabularySize)
    }

    /// Empties the KV cache behind the first tokens; says how many are kept: none where the model's kind of memory cannot be cut.
    func keep(_ tokens: Int) -> Int {
        if tokens == 0 || !llama_kv_self_seq_rm(handle, 0, llama_pos(tokens), -1) {
            clear()
        } else {
            position = tokens
        }
        return position
    }

    private func failure(_ code: Int32) -> EngineFailure {
        if code == 2 || stop.raised {
            return EngineFailure(kind: .interrupted, message: "stopped while tokens were evaluated")
        }
        let what = code == 1 ? "no room in the KV cache" : "code \(code)"
        let kind: EngineFailure.Kind = log.errors.contains("failed to allocate") ? .outOfMemory : .backend
        return EngineFailure(kind: kind, message: "llama_decode: \(what); \(log.errors)")
    }

    /// Chooses the token that follows the last one evaluated.
    func sample() -> llama_token {
        llama_sampler_sample(sampler, handle, -1)
    }

    func endsGeneration(_ token: llama_token) -> Bool {
        llama_vocab_is_eog(vocab, token)
    }

    /// Makes the next turn independent of those before: the seed starts anew, and so do the engine's own figures.
    func beginTurn() {
        llama_sampler_reset(sampler)
        llama_perf_context_reset(handle)
    }

    /// The token that a text begins with, where this model wants one and the context is empty.
    var beginHere: llama_token? {
        position == 0 && beginsTexts ? llama_vocab_bos(vocab) : nil
    }

    /// Whether this model wants its begin token before a text.
    var beginsTexts: Bool {
        llama_vocab_get_add_bos(vocab) && llama_vocab_bos(vocab) >= 0
    }

    /// What stands for an empty context: the begin token, else the end token, else token 0.
    var emptyContext: llama_token {
        let begin = llama_vocab_bos(vocab)
        return begin >= 0 ? begin : max(llama_vocab_eos(vocab), 0)
    }

    /// The tokens of a text that begins a context.
    ///
    /// - Parameter special: whether what looks like a control token becomes one
    func tokens(of text: String, special: Bool) -> [llama_token] {
        let length = Int32(text.utf8.count)
        var found = [llama_token](repeating: 0, count: Int(length) + 2)
        var count = llama_tokenize(vocab, text, length, &found, Int32(found.count), true, special)
        if count < 0 {
            found = [llama_token](repeating: 0, count: Int(-count))
            count = llama_tokenize(vocab, text, length, &found, Int32(found.count), true, special)
        }
        return Array(found.prefix(Int(max(0, count))))
    }

    /// The text of tokens; control tokens are left out.
    func text(_ ids: [llama_token]) -> String {
        guard !ids.isEmpty else {
            return ""
        }
        var bytes = [CChar](repeating: 0, count: 16 * ids.count)
        var length = llama_detokenize(vocab, ids, Int32(ids.count), &bytes, Int32(bytes.count), false, false)
        if length < 0 {
            bytes = [CChar](repeating: 0, count: Int(-length))
            length = llama_detokenize(vocab, ids, Int32(ids.count), &bytes, Int32(bytes.count), false, false)
        }
        let utf8 = bytes.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }
        return String(decoding: utf8, as: UTF8.self)
    }

    func metadata(_ key: String) -> String? {
        var text = [CChar](repeating: 0, count: 1024)
        let length = llama_model_meta_val_str(model, key, &text, text.count)
        return length < 0 ? nil : String(cString: text)
    }

    func writeModel(_ lines: EventLines) {
        var description = [CChar](repeating: 0, count: 256)
        llama_model_desc(model, &description, description.count)
        lines.add("model", [
            .text("arch", metadata("general.architecture") ?? "unknown"),
            .text("name", metadata("general.name") ?? ""),
            .number("params", Int64(llama_model_n_params(model))),
            .number("size", Int64(llama_model_size(model))),
            .number("vocab", Int64(llama_vocab_n_tokens(vocab))),
            .number("train_context", Int64(llama_model_n_ctx_train(model))),
            .text("description", String(cString: description)),
            .flag("synthetic", metadata("melt.synthetic") == "true"),
        ])
        lines.add("memory", [.number("model_bytes", Int64(llama_model_size(model)))])
    }
}
