package dev.melt.core.metric;

import dev.melt.core.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The events of one turn, as the spans that formulas ask for.
 *
 * @param tokens in order of their index
 * @param graphs the trial's graph builds, which are taken out of prefill where they overlap it
 */
record TurnTimes(
        int index,
        Optional<Event.Turn> turn,
        List<Event.Prefill> prefills,
        List<Event.Token> tokens,
        Optional<Event.Decode> decodeSpan,
        List<Window> graphs) {
    private static final double NANOS = 1e9;

    TurnTimes {
        prefills = List.copyOf(prefills);
        tokens = List.copyOf(tokens);
        graphs = List.copyOf(graphs);
    }

    /**
     * By the engine's own numbering of tokens, so that a lost line does not shorten the answer. An engine that reports
     * no single tokens says the number with the turn.
     */
    OptionalInt generated() {
        if (!tokens.isEmpty() && decodeSpan.isEmpty()) {
            return OptionalInt.of(last().index() + 1);
        }
        return turn.isPresent() && turn.get().generated() > 0
                ? OptionalInt.of(turn.get().generated())
                : OptionalInt.empty();
    }

    /** Start of the turn to the end of its last token. */
    Optional<Window> untilLastToken() {
        return lastTokenNanos().flatMap(end -> turn.flatMap(t -> window(t.startNanos(), end)));
    }

    Optional<Window> untilFirstToken() {
        return first().flatMap(token -> turn.flatMap(t -> window(t.startNanos(), token.endNanos())));
    }

    /** The whole turn, with what comes after its last token. */
    Optional<Window> whole() {
        return turn.map(t -> new Window(t.startNanos(), t.endNanos()));
    }

    /** End of the first token to the end of the last; empty for a single token. */
    Optional<Window> decode() {
        if (decodeSpan.isPresent()) {
            return window(decodeSpan.get().startNanos(), decodeSpan.get().endNanos());
        }
        return first().filter(token -> last().index() > 0)
                .flatMap(token -> window(token.endNanos(), last().endNanos()));
    }

    /** Start of prefill to the end of the last token. */
    Optional<Window> prefillAndDecode() {
        return prefills.isEmpty()
                ? Optional.empty()
                : lastTokenNanos().flatMap(end -> window(prefills.get(0).startNanos(), end));
    }

    /** Steps in {@link #decode()}. */
    int decodeSteps() {
        return decodeSpan.map(Event.Decode::steps).orElseGet(() -> last().index());
    }

    /**
     * From the end of each token to the logits of the next, in sum; what an engine counts as decoding. Empty where a token's
     * line is lost or an engine does not say when its logits were there.
     */
    OptionalDouble decodePassSeconds() {
        long nanos = 0;
        for (int i = 1; i < tokens.size(); i++) {
            Event.Token token = tokens.get(i);
            if (token.index() != i || token.logitsNanos().isEmpty()) {
                return OptionalDouble.empty();
            }
            nanos += token.logitsNanos().getAsLong() - tokens.get(i - 1).endNanos();
        }
        return nanos > 0 ? OptionalDouble.of(nanos / NANOS) : OptionalDouble.empty();
    }

    int promptTokens() {
        return prefills.stream().mapToInt(Event.Prefill::tokens).sum();
    }

    /** Prompt tokens that came out of a KV cache. */
    int cachedTokens() {
        return prefills.stream().mapToInt(Event.Prefill::cached).sum();
    }

    /** The spans of prefill with the building of graphs cut out. */
    List<Window> prefillWindows() {
        List<Window> spans = prefills.stream()
                .map(p -> new Window(p.startNanos(), p.endNanos()))
                .toList();
        for (Window graph : graphs) {
            spans = spans.stream().flatMap(s -> s.without(graph).stream()).toList();
        }
        return spans;
    }

    /** Empty where no prompt token was evaluated. */
    OptionalDouble prefillSeconds() {
        double seconds = prefillWindows().stream().mapToDouble(Window::seconds).sum();
        return promptTokens() > 0 && seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    /** Seconds between the ends of neighbouring tokens; where a token's line is lost, no gap is made up. */
    double[] gapsSeconds() {
        return IntStream.range(1, tokens.size())
                .filter(i -> tokens.get(i).index() == tokens.get(i - 1).index() + 1)
                .mapToDouble(i -> (tokens.get(i).endNanos() - tokens.get(i - 1).endNanos()) / NANOS)
                .toArray();
    }

    private Optional<Long> lastTokenNanos() {
        return decodeSpan
                .map(Event.Decode::endNanos)
                .or(() -> tokens.isEmpty() ? Optional.empty() : Optional.of(last().endNanos()));
    }

    private Optional<Event.Token> first() {
        return tokens.stream().findFirst().filter(t -> t.index() == 0);
    }

    private Event.Token last() {
        return tokens.get(tokens.size() - 1);
    }

    private static Optional<Window> window(long startNanos, long endNanos) {
        return endNanos > startNanos ? Optional.of(new Window(startNanos, endNanos)) : Optional.empty();
    }
}
