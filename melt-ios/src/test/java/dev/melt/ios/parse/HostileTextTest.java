package dev.melt.ios.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.testkit.Fixtures;
import dev.melt.testkit.SavedFormatContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest implements SavedFormatContract {
    private static final String BEGIN = "<?xml version=\"1.0\"?>\n<plist version=\"1.0\">\n";

    @Override
    public SavedFormatProvider formats() {
        return Saved::formats;
    }

    @Override
    public String example(String kind) {
        return Saved.example(kind);
    }

    @Override
    public List<String> noOutput() {
        return List.of("", "\n", "sh: ideviceinfo: not found\n", "bash: ios: command not found\n", "{}\n", "[]\n");
    }

    /** An app may print any line that is text. */
    @Override
    public String garbage(String kind) {
        return kind.equals("idevicedebug") ? "##\u0007##" : "##?##";
    }

    @Test
    void fetchesNothingAndExpandsNoEntities() {
        String list = """
                <?xml version="1.0"?>
                <!DOCTYPE plist [<!ENTITY file SYSTEM "file:///etc/passwd">]>
                <plist version="1.0">
                <dict>
                <key>ProductType</key>
                <string>&file;</string>
                </dict>
                </plist>
                """;

        assertThatThrownBy(() -> Saved.read("ideviceinfo", list))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("without entities of its own expected");
    }

    @Test
    void leavesAnEntityThatNobodyDeclaredAsItIs() throws UnknownOutputException {
        ParsedTelemetry info = Saved.read(
                "ideviceinfo",
                BEGIN
                        + "<dict>\n<key>DeviceName</key>\n<string>&file; &#65;&#x42; &lt;&amp;&gt;</string>\n</dict>\n</plist>\n");

        assertThat(Fixtures.fact(info, "DeviceName")).isEqualTo("&file; AB <&>");
    }

    @ParameterizedTest
    @CsvSource({"195, true", "205, false", "100000, false"})
    void refusesAListThatLiesTooDeep(int depth, boolean read) throws UnknownOutputException {
        String list = BEGIN
                + "<dict>\n<key>IORegistry</key>\n<dict>\n<key>CycleCount</key>\n<integer>7</integer>\n<key>Deep</key>\n"
                + "<array>".repeat(depth) + "</array>".repeat(depth) + "\n</dict>\n</dict>\n</plist>\n";

        if (read) {
            assertThat(Fixtures.values(Saved.read("ioreg-battery", list))).containsEntry("cycles/battery", 7.0);
        } else {
            assertThatThrownBy(() -> Saved.read("ioreg-battery", list))
                    .hasMessageContaining("at most 200 deep expected");
        }
    }

    @Test
    void refusesJsonThatLiesTooDeep() {
        String deep = "{\"Voltage\":4000,\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";

        assertThatThrownBy(() -> Saved.read("goios-battery", deep)).isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<key>Temperature</key>", "<integer>3120</integer>"})
    void losesOneValueWithOneLineOfAList(String line) throws UnknownOutputException {
        String whole = Saved.example("ioreg-battery");
        ParsedTelemetry damaged = Saved.read("ioreg-battery", whole.replace("\t\t" + line + "\n", "\t\t<k#y>?\n"));

        assertThat(Fixtures.values(damaged))
                .doesNotContainKey("temperature/battery")
                .containsEntry("voltage/battery", 4.211);
        assertThat(damaged.samples())
                .hasSize(Saved.read("ioreg-battery", whole).samples().size() - 1);
        assertThat(damaged.skipped()).isBetween(1L, 2L);
    }

    @Test
    void takesNoValuesOfAChargerForThoseOfTheBattery() {
        String list = Saved.example("ioreg-battery")
                .replace("<key>AdapterDetails</key>\n\t\t<dict>", "<key>AdapterDetails</key>\n\t\t<d#ct>");

        assertThatThrownBy(() -> Saved.read("ioreg-battery", list)).hasMessageContaining("closes what it opens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<integer>99999999999999999999999999999999</integer> | 2",
                "<integer>0x10</integer> | 2",
                "<integer/> | 2",
                "<real>nan</real> | 2",
                "<string>4 V</string> | 0",
                "<string>4000</string> | 0"
            })
    void takesNoNumberThatIsNone(String voltage, int skipped) throws UnknownOutputException {
        ParsedTelemetry battery = Saved.read(
                "ioreg-battery",
                BEGIN + "<dict>\n<key>IORegistry</key>\n<dict>\n<key>Voltage</key>\n" + voltage
                        + "\n<key>CycleCount</key>\n<integer>7</integer>\n</dict>\n</dict>\n</plist>\n");

        assertThat(battery.skipped()).isBetween(0L, (long) skipped);
        assertThat(Fixtures.values(battery)).containsEntry("cycles/battery", 7.0);
        assertThat(Fixtures.values(battery).containsKey("voltage/battery")).isEqualTo(voltage.contains("4000"));
    }

    @Test
    void skipsAReadingThatBreaksOffWithinALog() throws UnknownOutputException {
        String monitor = Saved.fixture("goios-battery/pymobiledevice3/monitor.txt");
        String[] lines = monitor.split("\n", -1);
        ParsedTelemetry read = Saved.read(
                "goios-battery",
                lines[0] + "\n{\"InstantAmperage\":-211,\"Tempe\n" + lines[1] + "\n{\"InstantAmperage\":-9");

        assertThat(read.samples()).hasSize(10);
        assertThat(read.skipped()).isEqualTo(2);
    }

    @Test
    void looksAtTheBeginningOfALineWithoutEnd() throws UnknownOutputException {
        String line = "ERROR: " + "a(Error ".repeat(1_000_000);

        assertThat(Fixtures.fact(Saved.read("ios-tool-error", line + "\n"), "words")
                        .toString())
                .hasSize(1000);
        assertThat(Fixtures.fact(Saved.read("devicectl", "Acquired usage assertion.\n" + line + "\n"), "class"))
                .isEqualTo("OTHER");
    }
}
