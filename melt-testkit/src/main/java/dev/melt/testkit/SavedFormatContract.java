package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of telemetry that {@code melt parse} reads, whatever happens to a text. */
@TestInstance(Lifecycle.PER_CLASS)
public interface SavedFormatContract {
    /** The kinds under test. */
    SavedFormatProvider formats();

    /** A text of a kind that is whole. */
    String example(String kind);

    /** What a person saves who meant to save output: nothing, or a complaint. */
    List<String> noOutput();

    /** A line that is none of a kind, to stand behind the first one. */
    default String garbage(String kind) {
        return "##?##";
    }

    /** Names of the kinds. */
    default List<String> kinds() {
        return formats().formats().stream().map(SavedFormat::kind).toList();
    }

    private ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        TelemetryFormat format = (TelemetryFormat) formats().formats().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        return format.parse(SourceText.of(text));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void skipsAndCountsOneDamagedLine(String kind) throws UnknownOutputException {
        ParsedTelemetry whole = read(kind, example(kind));
        List<String> lines = new ArrayList<>(Arrays.asList(example(kind).split("\n", -1)));
        lines.add(1, garbage(kind));

        ParsedTelemetry damaged = read(kind, String.join("\n", lines));

        assertThat(damaged.samples()).isEqualTo(whole.samples());
        assertThat(damaged.skipped()).isEqualTo(whole.skipped() + 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void skipsALineThatIsNoText(String kind) throws UnknownOutputException {
        ParsedTelemetry damaged = read(kind, example(kind) + "\uFFFD\u0000\n");

        assertThat(damaged.samples()).isEqualTo(read(kind, example(kind)).samples());
        assertThat(damaged.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void readsWhatAnOldShellOrAWindowsConsoleSaved(String kind) throws UnknownOutputException {
        String text = example(kind);

        assertThat(read(kind, "\uFEFF" + text.replace("\n", "\r\r\n"))).isEqualTo(read(kind, text));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void refusesEveryOtherKindByName(String kind) {
        for (String other : kinds()) {
            if (!other.equals(kind)) {
                assertThatThrownBy(() -> read(kind, example(other)))
                        .as("%s read as %s", other, kind)
                        .isInstanceOf(UnknownOutputException.class)
                        .hasMessageContaining("expected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void refusesNothingAndWords(String kind) {
        for (String text : noOutput()) {
            assertThatThrownBy(() -> read(kind, text)).isInstanceOf(UnknownOutputException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void readsOrRefusesATextThatBreaksOffAnywhere(String kind) throws UnknownOutputException {
        String text = example(kind);
        ParsedTelemetry whole = read(kind, text);
        for (int end = 0; end < text.length() - 1; end++) {
            try {
                ParsedTelemetry part = read(kind, text.substring(0, end));
                assertThat(whole.samples()).as("cut at %d", end).containsAll(part.samples());
            } catch (UnknownOutputException refused) {
                assertThat(refused.getMessage()).contains("expected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    default void readsOrRefusesAnyBytes(String kind) {
        Random random = new Random(kind.hashCode());
        String text = example(kind);
        for (int i = 0; i < 500; i++) {
            StringBuilder changed = new StringBuilder(text);
            for (int change = 0; change < 5; change++) {
                changed.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(96) + 31));
            }
            try {
                assertThat(read(kind, changed.toString()).skipped()).isNotNegative();
            } catch (UnknownOutputException refused) {
                assertThat(refused.getMessage()).contains("expected");
            }
        }
    }
}
