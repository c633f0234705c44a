import Foundation

/// Scores the windows of a text, a line each, against another model where the request names one.
final class TextRunner {
    private static let leastWindows = 2

    private let asked: Request.TextScore
    private let context: LlamaContext
    private let lines: EventLines
    private let stop: StopFlag

    init(_ asked: Request.TextScore, context: LlamaContext, lines: EventLines, stop: StopFlag) throws {
        self.asked = asked
        self.context = context
        self.lines = lines
        self.stop = stop
        if asked.window > context.capacity {
            throw EngineFailure(
                kind: .badOption,
                message: "text.window: expected at most the context, \(context.capacity), found \(asked.window)")
        }
    }

    /// - Parameter load: makes a context of the model of that path, with the same settings
    func run(load: (_ base: String) throws -> LlamaContext) throws {
        let other = try asked.base.map { try load($0) }
        if let other, other.vocabularySize != context.vocabularySize {
            throw EngineFailure(
                kind: .badOption,
                message: "text.base: expected a model of the same vocabulary, \(context.vocabularySize) tokens, found "
                    + "\(other.vocabularySize)")
        }
        guard let text = try? String(contentsOfFile: asked.file, encoding: .utf8) else {
            throw EngineFailure(kind: .badOption, message: "text.file: cannot be read")
        }
        let scorer = TextScorer(context, against: other, text: text, window: asked.window)
        if scorer.windows < TextRunner.leastWindows {
            throw EngineFailure(
                kind: .badOption,
                message: "text: expected at least \(TextRunner.leastWindows) windows of \(asked.window) tokens, found "
                    + "\(scorer.tokenCount) tokens in all")
        }
        let count = min(asked.most ?? scorer.windows, scorer.windows)
        lines.add("note", [
            .text("text", "windows"), .number("count", Int64(count)), .number("tokens", Int64(scorer.tokenCount)),
        ])
        for index in 0..<count where !asked.done.contains(index) {
            try score(scorer, index, compared: other != nil)
        }
    }

    private func score(_ scorer: TextScorer, _ index: Int, compared: Bool) throws {
        if stop.raised {
            throw EngineFailure(kind: .interrupted, message: "stopped from outside")
        }
        let start = BootClock.nanos()
        let found = try scorer.score(index)
        lines.add("score", [
            .number("id", Int64(index)), .number("context_tokens", Int64(found.before)),
            .number("continuation_tokens", Int64(found.count)), .decimal("logprob", found.logProbability),
            .decimal("logprob_squares", found.squares), .flag("greedy", found.greedy),
            .decimal("divergence", compared ? found.divergence : nil),
            .decimal("divergence_squares", compared ? found.divergenceSquares : nil),
            .number("same_top", compared ? Int64(found.sameTop) : nil),
            .decimal("base_logprob", compared ? found.referenceLogProbability : nil),
            .number("start", start), .number("end", BootClock.nanos()),
        ])
        try lines.flush()
    }
}
