import Foundation

/// Answers the questions of a request, one line each. Questions that stand together share what their contexts share; what stands apart is scored
/// as if nothing had been before it.
final class QuestionRunner {
    private let request: Request
    private let scorer: Scorer
    private let lines: EventLines
    private let stop: StopFlag
    private var done = 0
    private var errors = 0

    init(_ request: Request, context: LlamaContext, lines: EventLines, stop: StopFlag) {
        self.request = request
        scorer = Scorer(context)
        self.lines = lines
        self.stop = stop
    }

    func run() throws -> (done: Int, errors: Int) {
        for question in request.questions {
            try together([question])
        }
        if let file = request.questionFile {
            try answer(file)
        }
        return (done, errors)
    }

    private func answer(_ path: String) throws {
        let name = (path as NSString).lastPathComponent
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw EngineFailure(kind: .badOption, message: "\(name): cannot be read")
        }
        for (at, line) in text.components(separatedBy: "\n").enumerated()
        where !line.trimmingCharacters(in: .whitespaces).isEmpty {
            try together(QuestionLine.read("\(name):\(at + 1)", line))
        }
    }

    private func together(_ questions: [Request.Question]) throws {
        scorer.forget()
        for question in questions {
            if stop.raised {
                throw EngineFailure(kind: .interrupted, message: "stopped from outside")
            }
            try score(question)
        }
        try lines.flush()
    }

    private func score(_ question: Request.Question) throws {
        let start = BootClock.nanos()
        let found = try scorer.score(question.context, question.continuation)
        let end = BootClock.nanos()
        guard let found else {
            errors += 1
            lines.add("error", [
                .text("kind", EngineFailure.Kind.promptTooLong.rawValue), .number("score", Int64(question.id)),
                .text("message", "score \(question.id): the continuation is empty or exceeds the context"),
            ])
            return
        }
        done += 1
        lines.add("score", [
            .number("id", Int64(question.id)), .number("context_tokens", Int64(found.contextTokens)),
            .number("continuation_tokens", Int64(found.logProbabilities.count)),
            .decimal("logprob", found.logProbabilities.reduce(0, +)), .flag("greedy", found.greedy),
            .flag("truncated", found.truncated), .decimals("token_logprobs", found.logProbabilities),
            .number("start", start), .number("end", end),
        ])
    }
}
