package dev.melt.engines.span;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Lays durations end to end from 0 as events of a log. Durations come out again to the nanosecond; where they lie in time is
 * not said. Used once, by one thread.
 */
public final class SpanLayout {
    private static final double NANOS = 1e9;

    private final EventLogBuilder log;
    private long now;
    private int turns;

    /** Fills a log and marks its stamps as {@link Stamps#DURATIONS}. */
    public SpanLayout(EventLogBuilder log) {
        this.log = log;
        log.stamps(Stamps.DURATIONS);
    }

    /** The model file became usable. */
    public SpanLayout load(double seconds) {
        long start = now;
        log.add(new Event.Load(start, advance(seconds), PageCache.UNKNOWN));
        return this;
    }

    /** An execution graph was built or optimised. */
    public SpanLayout graphPrepare(double seconds) {
        long start = now;
        log.add(new Event.GraphPrepare(start, advance(seconds)));
        return this;
    }

    /** The next turn has this number, of a trial whose first turns were finished before. */
    public SpanLayout next(int turn) {
        turns = turn;
        return this;
    }

    /** The next turn, and its number. */
    public int turn(TurnSpans spans) {
        int turn = turns;
        turn(turn, spans);
        return turn;
    }

    /** The turn of this number; those that are numbered by themselves go on behind it. */
    public void turn(int number, TurnSpans spans) {
        long start = open(number, spans.depth());
        prefill(number, spans);
        if (spans.firstTokenSeconds().isPresent()) {
            long first = after(start, spans.firstTokenSeconds().getAsDouble());
            log.add(new Event.Token(number, 0, first, OptionalInt.empty()));
            // a first token that comes out of a pass lies within the decode span, which then begins with the prompt's
            // end
            boolean ofAPass =
                    spans.decodeSteps().isPresent() && spans.decodeSteps().getAsInt() == spans.generated();
            now = ofAPass ? now : Math.max(now, first);
        }
        if (spans.decodeSeconds().isPresent() && spans.decodeSteps().isPresent()) {
            long from = now;
            log.add(new Event.Decode(
                    number,
                    from,
                    advance(spans.decodeSeconds().getAsDouble()),
                    spans.decodeSteps().getAsInt()));
        }
        log.turnEnded(number, now, spans.generated());
    }

    /**
     * A turn whose tokens were timed one by one.
     *
     * @param spans its prompt and counts; times of its tokens in it are not looked at
     * @param tokenSeconds from the turn's start to the end of each token, by index from 0
     */
    public void streamed(int number, TurnSpans spans, SortedMap<Integer, Double> tokenSeconds) {
        long start = open(number, spans.depth());
        prefill(number, spans);
        tokenSeconds.forEach((index, seconds) -> {
            long end = after(start, seconds);
            log.add(new Event.Token(number, index, end, OptionalInt.empty()));
            now = Math.max(now, end);
        });
        log.turnEnded(number, now, spans.generated());
    }

    /** A turn of which nothing is known but how long the whole of it took. */
    public void undivided(int number, double seconds, int generated, int depth) {
        open(number, depth);
        log.turnEnded(number, advance(seconds), generated);
    }

    private long open(int number, int depth) {
        turns = Math.max(turns, number + 1);
        log.turnStarted(number, 0, now, depth);
        return now;
    }

    private void prefill(int number, TurnSpans spans) {
        if (spans.prefillSeconds().isPresent()) {
            long start = now;
            long end = advance(spans.prefillSeconds().getAsDouble());
            log.add(new Event.Prefill(number, start, end, spans.promptTokens().orElse(0), spans.cached()));
        }
    }

    /** How many turns were laid so far. */
    public int turns() {
        return turns;
    }

    /**
     * The next turn of an engine that times each pass but not its prompt alone: a first token, from which it is counted, and one
     * more with each pass.
     */
    public int passes(double[] seconds) {
        int turn = turns++;
        log.turnStarted(turn, 0, now, 0);
        log.add(new Event.Token(turn, 0, now, OptionalInt.empty()));
        for (int i = 0; i < seconds.length; i++) {
            log.add(new Event.Token(turn, i + 1, advance(seconds[i]), OptionalInt.empty()));
        }
        log.turnEnded(turn, now, seconds.length + 1);
        return turn;
    }

    private long advance(double seconds) {
        now = after(now, seconds);
        return now;
    }

    /** The sum, or the end of all time: what an engine prints may be any number. */
    private static long after(long from, double seconds) {
        long length = nanos(seconds);
        return length > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + length;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }
}
