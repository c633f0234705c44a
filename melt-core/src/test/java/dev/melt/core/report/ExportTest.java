package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.Samples;
import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.store.StoredTrial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
    private static final ReportOptions HIDDEN =
            new ReportOptions(Pseudonyms.keyedBy("a key of this test".getBytes(UTF_8)), false);
    private static final ReportOptions SHOWN = new ReportOptions(Pseudonyms.NONE, false);

    @TempDir
    Path folder;

    private final Locale before = Locale.getDefault();
    private RunStore store;
    private String run;

    @BeforeEach
    void fillStore() {
        store = SqliteRunStore.open(folder.resolve("melt.db"), Samples.NOON, Duration.ofSeconds(5));
        run = store.createRun(Samples.run(3)).id();
        List<String> trials = store.trials(run).stream().map(StoredTrial::id).toList();
        store.markStarted(trials.get(0), 1);
        store.noteBootSpan(trials.get(0), 5, 905);
        store.saveResult(Samples.result(trials.get(0), Outcome.OK));
        store.saveResult(Samples.result(trials.get(1), Outcome.CRASHED));
    }

    @AfterEach
    void close() {
        store.close();
        Locale.setDefault(before);
    }

    static Stream<Arguments> everyFormatAndLocale() {
        return Stream.of("csv", "jsonl")
                .flatMap(format ->
                        Stream.of("und", "tr-TR", "de-DE", "ar-EG").map(locale -> Arguments.of(format, locale)));
    }

    @ParameterizedTest
    @MethodSource("everyFormatAndLocale")
    void looksTheSameInEveryLocale(String format, String locale) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(locale));

        String all = allFiles(ReportWriters.named(format).write(store, run, folder.resolve("out"), HIDDEN));

        assertThat(all.replace(run, "RUN")).isEqualTo(golden(format));
    }

    @Test
    void isReadByAnyCsvParser() throws IOException {
        ReportWriters.named("csv").write(store, run, folder.resolve("out"), SHOWN);

        try (MappingIterator<String[]> rows = new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(folder.resolve("out/trials.csv").toFile())) {
            List<String[]> all = rows.readAll();
            int cause = List.of(all.get(0)).indexOf("cause");
            assertThat(all).hasSize(4).allMatch(row -> row.length == all.get(0).length);
            assertThat(all.get(2)[cause]).isEqualTo("'=exit 139, see \"stderr\" of " + Samples.SERIAL + " at 10.0.0.7");
        }
    }

    @Test
    void isReadByAnyJsonParser() throws IOException {
        List<Path> files = ReportWriters.named("jsonl").write(store, run, folder.resolve("out"), SHOWN);

        ObjectMapper json = new ObjectMapper();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                assertThat(json.readTree(line).isObject()).isTrue();
            }
        }
    }

    @Test
    void showsNoSerialAndNoAddressUnlessAsked() throws IOException {
        for (String format : List.of("csv", "jsonl")) {
            String hidden = allFiles(ReportWriters.named(format).write(store, run, folder.resolve(format), HIDDEN));
            String shown = allFiles(ReportWriters.named(format).write(store, run, folder.resolve(format + 2), SHOWN));

            assertThat(hidden).doesNotContain(Samples.SERIAL, "10.0.0.7", "bench");
            assertThat(shown).contains(Samples.SERIAL, "10.0.0.7", "bench");
        }
    }

    @Test
    void replacesNothingUnlessTold() throws IOException {
        Path out = folder.resolve("out");
        ReportWriter csv = ReportWriters.named("csv");
        Files.createDirectory(out);
        Files.writeString(out.resolve("metrics.csv"), "mine");

        assertThatThrownBy(() -> csv.write(store, run, out, HIDDEN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("metrics.csv");
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).containsExactly(out.resolve("metrics.csv"));
        }
        assertThat(out.resolve("metrics.csv")).hasContent("mine");

        csv.write(store, run, out, new ReportOptions(Pseudonyms.NONE, true));
        assertThat(out.resolve("metrics.csv")).content().startsWith("trial_id,");
    }

    @Test
    void refusesAFileWhereItsFolderShouldBe() throws IOException {
        Path file = Files.createFile(folder.resolve("out"));

        assertThatThrownBy(() -> ReportWriters.named("csv").write(store, run, file, HIDDEN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a file is in its place");
    }

    @Test
    void offersTheNearestFormat() {
        assertThatThrownBy(() -> ReportWriters.named("cvs"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there are: csv");
    }

    private static String allFiles(List<Path> files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append("== ").append(file.getFileName()).append('\n').append(Files.readString(file));
        }
        return all.toString();
    }

    /** The exports whole, one file after the other. These files seal the format: change them on purpose only. */
    private static String golden(String format) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ExportTest.class.getResourceAsStream("export." + format + ".txt"))) {
            return new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.joining("\n", "", "\n"));
        }
    }
}
