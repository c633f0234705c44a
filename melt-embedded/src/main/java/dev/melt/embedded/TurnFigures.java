package dev.melt.embedded;

import java.util.Arrays;

/** What one turn measured; its arrays are made once for the longest answer, so that filling them does not allocate. */
final class TurnFigures {
    long startNanos;
    long tokenizedNanos;
    long prefilledNanos;
    int promptTokens;
    int cachedTokens;
    boolean fromText;
    Stop stop = Stop.LENGTH;
    private int generated;
    private final long[] logitsNanos;
    private final long[] endNanos;
    private final int[] ids;

    /** Why a turn ended. */
    enum Stop {
        LENGTH("length"),
        END_OF_GENERATION("eos"),
        CONTEXT_FULL("context"),
        INTERRUPTED("interrupted");

        private final String label;

        Stop(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    TurnFigures(int longestAnswer) {
        logitsNanos = new long[longestAnswer];
        endNanos = new long[longestAnswer];
        ids = new int[longestAnswer];
    }

    void clear() {
        generated = 0;
        promptTokens = 0;
        cachedTokens = 0;
        stop = Stop.LENGTH;
    }

    void token(long logits, long end, int id) {
        logitsNanos[generated] = logits;
        endNanos[generated] = end;
        ids[generated] = id;
        generated++;
    }

    boolean hasRoom() {
        return generated < ids.length;
    }

    int generated() {
        return generated;
    }

    long logitsNanos(int index) {
        return logitsNanos[index];
    }

    long endNanos(int index) {
        return endNanos[index];
    }

    int id(int index) {
        return ids[index];
    }

    int[] answer() {
        return Arrays.copyOf(ids, generated);
    }

    /** End of the last token, or of the prefill where nothing was generated. */
    long lastNanos() {
        return generated == 0 ? prefilledNanos : endNanos[generated - 1];
    }
}
