package dev.melt.ios.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form by the tool or the system that prints it, whole, against the rows beside it. */
class FixturesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "devicectl/355/launch",
                "devicectl/355/locked",
                "devicectl/397/json",
                "gas-gauge/ios16/full100",
                "goios-battery/go-ios/registry",
                "goios-battery/pymobiledevice3/monitor",
                "goios-battery/tidevice/dict",
                "idevicedebug/1.3.0/calls",
                "idevicedebug/1.3.0/ended",
                "ideviceinfo/1.3.0/battery",
                "ideviceinfo/1.3.0/battery-xml",
                "ideviceinfo/1.3.0/developer-mode",
                "ideviceinfo/1.3.0/disk",
                "ideviceinfo/1.3.0/disk-stalled",
                "ideviceinfo/1.3.0/phone",
                "ideviceinstaller/1.1.1/list",
                "ideviceinstaller/1.1.1/refused",
                "ideviceinstaller/1.1.1/xml",
                "ioreg-battery/ios15/unsigned",
                "ioreg-battery/ios17/charging",
                "ioreg-battery/ios17/no-such-entry",
                "ioreg-battery/ios26/nested",
                "ios-tool-error/1.3.0/calls",
                "ios-tool-error/1.3.0/pending",
                "jetsam/ios15/syslog",
                "jetsam/ios17/report"
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
