import llama

/// How well a model foretells a text, and how far it is from another model there. The text is cut into windows, an incomplete one at the end left
/// out; each begins with an empty context, its first token replaced by the begin token where the model wants one; of each only the second half is
/// scored. These are the windows of llama.cpp's own perplexity program.
final class TextScorer {
    /// Sums over the scored tokens of a window; of the other model's only where there is one.
    struct Window {
        var before = 0
        var count = 0
        var logProbability = 0.0
        var squares = 0.0
        var greedy = true
        var divergence = 0.0
        var divergenceSquares = 0.0
        var sameTop = 0
        var referenceLogProbability = 0.0
    }

    private let context: LlamaContext
    private let other: LlamaContext?
    private var logits: Logits
    private var otherLogits: Logits?
    private let window: Int
    private let tokens: [llama_token]

    init(_ context: LlamaContext, against other: LlamaContext?, text: String, window: Int) {
        self.context = context
        self.other = other
        logits = Logits(context)
        otherLogits = other.map { Logits($0) }
        self.window = window
        tokens = context.tokens(of: text, special: false)
    }

    var tokenCount: Int {
        tokens.count
    }

    var windows: Int {
        tokens.count / window
    }

    func score(_ index: Int) throws -> Window {
        put(context, index)
        if let other {
            put(other, index)
        }
        let first = window / 2
        var sums = Window()
        sums.before = first + 1
        let inputs = window - 1
        let batch = min(context.batchSize, other?.batchSize ?? context.batchSize)
        for at in stride(from: 0, to: inputs, by: batch) {
            let end = min(at + batch, inputs)
            try context.evaluateForLogits(from: at, to: end, wanted: first)
            try other?.evaluateForLogits(from: at, to: end, wanted: first)
            for one in max(at, first)..<max(end, first) {
                try add(&sums, one - at, tokens[index * window + one + 1])
            }
        }
        return sums
    }

    private func put(_ into: LlamaContext, _ index: Int) {
        into.clear()
        let begin = into.beginHere
        for at in 0..<window {
            into.put(at == 0 ? begin ?? tokens[index * window] : tokens[index * window + at])
        }
    }

    private func add(_ sums: inout Window, _ index: Int, _ next: llama_token) throws {
        try logits.read(index)
        let value = logits.logProbability(next)
        sums.count += 1
        sums.logProbability += value
        sums.squares += value * value
        sums.greedy = sums.greedy && logits.isLikeliest(next)
        guard otherLogits != nil else {
            return
        }
        try otherLogits?.read(index)
        if let reference = otherLogits {
            let lost = reference.divergence(of: logits)
            sums.divergence += lost
            sums.divergenceSquares += lost * lost
            sums.sameTop += reference.likeliest == logits.likeliest ? 1 : 0
            sums.referenceLogProbability += reference.logProbability(next)
        }
    }
}
