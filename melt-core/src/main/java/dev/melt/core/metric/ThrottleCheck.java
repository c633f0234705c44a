package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Channel;
import java.util.List;
import java.util.Locale;

/** Was the device throttled while the engine worked? */
final class ThrottleCheck {
    private ThrottleCheck() {}

    static List<Warning> check(TrialEvidence evidence, TrialTimes times) {
        return Throttling.of(evidence, times)
                .flatMap(t -> t.firstReading().map(reading -> warning(t, reading, times)))
                .map(List::of)
                .orElse(List.of());
    }

    private static Warning warning(Throttling throttling, Throttling.Reading reading, TrialTimes times) {
        long start = times.allTurns().orElseThrow().startNanos();
        return new Warning(
                Validity.THROTTLED,
                String.format(
                        Locale.ROOT,
                        "%s for %.1f s of the turns, first %.1f s after the first turn began",
                        what(reading),
                        throttling.seconds(),
                        new Window(start, throttling.spans().get(0).startNanos()).seconds()));
    }

    private static String what(Throttling.Reading reading) {
        Channel channel = reading.series().channel();
        return channel.quantity().equals(Quantities.COOLING)
                ? String.format(Locale.ROOT, "cooling device %s at %.0f", channel.site(), reading.value())
                : String.format(
                        Locale.ROOT,
                        "%s capped at %.2f of %.2f GHz",
                        channel.site(),
                        reading.value() / 1e9,
                        reading.full() / 1e9);
    }
}
