package dev.melt.jetson.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind, whatever happens to a text. */
class HostileTextTest {
    static List<String> kinds() {
        return Saved.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void skipsAndCountsOneDamagedLine(String kind) throws UnknownOutputException {
        ParsedTelemetry whole = Saved.read(kind, Saved.example(kind));
        List<String> lines = new ArrayList<>(Arrays.asList(Saved.example(kind).split("\n", -1)));
        lines.add(1, "##?##");

        ParsedTelemetry damaged = Saved.read(kind, String.join("\n", lines));

        assertThat(damaged.samples()).isEqualTo(whole.samples());
        assertThat(damaged.skipped()).isEqualTo(whole.skipped() + 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void skipsALineThatIsNoText(String kind) throws UnknownOutputException {
        ParsedTelemetry damaged = Saved.read(kind, Saved.example(kind) + "\uFFFD\u0000\n");

        assertThat(damaged.samples())
                .isEqualTo(Saved.read(kind, Saved.example(kind)).samples());
        assertThat(damaged.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsWhatAnOldShellOrAWindowsConsoleSaved(String kind) throws UnknownOutputException {
        String text = Saved.example(kind);

        assertThat(Saved.read(kind, "\uFEFF" + text.replace("\n", "\r\r\n"))).isEqualTo(Saved.read(kind, text));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesEveryOtherKindByName(String kind) {
        for (String other : Saved.kinds()) {
            if (!other.equals(kind)) {
                assertThatThrownBy(() -> Saved.read(kind, Saved.example(other)))
                        .as("%s read as %s", other, kind)
                        .isInstanceOf(UnknownOutputException.class)
                        .hasMessageContaining("expected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesNothingAndWords(String kind) {
        for (String text :
                List.of("", "\n", "sh: tegrastats: not found\n", "cat: /etc/nv_tegra_release: Permission denied\n")) {
            assertThatThrownBy(() -> Saved.read(kind, text)).isInstanceOf(UnknownOutputException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsOrRefusesATextThatBreaksOffAnywhere(String kind) throws UnknownOutputException {
        String text = Saved.example(kind);
        ParsedTelemetry whole = Saved.read(kind, text);
        for (int end = 0; end < text.length() - 1; end++) {
            try {
                ParsedTelemetry part = Saved.read(kind, text.substring(0, end));
                assertThat(whole.samples()).as("cut at %d", end).containsAll(part.samples());
            } catch (UnknownOutputException refused) {
                assertThat(refused.getMessage()).contains("expected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsOrRefusesAnyBytes(String kind) {
        Random random = new Random(kind.hashCode());
        String text = Saved.example(kind);
        for (int i = 0; i < 500; i++) {
            StringBuilder changed = new StringBuilder(text);
            for (int change = 0; change < 5; change++) {
                changed.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(96) + 31));
            }
            try {
                assertThat(Saved.read(kind, changed.toString()).skipped()).isNotNegative();
            } catch (UnknownOutputException refused) {
                assertThat(refused.getMessage()).contains("expected");
            }
        }
    }
}
