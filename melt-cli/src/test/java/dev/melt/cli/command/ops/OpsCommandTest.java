package dev.melt.cli.command.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPS = List.of("GET_ROWS", "MUL_MAT", "ADD", "=CMD", "MUL_MAT");

    @TempDir
    Path folder;

    private Path log = Path.of(".");
    private BigDecimal wallMillis = BigDecimal.ZERO;

    /** Graphs of 2, 9, 1 and 1 tokens; the sum of their rows is kept as decimals. */
    @BeforeEach
    void writeALog() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("loading\n");
        for (int tokens : new int[] {2, 9, 1, 1}) {
            text.append("n_nodes = ").append(OPS.size()).append('\n');
            for (int i = 0; i < OPS.size(); i++) {
                BigDecimal wall = BigDecimal.valueOf(random.nextInt(100_000), 3);
                wallMillis = wallMillis.add(wall);
                text.append(String.format(
                        Locale.ROOT,
                        " - %3d: [ 64, %d, 1] %16s   (  1) cpu = %s / %s ms, wall = %s / %s ms%n",
                        i,
                        tokens,
                        OPS.get(i),
                        wall,
                        wall,
                        wall,
                        wall));
            }
            text.append("perf_total_per_op_us[ ADD] = 0.001 ms\n");
        }
        log = Files.writeString(folder.resolve("perop.log"), text);
    }

    private Launched ops(String... more) {
        return Launched.at(
                folder.resolve("home"),
                Stream.concat(Stream.of("ops"), Arrays.stream(more)).toArray(String[]::new));
    }

    private JsonNode json(String... more) throws IOException {
        Launched launched = ops(Stream.concat(Stream.of(log.toString(), "--json"), Arrays.stream(more))
                .toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return JSON.readTree(launched.out());
    }

    private static long sum(JsonNode rows, String member) {
        return StreamSupport.stream(rows.spliterator(), false)
                .mapToLong(row -> row.path(member).asLong())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"op", "module", "function"})
    void mergedSumsAreThoseOfTheRowsToTheNanosecond(String by) throws IOException {
        JsonNode rows = json("--by", by).path("profiles").path(0).path("rows");

        assertThat(BigDecimal.valueOf(sum(rows, "wall_ns"), 6)).isEqualByComparingTo(wallMillis);
        assertThat(sum(rows, "calls")).isEqualTo(4L * OPS.size());
    }

    @Test
    void callsAddUpToTheSameSum() throws IOException {
        JsonNode calls = json("--by", "call").path("calls");

        assertThat(calls).hasSize(4 * OPS.size());
        assertThat(BigDecimal.valueOf(sum(calls, "wall_ns"), 6)).isEqualByComparingTo(wallMillis);
    }

    @Test
    void showsPhasesApart() {
        Launched launched = ops(log.toString());

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(launched.out().lines())
                .anyMatch(line -> line.startsWith("warm-up       1       2      5"))
                .anyMatch(line -> line.startsWith("prefill       1       9      5"))
                .anyMatch(line -> line.startsWith("decode        2       2     10"))
                .anyMatch(line -> line.startsWith("decode   MUL_MAT"));
        assertThat(launched.out()).contains("--by summary");
    }

    @Test
    void mergesPhasesWhenAsked() throws IOException {
        JsonNode rows = json("--merge-phases").path("profiles").path(0).path("rows");

        assertThat(rows).hasSize(4);
        assertThat(rows.findValuesAsText("phase")).isEmpty();
    }

    @Test
    void keepsTheEnginesOwnSumsApart() {
        assertThat(ops(log.toString(), "--by", "summary", "--csv", "-").out()).isEqualTo("""
                file,kind,phase,operator,wall_ns
                perop.log,llama.cpp,warm-up,ADD,1000
                perop.log,llama.cpp,prefill,ADD,1000
                perop.log,llama.cpp,decode,ADD,2000
                """);
    }

    @Test
    void writesCsvThatNoSpreadsheetRuns() throws IOException {
        Path csv = folder.resolve("calls.csv");

        Launched launched = ops(log.toString(), "--by", "call", "--csv", csv.toString());

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(Files.readAllLines(csv)).hasSize(1 + 4 * OPS.size()).anyMatch(line -> line.contains(",'=CMD,"));
        assertThat(Files.readAllLines(csv).get(0))
                .isEqualTo(
                        "file,kind,phase,origin,function,graph,tokens,node,operator,device,shape,calls,wall_ns,cpu_ns");
        assertThat(folder.resolve("calls.csv.part")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"svg", "png", "pdf"})
    void drawsTheSameBytesForTheSameLog(String format) throws IOException {
        Path first = folder.resolve("first." + format);
        Path second = folder.resolve("second." + format);

        assertThat(ops(log.toString(), "--chart", first.toString()).exitCode()).isZero();
        assertThat(ops(log.toString(), "--chart", second.toString()).exitCode()).isZero();

        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Files.size(first)).isGreaterThan(1000);
    }

    @Test
    void replacesAFileOnlyWhenToldTo() throws IOException {
        Path csv = Files.writeString(folder.resolve("mine.csv"), "mine");

        assertThat(ops(log.toString(), "--csv", csv.toString()).exitCode()).isEqualTo(2);
        assertThat(csv).hasContent("mine");
        assertThat(ops(log.toString(), "--csv", csv.toString(), "--force").exitCode())
                .isZero();
        assertThat(Files.readString(csv)).startsWith("file,");
    }

    @Test
    void saysWhatIsNotWholeAndStillShowsTheRest() throws IOException {
        Files.writeString(log, Files.readString(log).replaceFirst("(?s)(.*)n_nodes = 5", "$1n_nodes = 6"));

        Launched launched = ops(log.toString());

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.err()).contains("graph 3: 6 rows expected, 5 found");
    }

    @ParameterizedTest
    @CsvSource({"--kind,mlc-llm", "--kind,llama.cpp"})
    void refusesALogOfAnotherKindWithoutFigures(String option, String kind) throws IOException {
        Path other = Files.writeString(folder.resolve("other.log"), "nothing of this is known\n");

        Launched launched = ops(other.toString(), option, kind, "--json");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err()).contains(kind, "expected");
    }

    @Test
    void leavesNoFileBehindWhenALogIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.log"), "nothing of this is known\n");

        assertThat(ops(other.toString(), "--csv", folder.resolve("x.csv").toString())
                        .exitCode())
                .isEqualTo(1);
        assertThat(folder.resolve("x.csv")).doesNotExist();
        assertThat(folder.resolve("x.csv.part")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--kind,lama.cpp,did you mean llama.cpp",
        "--by,layer,'take one of op, module, function, call, summary'",
        "--chart,x.gif,.svg",
        "--csv,/none/x.csv,no such folder"
    })
    void refusesWhatItCannotUse(String option, String value, String finding) {
        Launched launched = ops(log.toString(), option, value);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err().lines()).singleElement().asString().contains(finding);
    }

    @Test
    void refusesAFolderAndARunThatIsNotThere() {
        assertThat(ops(folder.toString()).exitCode()).isEqualTo(2);
        assertThat(ops("@latest").err()).contains("no run is stored yet");
    }
}
