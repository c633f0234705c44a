package dev.melt.embedded.llama;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Log-likelihood of a continuation, the token boundary treated as lm-evaluation-harness does: blanks at the end of the
 * context belong to the continuation, whose tokens are those of the whole text behind those of the context alone.
 *
 * <p>What a text shares with the one before it is not evaluated again, until {@link #forget()}.
 */
public final class Scorer {
    private static final char NEXT_LINE = 0x85;

    private final LlamaContext context;
    private final Logits logits;
    private int[] held = new int[0];

    public Scorer(LlamaContext context) {
        this.context = context;
        this.logits = new Logits(context);
    }

    /**
     * A continuation's score.
     *
     * @param contextTokens tokens before the continuation, without those cut off
     * @param logProbabilities natural logarithm of each of its tokens' probability
     * @param greedy whether each of its tokens is the likeliest one
     * @param truncated whether the context was cut off at its beginning to fit
     */
    public record Score(int contextTokens, List<Double> logProbabilities, boolean greedy, boolean truncated) {
        public Score {
            logProbabilities = List.copyOf(logProbabilities);
        }

        public double sum() {
            return logProbabilities.stream().mapToDouble(value -> value).sum();
        }
    }

    /** Makes the next score independent of those before, to the last bit. */
    public void forget() {
        held = new int[0];
        context.clear();
    }

    /** Empty if the continuation has no token or alone is more than the context holds. */
    public Optional<Score> score(String before, String continuation) {
        String head = withoutBlanks(before);
        int[] whole = tokens(before + continuation);
        int split = head.isEmpty() ? beginOnly(whole) : Math.min(tokens(head).length, whole.length);
        int[] all = split == 0 ? withBegin(whole) : whole;
        int first = Math.max(split, 1);
        int count = all.length - first;
        if (count <= 0 || count > context.capacity()) {
            return Optional.empty();
        }
        int cut = Math.max(0, all.length - 1 - context.capacity());
        return Optional.of(evaluate(Arrays.copyOfRange(all, cut, all.length), first - cut, cut > 0));
    }

    /** What Python calls a blank; {@link String#stripTrailing} keeps a no-break space, which the harness takes off. */
    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }

    private int beginOnly(int[] whole) {
        int begin = context.model().vocabulary().begin().orElse(-1);
        return whole.length > 0 && whole[0] == begin ? 1 : 0;
    }

    private int[] withBegin(int[] tokens) {
        int[] all = new int[tokens.length + 1];
        all[0] = context.model().vocabulary().emptyContext();
        System.arraycopy(tokens, 0, all, 1, tokens.length);
        return all;
    }

    private int[] tokens(String text) {
        return context.model().vocabulary().tokens(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private Score evaluate(int[] tokens, int first, boolean truncated) {
        int inputs = tokens.length - 1;
        int from = context.keep(Math.min(shared(tokens, inputs), first - 1));
        for (int i = from; i < inputs; i++) {
            context.put(tokens[i]);
        }
        held = new int[0];
        List<Double> logProbabilities = new ArrayList<>();
        boolean greedy = true;
        for (int at = from; at < inputs; at += context.batch()) {
            int end = Math.min(at + context.batch(), inputs);
            context.evaluateForLogits(at, end, first - 1);
            for (int i = Math.max(at, first - 1); i < end; i++) {
                logits.read(i - at);
                logProbabilities.add(logits.logProbability(tokens[i + 1]));
                greedy &= logits.isLikeliest(tokens[i + 1]);
            }
        }
        held = Arrays.copyOf(tokens, inputs);
        return new Score(first, logProbabilities, greedy, truncated);
    }

    private int shared(int[] tokens, int inputs) {
        int differs = Arrays.mismatch(held, tokens);
        return Math.min(differs < 0 ? inputs : differs, inputs);
    }
}
