import Foundation
import llama

/// The turns that a request asks of a loaded engine, again and again where it says so, each stamped token by token.
final class TurnLoop {
    private enum Stop: String {
        case length
        case eos
        case context
        case interrupted
    }

    /// What one turn measured; the arrays have room for the longest answer, so that filling them does not allocate.
    private struct Figures {
        var start: Int64 = 0
        var tokenized: Int64 = 0
        var prefilled: Int64 = 0
        var promptTokens = 0
        var cached = 0
        var stop = Stop.length
        var ids: [llama_token] = []
        var ends: [Int64] = []
        var logits: [Int64] = []
    }

    private let request: Request
    private let context: LlamaContext
    private let lines: EventLines
    private let stop: StopFlag
    private var random: RandomTokens
    private var figures = Figures()
    private var done = 0
    private var errors = 0

    init(_ request: Request, context: LlamaContext, lines: EventLines, stop: StopFlag) {
        self.request = request
        self.context = context
        self.lines = lines
        self.stop = stop
        random = RandomTokens(context, seed: request.settings.seed)
        let longest = request.conversations.flatMap { $0.turns }.map { $0.generate }.max() ?? 0
        let room = min(longest, context.capacity + 1)
        figures.ids.reserveCapacity(room)
        figures.ends.reserveCapacity(room)
        figures.logits.reserveCapacity(room)
    }

    /// Turns that came to their end, and those that failed while others went on.
    func run() throws -> (done: Int, errors: Int) {
        let start = BootClock.nanos()
        var next = 1 + (request.conversations.flatMap { $0.turns }.map { $0.number }.max() ?? 0)
        var first = true
        repeat {
            for conversation in request.conversations {
                for turn in conversation.turns {
                    if over(start) {
                        return (done, errors)
                    }
                    var numbered = turn
                    if !first {
                        numbered.number = next
                        next += 1
                    }
                    try requireGoOn()
                    try runOne(numbered, of: conversation.id)
                }
            }
            first = false
        } while request.repetition != nil && done > 0 && !over(start)
        return (done, errors)
    }

    private func over(_ start: Int64) -> Bool {
        guard let repetition = request.repetition else {
            return false
        }
        let late = repetition.seconds.map { Double(BootClock.nanos() - start) >= $0 * 1e9 } ?? false
        return late || (repetition.turns.map { done + errors >= $0 } ?? false)
    }

    private func requireGoOn() throws {
        if stop.raised {
            throw EngineFailure(kind: .interrupted, message: "stopped from outside")
        }
    }

    /// A turn that is too long for the context has an error line of its own, and the rest goes on.
    private func runOne(_ turn: Request.Turn, of conversation: Int) throws {
        do {
            try measure(turn)
        } catch let failure as EngineFailure where failure.kind == .promptTooLong {
            errors += 1
            lines.add("error", [
                .text("kind", failure.kind.rawValue), .number("turn", Int64(turn.number)),
                .text("message", failure.message),
            ])
            try lines.flush()
            return
        }
        write(turn, of: conversation)
        try lines.flush()
        try requireGoOn()
        done += 1
    }

    private func measure(_ turn: Request.Turn) throws {
        figures.ids.removeAll(keepingCapacity: true)
        figures.ends.removeAll(keepingCapacity: true)
        figures.logits.removeAll(keepingCapacity: true)
        figures.stop = .length
        context.clear()
        if turn.depth > 0 {
            try fill(turn)
        }
        figures.cached = context.position
        if case let .tokens(count) = turn.prompt {
            try requireRoom(turn, count)
            try random.put(count, turn: turn.number, salt: 0)
        }
        context.beginTurn()
        figures.start = BootClock.nanos()
        figures.tokenized = figures.start
        if case let .text(text) = turn.prompt {
            if !context.put(text: text) {
                throw tooLong(turn, "more tokens than fit")
            }
            figures.tokenized = BootClock.nanos()
        }
        figures.promptTokens = context.position - figures.cached
        if figures.promptTokens == 0 {
            throw EngineFailure(kind: .badOption, message: "turn \(turn.number): the prompt has no token")
        }
        try context.evaluate(from: figures.cached)
        figures.prefilled = BootClock.nanos()
        do {
            try generate(turn.generate)
        } catch let failure as EngineFailure where failure.kind == .interrupted {
            figures.stop = .interrupted
        }
    }

    /// The tokens that a turn starts behind; untimed.
    private func fill(_ turn: Request.Turn) throws {
        let start = BootClock.nanos()
        try requireRoom(turn, turn.depth)
        try random.put(turn.depth, turn: turn.number, salt: 1)
        try context.evaluate(from: 0)
        lines.add("depth", [
            .number("turn", Int64(turn.number)), .number("start", start), .number("end", BootClock.nanos()),
            .number("tokens", Int64(turn.depth)),
        ])
    }

    /// The logits of the last evaluated token are there when this begins.
    private func generate(_ most: Int) throws {
        var logits = figures.prefilled
        while figures.ids.count < most {
            let id = context.sample()
            figures.ids.append(id)
            figures.logits.append(logits)
            figures.ends.append(BootClock.nanos())
            if stop.raised {
                figures.stop = .interrupted
                return
            }
            if context.endsGeneration(id) {
                figures.stop = .eos
                return
            }
            if figures.ids.count == most {
                return
            }
            if context.position == context.capacity {
                figures.stop = .context
                return
            }
            context.put(id)
            try context.evaluate(from: context.position - 1)
            logits = BootClock.nanos()
        }
    }

