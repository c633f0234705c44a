import llama

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
