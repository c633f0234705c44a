package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a channel's own samples say of how it was read; nothing of it is assumed.
 *
 * @param samples how many
 * @param samplesPerSecond over the time from the first to the last; empty below two
 * @param refreshSeconds median time between two readings that differ: how often the source makes a new one; empty where it
 *     changed fewer than three times
 * @param resolution smallest step that is seen, in the channel's unit; empty in the same case
 */
public record ChannelFigures(
        Channel channel,
        int samples,
        OptionalDouble samplesPerSecond,
        OptionalDouble refreshSeconds,
        OptionalDouble resolution) {
    public ChannelFigures {
        requireNonNull(channel, "channel");
        requireNonNull(samplesPerSecond, "samplesPerSecond");
        requireNonNull(refreshSeconds, "refreshSeconds");
        requireNonNull(resolution, "resolution");
    }

    /** Of what was measured; empty for a series that was derived from others, or has no sample. */
    public static Optional<ChannelFigures> of(Series series) {
        if (Quantities.isDerived(series.channel()) || series.size() == 0) {
            return Optional.empty();
        }
        Trace.Kind kind = series.channel().unit() == Unit.JOULE ? Trace.Kind.COUNTER : Trace.Kind.RATE;
        Trace trace = Trace.of(kind, series, 0, true);
        long refreshNanos = trace.refreshNanos();
        double seconds = (series.atNanos()[series.size() - 1] - series.atNanos()[0]) / 1e9;
        return Optional.of(new ChannelFigures(
                series.channel(),
                series.size(),
                seconds > 0 ? OptionalDouble.of((series.size() - 1) / seconds) : OptionalDouble.empty(),
                refreshNanos > 0 ? OptionalDouble.of(refreshNanos / 1e9) : OptionalDouble.empty(),
                refreshNanos > 0 && trace.resolution() > 0
                        ? OptionalDouble.of(trace.resolution())
                        : OptionalDouble.empty()));
    }
}
