package dev.melt.cli.command.run;

import dev.melt.cli.text.Table;
import dev.melt.core.metric.ChannelFigures;
import dev.melt.core.run.ReadChannel;
import dev.melt.core.telemetry.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** How the telemetry channels of a cell were read: for people and for programs. What cannot be told is left empty. */
final class ChannelText {
    private ChannelText() {}

    static Table table(List<ReadChannel> channels) {
        Table table = new Table()
                .column("channel", Table.Align.LEFT)
                .column("source", Table.Align.LEFT)
                .column("unit", Table.Align.LEFT)
                .column("samples", Table.Align.RIGHT)
                .column("per second", Table.Align.RIGHT)
                .column("renewed every (s)", Table.Align.RIGHT)
                .column("smallest step", Table.Align.RIGHT);
        for (ReadChannel read : channels) {
            ChannelFigures figures = read.figures();
            Channel channel = figures.channel();
            table.row(List.of(
                    channel.name(),
                    channel.source(),
                    channel.unit().symbol(),
                    Integer.toString(figures.samples()),
                    text(figures.samplesPerSecond()),
                    text(figures.refreshSeconds()),
                    text(figures.resolution())));
        }
        return table;
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3g", value.getAsDouble()) : "-";
    }

    static Map<String, Object> json(ReadChannel read) {
        ChannelFigures figures = read.figures();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channel", figures.channel().name());
        json.put("unit", figures.channel().unit().symbol());
        json.put("source", figures.channel().source());
        json.put("trial", read.trialId());
        json.put("samples", figures.samples());
        figures.samplesPerSecond().ifPresent(hertz -> json.put("samples_per_second", hertz));
        figures.refreshSeconds().ifPresent(seconds -> json.put("refresh_s", seconds));
        figures.resolution().ifPresent(step -> json.put("resolution", step));
        return json;
    }
}
