package dev.melt.jetson.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form by the system that prints it, whole, against the rows beside it. */
class FixturesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tegrastats/r21/tk1",
                "tegrastats/r28/tx1",
                "tegrastats/r32/agx-xavier",
                "tegrastats/r32/nano",
                "tegrastats/r35/agx-orin",
                "tegrastats/r36/orin-nano",
                "tegrastats/r38/orin-nx",
                "tegrastats/r38/thor",
                "ina3221/jp4/nano",
                "ina3221/jp6/orin-nano",
                "nvpmodel/jp4/tx2",
                "nvpmodel/jp6/conf",
                "nvpmodel/jp6/orin-nano",
                "jetson-clocks/jp4/xavier",
                "jetson-clocks/jp6/orin-nx",
                "nv-tegra-release/r32/nano",
                "nv-tegra-release/r36/orin"
            })
    void readsAllThatIsThere(String fixture) throws UnknownOutputException {
        String kind = fixture.substring(0, fixture.indexOf('/'));

        assertThat(rows(Saved.read(kind, Saved.fixture(fixture + ".txt")))).isEqualTo(Saved.fixture(fixture + ".tsv"));
    }

    private static String rows(ParsedTelemetry parsed) {
        StringBuilder rows = new StringBuilder();
        parsed.facts()
                .forEach((key, fact) ->
                        rows.append("fact\t" + key + "\t").append(fact.json()).append('\n'));
        parsed.samples()
                .forEach(reading -> rows.append(reading.channel() + "\t")
                        .append(reading.unit().symbol() + "\t" + reading.value() + "\t")
                        .append(
                                reading.t().isPresent()
                                        ? Double.toString(reading.t().getAsDouble())
                                        : "-")
                        .append('\n'));
        return rows.append("skipped\t" + parsed.skipped() + "\n").toString();
    }
}
