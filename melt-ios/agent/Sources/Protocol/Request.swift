import Foundation

/// What a `request.json` asks for, as far as this app can: all but times of operators.
struct Request {
    struct Settings {
        var threads: Int32 = 1
        var threadsBatch: Int32 = 1
        var context: UInt32 = 2048
        var batch: UInt32 = 2048
        var ubatch: UInt32 = 512
        var cacheTypeK = "f16"
        var cacheTypeV = "f16"
        var flashAttention = false
        var mmap = true
        var mlock = false
        var seed: Int32 = 42
        var temperature = 0.0
        var topK: Int32 = 40
        var topP = 0.95
        var minP = 0.05
        var repeatPenalty = 1.0
        var ignoreEos = false
        var warmup = true
    }

    enum Prompt {
        case text(String)
        /// So many tokens, drawn from the seed.
        case tokens(Int)
    }

    struct Turn {
        var number: Int
        var prompt: Prompt
        var generate: Int
        var depth: Int
    }

    /// What was said in an earlier process, and the tokens that answered it.
    struct Exchange {
        var prompt: String
        var ids: [Int32]
    }

    struct Conversation {
        var id: Int
        /// Whether the context is kept from turn to turn, and the chat template applied.
        var chat: Bool
        var turns: [Turn]
        var restore: [Exchange]
    }

    /// Goes on from the first conversation until the time is over or so many turns are done.
    struct Repeat {
        var seconds: Double?
        var turns: Int?
    }

    /// What the log-likelihood of a continuation behind a context is asked.
    struct Question {
        var id: Int
        var context: String
        var continuation: String
    }

    /// A text whose windows are scored, against another model where one is named.
    struct TextScore {
        var file: String
        var window: Int
        var most: Int?
        var base: String?
        /// Windows that an earlier process scored.
        var done: Set<Int>
    }

    var model: String
    var settings = Settings()
    var conversations: [Conversation]
    var repetition: Repeat?
    var questions: [Question]
    var questionFile: String?
    var text: TextScore?

    /// The same with each file's name replaced by its path.
    func placed(_ path: (_ field: String, _ name: String) throws -> String) rethrows -> Request {
        var other = self
        other.model = try path("model", model)
        other.questionFile = try questionFile.map { try path("score_file", $0) }
        if let text {
            other.text?.file = try path("text.file", text.file)
            other.text?.base = try text.base.map { try path("text.base", $0) }
        }
        return other
    }
}

/// Reads a request; anything that this app does not know is refused with the field's path.
enum RequestReader {
    private static let mostTokens: Int64 = 10_000_000

    static func read(_ file: URL) throws -> Request {
        guard let data = try? Data(contentsOf: file),
            let object = try? JSONSerialization.jsonObject(with: data),
            let values = object as? [String: Any]
        else {
            throw EngineFailure(kind: .badOption, message: "request: no JSON object")
        }
        return try readRequest(Fields("request", values))
    }

    private static func readRequest(_ fields: Fields) throws -> Request {
        let model = try fields.required(fields.text("model"), "model", "a path")
        let settings = try readSettings(fields.object("settings"))
        if try fields.flag("per_op", false) {
            throw fields.wrong("per_op", "false: this app cannot time operators")
        }
        var numbers = Set<Int>()
        let conversations = try fields.objects("conversations").map { try readConversation($0, &numbers) }
        let repetition = try fields.has("repeat") ? readRepetition(fields.object("repeat")) : nil
        let questions = try fields.objects("score").map { try readQuestion($0) }
        let questionFile = try fields.text("score_file")
        let text = try fields.has("text") ? readText(fields.object("text")) : nil
        try fields.refuseOthers()
        return Request(
            model: model, settings: settings, conversations: conversations, repetition: repetition, questions: questions,
            questionFile: questionFile, text: text)
    }

    private static func readQuestion(_ fields: Fields) throws -> Request.Question {
        let question = Request.Question(
            id: Int(try fields.whole("id", nil, 0...Int64(Int32.max))),
            context: try fields.text("context") ?? "",
            continuation: try fields.required(fields.text("continuation"), "continuation", "a text"))
        try fields.refuseOthers()
        return question
    }

    private static func readText(_ fields: Fields) throws -> Request.TextScore {
        let text = Request.TextScore(
            file: try fields.required(fields.text("file"), "file", "a path"),
            window: Int(try fields.whole("window", nil, 8...mostTokens)),
            most: try fields.has("most") ? Int(fields.whole("most", nil, 1...Int64(Int32.max))) : nil,
            base: try fields.text("base"),
            done: Set(try fields.wholes("done", 0...Int64(Int32.max)).map { Int($0) }))
        try fields.refuseOthers()
        return text
    }

