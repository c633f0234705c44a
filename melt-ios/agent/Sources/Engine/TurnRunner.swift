import Foundation
import llama

/// Runs one turn: puts the prompt, evaluates it, and generates token by token, each stamped with the boot clock.
final class TurnRunner {
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

    private let context: LlamaContext
    private let lines: EventLines
    private let stop: StopFlag
    private var random: RandomTokens
    private var figures = Figures()

    /// - Parameter longest: tokens of the longest answer that will be asked for
    init(_ context: LlamaContext, lines: EventLines, stop: StopFlag, seed: Int32, longest: Int) {
        self.context = context
        self.lines = lines
        self.stop = stop
        random = RandomTokens(context, seed: seed)
        let room = min(longest, context.capacity + 1)
        figures.ids.reserveCapacity(room)
        figures.ends.reserveCapacity(room)
        figures.logits.reserveCapacity(room)
    }

    /// Puts and evaluates the tokens that a turn starts behind; untimed.
    func fill(_ turn: Request.Turn) throws {
        let start = BootClock.nanos()
        let from = context.position
        try requireRoom(turn, turn.depth)
        try random.put(turn.depth, turn: turn.number, salt: 1)
        try context.evaluate(from: from, to: context.position)
        lines.add("depth", [
            .number("turn", Int64(turn.number)), .number("start", start), .number("end", BootClock.nanos()),
            .number("tokens", Int64(turn.depth)),
        ])
    }

    /// Runs a turn behind what the context holds.
    ///
    /// - Parameters:
    ///   - evaluated: how many tokens of the context are in the KV cache; a last one may still be due
    ///   - text: the prompt as it goes into the context; nil for random tokens
    /// - Returns: the last token of the answer
    func run(_ turn: Request.Turn, behind evaluated: Int, text: String?) throws -> llama_token? {
        figures.ids.removeAll(keepingCapacity: true)
        figures.ends.removeAll(keepingCapacity: true)
        figures.logits.removeAll(keepingCapacity: true)
        figures.stop = .length
        figures.cached = evaluated
        if case let .tokens(count) = turn.prompt {
            try requireRoom(turn, count)
            try random.put(count, turn: turn.number, salt: 0)
        }
        context.beginTurn()
        figures.start = BootClock.nanos()
        figures.tokenized = figures.start
        if let text {
            if !context.put(text: text) {
                throw tooLong(turn, "more tokens than fit")
            }
            figures.tokenized = BootClock.nanos()
        }
        figures.promptTokens = context.position - evaluated
        if figures.promptTokens == 0 {
            throw EngineFailure(kind: .badOption, message: "turn \(turn.number): the prompt has no token")
        }
        try context.evaluate(from: evaluated, to: context.position)
        figures.prefilled = BootClock.nanos()
        do {
            try generate(turn.generate)
        } catch let failure as EngineFailure where failure.kind == .interrupted {
            figures.stop = .interrupted
        }
        return figures.ids.last
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
            try context.evaluate(from: context.position - 1, to: context.position)
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

    /// The lines of the turn that ran last; one that was interrupted gets no `turn_end`: it is not finished.
    func write(_ turn: Request.Turn, of conversation: Int, template: String?) {
        let number = EventLines.Field.number("turn", Int64(turn.number))
        lines.add("turn", [
            number, .number("conversation", Int64(conversation)), .number("start", figures.start),
            .number("depth", Int64(turn.depth)), .text("template", template),
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
