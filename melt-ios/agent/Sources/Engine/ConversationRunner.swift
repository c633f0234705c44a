import llama

/// The context of a conversation from turn to turn.
///
/// The last token of an answer that was cut off at its length was never evaluated, so it goes in with the next prompt. One that ended the
/// generation is left out: the template writes the end of the answer itself.
final class ConversationRunner {
    private let context: LlamaContext
    private let runner: TurnRunner
    private let template: ChatTemplate
    private var evaluated = 0
    private var begun = false

    init(_ context: LlamaContext, _ runner: TurnRunner) {
        self.context = context
        self.runner = runner
        template = ChatTemplate(of: context.model)
    }

    /// Empties the context and, where it is to be restored, puts in what was said before, untimed.
    func begin(_ conversation: Request.Conversation, restored: Bool) throws {
        clear()
        if restored {
            for exchange in conversation.restore {
                try restore(exchange)
            }
        }
    }

    private func clear() {
        context.clear()
        evaluated = 0
        begun = false
    }

    private func restore(_ exchange: Request.Exchange) throws {
        guard context.put(text: written(exchange.prompt)),
            context.position + exchange.ids.count <= context.capacity
        else {
            throw EngineFailure(kind: .promptTooLong, message: "restore: more tokens than the context holds")
        }
        for id in exchange.ids {
            guard id < llama_vocab_n_tokens(context.vocab) else {
                throw EngineFailure(kind: .badOption, message: "restore: token \(id) is not in the vocabulary")
            }
            context.put(id)
        }
        let end = context.position - (exchange.ids.isEmpty ? 0 : 1)
        try context.evaluate(from: evaluated, to: end)
        evaluated = end
        if let last = exchange.ids.last {
            context.unput(to: evaluated)
            settle(last)
        }
        begun = true
    }

    /// Runs a turn and writes its lines.
    func run(_ conversation: Request.Conversation, _ turn: Request.Turn) throws {
        if !conversation.chat {
            clear()
        }
        if turn.depth > 0 {
            try runner.fill(turn)
            evaluated = context.position
        }
        var text: String?
        if case let .text(prompt) = turn.prompt {
            text = conversation.chat ? written(prompt) : prompt
        }
        let last = try runner.run(turn, behind: evaluated, text: text)
        evaluated = context.position
        begun = true
        if conversation.chat, let last {
            settle(last)
        }
        runner.write(turn, of: conversation.id, template: conversation.chat ? template.origin : nil)
    }

    private func settle(_ last: llama_token) {
        if !context.endsGeneration(last) && context.position < context.capacity {
            context.put(last)
        }
    }

    private func written(_ prompt: String) -> String {
        begun ? template.next(prompt) : template.first(prompt)
    }
}
