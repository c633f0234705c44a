package dev.melt.engines.span;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpanLayoutNumberingTest {
    private final EventLogBuilder log = new EventLogBuilder();
    private final SpanLayout layout = new SpanLayout(log);

    @Test
    void goesOnBehindTheHighestNumberThatWasGiven() {
        layout.turn(5, TurnSpans.prefill(4, 1));

        assertThat(layout.turn(TurnSpans.prefill(4, 1))).isEqualTo(6);
    }

    @Test
    void laysTimedTokensFromTheTurnsStart() {
        layout.undivided(0, 2, 3, 0);
        layout.streamed(1, TurnSpans.whole(4, 0.5, 2, 9), new TreeMap<>(Map.of(0, 0.5, 1, 0.75, 2, 1.0)));

        List<Event> events = log.build().events();

        assertThat(events)
                .filteredOn(Event.Token.class::isInstance)
                .extracting(Event::endNanos)
                .containsExactly(2_500_000_000L, 2_750_000_000L, 3_000_000_000L);
        assertThat(events).noneMatch(Event.Decode.class::isInstance);
        assertThat(log.build().turns().get(1).endNanos()).isEqualTo(3_000_000_000L);
    }
}
