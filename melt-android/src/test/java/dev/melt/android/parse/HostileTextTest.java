package dev.melt.android.parse;

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
        ParsedTelemetry whole = Saved.read(kind, Saved.fixture(kind));
        List<String> lines = new ArrayList<>(Arrays.asList(Saved.fixture(kind).split("\n", -1)));
        lines.add(1, garbage(kind));

        ParsedTelemetry damaged = Saved.read(kind, String.join("\n", lines));

        assertThat(damaged.samples()).isEqualTo(whole.samples());
        assertThat(damaged.skipped()).isEqualTo(whole.skipped() + 1);
    }

    /** A property may have several lines: only what is no text is no part of it. */
    private static String garbage(String kind) {
        return kind.equals("getprop") ? "\u0001##" : "##?##";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void skipsALineThatIsNoText(String kind) throws UnknownOutputException {
        ParsedTelemetry damaged = Saved.read(kind, Saved.fixture(kind) + "\uFFFD\u0000\n");

        assertThat(damaged.samples())
                .isEqualTo(Saved.read(kind, Saved.fixture(kind)).samples());
        assertThat(damaged.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsWhatAnOldShellOrAWindowsConsoleSaved(String kind) throws UnknownOutputException {
        String text = Saved.fixture(kind);

        assertThat(Saved.read(kind, "\uFEFF" + text.replace("\n", "\r\r\n"))).isEqualTo(Saved.read(kind, text));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesEveryOtherKindByName(String kind) {
        for (String other : Saved.kinds()) {
            if (!other.equals(kind)) {
                assertThatThrownBy(() -> Saved.read(kind, Saved.fixture(other)))
                        .as("%s read as %s", other, kind)
                        .isInstanceOf(UnknownOutputException.class)
                        .hasMessageContaining("expected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesNothingAndWords(String kind) {
        for (String text : List.of("", "\n", "Can't find service: x\n", "Permission Denial: can't dump\n")) {
            assertThatThrownBy(() -> Saved.read(kind, text)).isInstanceOf(UnknownOutputException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsOrRefusesATextThatBreaksOffAnywhere(String kind) throws UnknownOutputException {
        String text = Saved.fixture(kind);
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
        String text = Saved.fixture(kind);
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
