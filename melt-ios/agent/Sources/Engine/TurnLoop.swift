/// The turns that a request asks of a loaded engine, again and again where it says so.
final class TurnLoop {
    private let request: Request
    private let lines: EventLines
    private let stop: StopFlag
    private let runner: ConversationRunner
    private var done = 0
    private var errors = 0

    init(_ request: Request, context: LlamaContext, lines: EventLines, stop: StopFlag) {
        self.request = request
        self.lines = lines
        self.stop = stop
        let turns = TurnRunner(
            context, lines: lines, stop: stop, seed: request.settings.seed,
            longest: request.conversations.flatMap { $0.turns }.map { $0.generate }.max() ?? 0)
        runner = ConversationRunner(context, turns)
    }

    /// Turns that came to their end, and those that failed while others went on.
    func run() throws -> (done: Int, errors: Int) {
        let start = BootClock.nanos()
        try cycle(start, numberedFrom: nil)
        var next = 1 + (request.conversations.flatMap { $0.turns }.map { $0.number }.max() ?? 0)
        while request.repetition != nil && done > 0 && !over(start) {
            next = try cycle(start, numberedFrom: next)
        }
        return (done, errors)
    }

    /// One pass over all turns.
    ///
    /// - Parameter numberedFrom: nil in the first, in which the turns have the numbers of the request
    /// - Returns: the number of the turn that would come next
    @discardableResult
    private func cycle(_ start: Int64, numberedFrom: Int?) throws -> Int {
        var number = numberedFrom ?? 0
        for conversation in request.conversations {
            var fits = try restored(conversation, numberedFrom == nil)
            for turn in conversation.turns {
                try requireGoOn()
                if over(start) {
                    return number
                }
                var numbered = turn
                if numberedFrom != nil {
                    numbered.number = number
                    number += 1
                }
                fits = try fits ? ran(conversation, numbered) : skipped(numbered)
            }
        }
        return number
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

    private func restored(_ conversation: Request.Conversation, _ first: Bool) throws -> Bool {
        do {
            try runner.begin(conversation, restored: first)
            return true
        } catch let failure as EngineFailure where TurnLoop.othersGoOn(failure) {
            lines.add("error", [.text("kind", failure.kind.rawValue), .text("message", failure.message)])
            return false
        }
    }

    /// Whether the next turn of the conversation can follow. One that is too long has an error line of its own, and the rest goes on.
    private func ran(_ conversation: Request.Conversation, _ turn: Request.Turn) throws -> Bool {
        do {
            try runner.run(conversation, turn)
            done += 1
            try lines.flush()
            return true
        } catch let failure as EngineFailure where TurnLoop.othersGoOn(failure) {
            try error(turn, failure.kind, failure.message)
            return !conversation.chat
        }
    }

    private func skipped(_ turn: Request.Turn) throws -> Bool {
        try error(
            turn, .promptTooLong,
            "turn \(turn.number): not run, for its conversation does not fit the context any more")
        return false
    }

    private static func othersGoOn(_ failure: EngineFailure) -> Bool {
        failure.kind == .promptTooLong || failure.kind == .badOption
    }

    private func error(_ turn: Request.Turn, _ kind: EngineFailure.Kind, _ message: String) throws {
        errors += 1
        lines.add("error", [
            .text("kind", kind.rawValue), .number("turn", Int64(turn.number)), .text("message", message),
        ])
        try lines.flush()
    }
}
