import Foundation
import llama

/// Log-likelihood of a continuation, the token boundary treated as lm-evaluation-harness does: blanks at the end of the context belong to the
/// continuation, whose tokens are those of the whole text behind those of the context alone.
///
/// What a text shares with the one before it is not evaluated again, until `forget`.
final class Scorer {
    struct Score {
        /// Before the continuation, without those cut off.
        let contextTokens: Int
        /// Natural logarithm of the probability of each token of the continuation.
        let logProbabilities: [Double]
        /// Whether each of them is the likeliest one.
        let greedy: Bool
        /// Whether the context was cut off at its beginning to fit.
        let truncated: Bool
    }

    private let context: LlamaContext
    private var logits: Logits
    private var held: [llama_token] = []

    init(_ context: LlamaContext) {
        self.context = context
        logits = Logits(context)
    }

    /// Makes the next score independent of those before, to the last bit.
    func forget() {
        held = []
        context.clear()
    }

    /// Nil if the continuation has no token or alone is more than the context holds.
    func score(_ before: String, _ continuation: String) throws -> Score? {
        let head = Scorer.withoutBlanks(before)
        let whole = context.tokens(of: before + continuation, special: true)
        let split = head.isEmpty ? beginOnly(whole) : min(context.tokens(of: head, special: true).count, whole.count)
        let all = split == 0 ? [context.emptyContext] + whole : whole
        let first = max(split, 1)
        let count = all.count - first
        if count <= 0 || count > context.capacity {
            return nil
        }
        let cut = max(0, all.count - 1 - context.capacity)
        return try evaluate(Array(all[cut...]), first - cut, cut > 0)
    }

    /// What Python calls a blank.
    private static func withoutBlanks(_ text: String) -> String {
        var scalars = text.unicodeScalars
        while let last = scalars.last, isBlank(last) {
            scalars.removeLast()
        }
        return String(scalars)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    private func beginOnly(_ whole: [llama_token]) -> Int {
        context.beginsTexts && whole.first == llama_vocab_bos(context.vocab) ? 1 : 0
    }

    private func evaluate(_ tokens: [llama_token], _ first: Int, _ truncated: Bool) throws -> Score {
        let inputs = tokens.count - 1
        let from = context.keep(min(shared(tokens, inputs), first - 1))
        for token in tokens[from..<inputs] {
            context.put(token)
        }
        held = []
        var logProbabilities: [Double] = []
        var greedy = true
        for at in stride(from: from, to: inputs, by: context.batchSize) {
            let end = min(at + context.batchSize, inputs)
            try context.evaluateForLogits(from: at, to: end, wanted: first - 1)
            for one in max(at, first - 1)..<max(end, first - 1) {
                try logits.read(one - at)
                logProbabilities.append(logits.logProbability(tokens[one + 1]))
                greedy = greedy && logits.isLikeliest(tokens[one + 1])
            }
        }
        held = Array(tokens[..<inputs])
        return Score(contextTokens: first, logProbabilities: logProbabilities, greedy: greedy, truncated: truncated)
    }

    private func shared(_ tokens: [llama_token], _ inputs: Int) -> Int {
        min(zip(held, tokens).prefix { $0 == $1 }.count, inputs)
    }
}
