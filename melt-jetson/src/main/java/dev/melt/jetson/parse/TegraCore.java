package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.OptionalDouble;

/**
 * One processor on a line of tegrastats.
 *
 * @param share of the time that it was busy, 0 to 1; empty while it is off
 * @param hertz what it runs at; empty while it is off, and where tegrastats cannot tell
 */
public record TegraCore(OptionalDouble share, OptionalDouble hertz) {
    /** One that is off. */
    static final TegraCore OFF = new TegraCore(OptionalDouble.empty(), OptionalDouble.empty());

    public TegraCore {
        requireNonNull(share, "share");
        requireNonNull(hertz, "hertz");
    }

    public boolean isOn() {
        return share.isPresent();
    }

    void writeTo(TelemetryBuilder out, int number, OptionalDouble t) {
        share.ifPresent(value -> out.sample("utilisation/cpu" + number, Unit.RATIO, value, t));
        hertz.ifPresent(value -> out.sample("frequency/cpu" + number, Unit.HERTZ, value, t));
    }
}