    private func requireRoom(_ turn: Request.Turn, _ tokens: Int) throws {
        if tokens > context.capacity - context.position {
            throw tooLong(turn, "\(tokens) tokens")
        }
    }

    private func tooLong(_ turn: Request.Turn, _ found: String) -> EngineFailure {
        let room = context.capacity - context.position
        return EngineFailure(
            kind: .promptTooLong,
            message: "turn \(turn.number): room for \(room) tokens of \(context.capacity) in the context, found \(found)")
    }

    /// A turn that was interrupted gets no `turn_end`: it is not finished.
    private func write(_ turn: Request.Turn, of conversation: Int) {
        let number = EventLines.Field.number("turn", Int64(turn.number))
        lines.add("turn", [
            number, .number("conversation", Int64(conversation)), .number("start", figures.start),
            .number("depth", Int64(turn.depth)),
        ])
        if case .text = turn.prompt {
            lines.add("tokenize", [
                number, .number("start", figures.start), .number("end", figures.tokenized),
                .number("tokens", Int64(figures.promptTokens)),
            ])
        }
        lines.add("prefill", [
            number, .number("start", figures.tokenized), .number("end", figures.prefilled),
            .number("tokens", Int64(figures.promptTokens)), .number("cached", Int64(figures.cached)),
        ])
        for at in figures.ids.indices {
            lines.add("token", [
                number, .number("i", Int64(at)), .number("end", figures.ends[at]),
                .number("id", Int64(figures.ids[at])), .number("logits", figures.logits[at]),
            ])
        }
        if figures.stop != .interrupted {
            writeEnd(number)
        }
    }

    private func writeEnd(_ number: EventLines.Field) {
        let perf = llama_perf_context(context.handle)
        // llama.cpp never says fewer than 1
        lines.add("perf", [
            number, .decimal("p_eval_ms", perf.t_p_eval_ms),
            .number("n_p_eval", perf.t_p_eval_ms > 0 ? Int64(perf.n_p_eval) : 0),
            .decimal("eval_ms", perf.t_eval_ms), .number("n_eval", perf.t_eval_ms > 0 ? Int64(perf.n_eval) : 0),
        ])
        lines.add("turn_end", [
            number, .number("end", figures.ends.last ?? figures.prefilled),
            .number("generated", Int64(figures.ids.count)), .text("stop", figures.stop.rawValue),
            .text("text", context.text(figures.ids)),
        ])
    }
}

/// Prompts of a given length: tokens drawn from the seed, the same as the embedded worker draws for the same turn and model.
struct RandomTokens {
    private let context: LlamaContext
    private let seed: Int32
    private var choices: [llama_token] = []

    init(_ context: LlamaContext, seed: Int32) {
        self.context = context
        self.seed = seed
    }

    /// The first is the begin token where the model wants one.
    mutating func put(_ count: Int, turn: Int, salt: Int64) throws {
        if choices.isEmpty {
            choices = plainTokens()
        }
        if choices.isEmpty {
            throw EngineFailure(kind: .modelUnsupported, message: "only control tokens to draw a prompt from")
        }
        let golden = Int64(bitPattern: 0x9E37_79B9_7F4A_7C15)
        var random = SplitMix(state: UInt64(bitPattern: (Int64(turn) * 2 + salt) &* golden &+ Int64(seed)))
        for _ in 0..<count {
            let drawn = choices[random.next(below: Int32(choices.count))]
            context.put(context.beginHere ?? drawn)
        }
    }

    /// Neither control tokens nor the unknown one.
    private func plainTokens() -> [llama_token] {
        let odd = LLAMA_TOKEN_ATTR_UNKNOWN.rawValue | LLAMA_TOKEN_ATTR_CONTROL.rawValue
        return (0..<llama_vocab_n_tokens(context.vocab)).filter { token in
            llama_vocab_get_attr(context.vocab, token).rawValue & odd == 0 && !context.endsGeneration(token)
        }
    }
}

/// What Java calls `SplittableRandom`.
struct SplitMix {
    var state: UInt64

    private mutating func nextInt() -> Int32 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 33)) &* 0x62A9_D9ED_7997_05F5
        z = (z ^ (z >> 28)) &* 0xCB24_D0A5_C88C_35B3
        return Int32(truncatingIfNeeded: z >> 32)
    }

    /// From 0 to a bound that is above 0, each as likely.
    mutating func next(below bound: Int32) -> Int {
        let most = bound &- 1
        var drawn = nextInt()
        if bound & most == 0 {
            return Int(drawn & most)
        }
        var half = Int32(bitPattern: UInt32(bitPattern: drawn) >> 1)
        drawn = half % bound
        while half &+ most &- drawn < 0 {
            half = Int32(bitPattern: UInt32(bitPattern: nextInt()) >> 1)
            drawn = half % bound
        }
        return Int(drawn)
    }
}