    private static func readSettings(_ fields: Fields) throws -> Request.Settings {
        var it = Request.Settings()
        let cores = Int64(ProcessInfo.processInfo.activeProcessorCount)
        it.threads = Int32(try fields.whole("threads", cores, 1...512))
        it.threadsBatch = Int32(try fields.whole("threads_batch", Int64(it.threads), 1...512))
        it.context = UInt32(try fields.whole("context", 2048, 0...mostTokens))
        it.batch = UInt32(try fields.whole("batch", 2048, 1...(1 << 20)))
        it.ubatch = UInt32(try fields.whole("ubatch", Int64(min(512, it.batch)), 1...(1 << 20)))
        it.cacheTypeK = try fields.text("cache_type_k") ?? "f16"
        it.cacheTypeV = try fields.text("cache_type_v") ?? "f16"
        it.flashAttention = try fields.flag("flash_attention", false)
        it.mmap = try fields.flag("mmap", true)
        it.mlock = try fields.flag("mlock", false)
        it.seed = Int32(try fields.whole("seed", 42, 0...Int64(Int32.max)))
        it.temperature = try fields.decimal("temperature", 0, 0...100)
        it.topK = Int32(try fields.whole("top_k", 40, 0...Int64(Int32.max)))
        it.topP = try fields.decimal("top_p", 0.95, 0...1)
        it.minP = try fields.decimal("min_p", 0.05, 0...1)
        it.repeatPenalty = try fields.decimal("repeat_penalty", 1, 0.01...100)
        it.ignoreEos = try fields.flag("ignore_eos", false)
        it.warmup = try fields.flag("warmup", true)
        try fields.refuseOthers()
        if it.ubatch > it.batch {
            throw fields.wrong("ubatch", "at most the batch, \(it.batch)")
        }
        return it
    }

    private static func readConversation(_ fields: Fields, _ numbers: inout Set<Int>) throws -> Request.Conversation {
        let id = try fields.whole("id", nil, 0...Int64(Int32.max))
        let chat = try fields.flag("chat", false)
        var turns: [Request.Turn] = []
        let restore = try fields.objects("restore").map { try readExchange($0) }
        if !restore.isEmpty && !chat {
            throw fields.wrong("restore", "chat true")
        }
        for one in try fields.objects("turns") {
            let turn = try readTurn(one)
            if !numbers.insert(turn.number).inserted {
                throw one.wrong("turn", "a number that no other turn has")
            }
            if turn.depth > 0 && chat && !(restore.isEmpty && turns.isEmpty) {
                throw one.wrong("depth", "0 in a chat that goes on")
            }
            turns.append(turn)
        }
        try fields.refuseOthers()
        return Request.Conversation(id: Int(id), chat: chat, turns: turns, restore: restore)
    }

    private static func readExchange(_ fields: Fields) throws -> Request.Exchange {
        let prompt = try fields.required(fields.text("prompt"), "prompt", "a text")
        let ids = try fields.wholes("ids", 0...Int64(Int32.max)).map { Int32($0) }
        try fields.refuseOthers()
        return Request.Exchange(prompt: prompt, ids: ids)
    }

    private static func readTurn(_ fields: Fields) throws -> Request.Turn {
        let number = try fields.whole("turn", nil, 0...Int64(Int32.max - 1))
        let text = try fields.text("prompt")
        if (text != nil) == fields.has("prompt_tokens") {
            throw fields.wrong("prompt", "prompt or prompt_tokens")
        }
        let prompt: Request.Prompt
        if let text {
            prompt = .text(text)
        } else {
            prompt = .tokens(Int(try fields.whole("prompt_tokens", nil, 1...mostTokens)))
        }
        let turn = Request.Turn(
            number: Int(number),
            prompt: prompt,
            generate: Int(try fields.whole("generate", 128, 0...mostTokens)),
            depth: Int(try fields.whole("depth", 0, 0...mostTokens)))
        try fields.refuseOthers()
        return turn
    }

    private static func readRepetition(_ fields: Fields) throws -> Request.Repeat {
        let seconds = try fields.has("seconds") ? fields.decimal("seconds", 0, 0.001...10_000_000) : nil
        let turns = try fields.has("turns") ? Int(fields.whole("turns", nil, 1...Int64(Int32.max - 1))) : nil
        try fields.refuseOthers()
        if seconds == nil && turns == nil {
            throw fields.wrong("seconds", "seconds or turns")
        }
        return Request.Repeat(seconds: seconds, turns: turns)
    }
}

/// Reads one line of a file of questions: contexts and continuations that belong together, paired by their place. Where one list has a single
/// text, that one goes with each of the other's. The questions are numbered from `id` on.
enum QuestionLine {
    static func read(_ place: String, _ line: String) throws -> [Request.Question] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)), let values = object as? [String: Any]
        else {
            throw EngineFailure(kind: .badOption, message: "\(place): no JSON object")
        }
        let fields = Fields(place, values)
        let id = Int(try fields.whole("id", nil, 0...Int64(Int32.max)))
        let contexts = try fields.texts("contexts")
        let continuations = try fields.texts("continuations")
        try fields.refuseOthers()
        let count = max(contexts.count, continuations.count)
        guard contexts.count == count || contexts.count == 1, continuations.count == count || continuations.count == 1 else {
            throw fields.wrong("contexts", "as many as continuations, or one")
        }
        return (0..<count).map {
            Request.Question(
                id: id + $0, context: contexts[$0 % contexts.count], continuation: continuations[$0 % continuations.count])
        }
    }
}
