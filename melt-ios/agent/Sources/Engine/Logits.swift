import Foundation
import llama

/// What a model expects to come next: a score for each token of its vocabulary, and the probabilities they stand for. One row is held at a time;
/// all sums are in double precision.
struct Logits {
    private let context: LlamaContext
    private var row: [Float]
    private var logTotal = 0.0

    init(_ context: LlamaContext) {
        self.context = context
        row = [Float](repeating: 0, count: context.vocabularySize)
    }

    /// Reads what was computed for a token of the last batch.
    mutating func read(_ index: Int) throws {
        let found = try context.logits(index)
        var most = -Double.infinity
        for at in row.indices {
            row[at] = found[at]
            most = max(most, Double(found[at]))
        }
        var sum = 0.0
        for logit in row {
            sum += exp(Double(logit) - most)
        }
        logTotal = most + log(sum)
    }

    /// Natural logarithm of a token's probability.
    func logProbability(_ token: llama_token) -> Double {
        Double(row[Int(token)]) - logTotal
    }

    /// Whether no token is likelier.
    func isLikeliest(_ token: llama_token) -> Bool {
        let own = row[Int(token)]
        return !row.contains { $0 > own }
    }

    /// The first of the likeliest tokens.
    var likeliest: Int {
        var best = 0
        for at in row.indices where row[at] > row[best] {
            best = at
        }
        return best
    }

    /// Kullback-Leibler divergence in nats of another from this one: what is lost when it stands in for this.
    func divergence(of other: Logits) -> Double {
        var sum = 0.0
        for at in row.indices {
            let mine = logProbability(llama_token(at))
            let probability = exp(mine)
            if probability > 0 {
                sum += probability * (mine - other.logProbability(llama_token(at)))
            }
        }
        return sum
    }
}
