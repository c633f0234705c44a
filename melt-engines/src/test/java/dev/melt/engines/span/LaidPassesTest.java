package dev.melt.engines.span;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaidPassesTest {
    private final EventLogBuilder log = new EventLogBuilder();
    private final SpanLayout spans = new SpanLayout(log);

    @Test
    void makesATokenOfEachPassBehindTheFirst() {
        assertThat(spans.passes(new double[] {0.5, 0.25})).isZero();
        List<Long> ends = log.build().events().stream()
                .filter(Event.Token.class::isInstance)
                .map(Event::endNanos)
                .toList();
        assertThat(ends).containsExactly(0L, 500_000_000L, 750_000_000L);
        assertThat(log.build().turns()).extracting(Event.Turn::generated).containsExactly(3);
    }

    @Test
    void staysWithinTimeWhateverAnEnginePrints() {
        spans.load(1e300);
        spans.turn(TurnSpans.whole(4, 1e300, 3, 1));
        assertThat(log.build().turns()).extracting(Event.Turn::endNanos).containsExactly(Long.MAX_VALUE);
    }
}
