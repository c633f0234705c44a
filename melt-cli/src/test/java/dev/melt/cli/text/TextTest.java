package dev.melt.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.cli.text.Table.Align;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void alignsWordsLeftAndFiguresRight() {
        assertThat(printed(table(), Integer.MAX_VALUE)).isEqualTo("""
                name  bytes
                a         1
                bbbb     22
                """);
    }

    @Test
    void countsWideCharactersTwiceAndCombiningOnesNot() {
        Table table = new Table().column("n", Align.LEFT).column("x", Align.LEFT);
        table.row(List.of("模型", "|")).row(List.of("e\u0301tat", "|"));

        assertThat(printed(table, Integer.MAX_VALUE)).isEqualTo("n     x\n模型  |\ne\u0301tat  |\n");
    }

    @Test
    void cutsLinesThatAreLongerThanTheTerminal() {
        assertThat(printed(table(), 8)).isEqualTo("name  b…\na      …\nbbbb   …\n");
        assertThat(printed(table(), 11)).isEqualTo(printed(table(), Integer.MAX_VALUE));
    }

    @Test
    void showsNoControlCharacterOfACell() {
        Table table = new Table().column("n", Align.LEFT).row(List.of("\u001b[2Jx\ny"));

        assertThat(printed(table, Integer.MAX_VALUE)).isEqualTo("n\n?[2Jx?y\n");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> table().row(List.of("only one"))).hasMessage("2 cells needed, 1 given");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1549, 1.5 kB",
        "99949, 99.9 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "637000000, 637 MB",
        "3825807360, 3.8 GB",
        "9223372036854775807, 9223372 TB"
    })
    void writesAmountsInPowersOfTen(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1.00 k", "14684672, 14.7 M", "135000000, 135 M", "1100048384, 1.10 B"})
    void writesCountsWithThreeDigits(long count, String text) {
        assertThat(Counts.text(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"tr-TR", "de-DE", "ar-EG"})
    void writesFiguresTheSameInEveryLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Bytes.text(1549)).isEqualTo("1.5 kB");
            assertThat(Counts.text(1549)).isEqualTo("1.55 k");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writesJsonAsUtf8WithKeysInTheirOrder() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        JsonOut.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), List.of(Map.of("name", "模型 \u001b")));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("[ {\n  \"name\" : \"模型 \\u001B\"\n} ]\n");
    }

    private static Table table() {
        return new Table()
                .column("name", Align.LEFT)
                .column("bytes", Align.RIGHT)
                .row(List.of("a", "1"))
                .row(List.of("bbbb", "22"));
    }

    private static String printed(Table table, int columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns, false);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
