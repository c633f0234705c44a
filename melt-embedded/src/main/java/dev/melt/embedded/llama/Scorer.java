package dev.melt.embedded.llama;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Log-likelihood of a continuation, the token boundary treated as lm-evaluation-harness does: blanks at the end of the
 * context belong to the continuation, whose tokens are those of the whole text behind those of the context alone.
 */
public final class Scorer {
    private static final char NEXT_LINE = 0x85;

    private final LlamaContext context;
    private final float[] logits;

    public Scorer(LlamaContext context) {
        this.context = context;
        this.logits = new float[context.model().vocabulary().size()];
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
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int room = utf8.length + 2;
        int[] found = new int[0];
        int count = -room;
        while (count < 0) {
            room = -count;
            try (Memory memory = new Memory(4L * room)) {
                count = context.model().vocabulary().tokenize(utf8, true, Pointer.nativeValue(memory), room);
                found = memory.getIntArray(0, Math.max(count, 0));
            }
        }
        return found;
    }

    private Score evaluate(int[] tokens, int first, boolean truncated) {
        context.clear();
        int inputs = tokens.length - 1;
        for (int i = 0; i < inputs; i++) {
            context.put(tokens[i]);
        }
        List<Double> logProbabilities = new ArrayList<>();
        boolean greedy = true;
        for (int at = 0; at < inputs; at += context.batch()) {
            int end = Math.min(at + context.batch(), inputs);
            context.evaluateForLogits(at, end, first - 1);
            for (int i = Math.max(at, first - 1); i < end; i++) {
                context.readLogits(i - at, logits);
                logProbabilities.add(logProbability(tokens[i + 1]));
                greedy &= isLikeliest(tokens[i + 1]);
            }
        }
        return new Score(first, logProbabilities, greedy, truncated);
    }

    private double logProbability(int token) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return logits[token] - max - Math.log(sum);
    }

    private boolean isLikeliest(int token) {
        for (float logit : logits) {
            if (logit > logits[token]) {
                return false;
            }
        }
        return true;
    }
}
