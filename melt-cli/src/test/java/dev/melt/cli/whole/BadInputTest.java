package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.cli.Launched;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person gives wrongly ends before anything runs, with one line in four parts and exit code 2. Each case is a row of
 * docs/reference/bad-input.md, which {@code -Dmelt.golden=write} writes anew.
 */
@EnabledOnOs(OS.LINUX)
class BadInputTest {
    /** Subject, expectation, finding and remedy. */
    private static final String FOUR_PARTS = "melt: .+: .+, .+; .+\n";

    private static final BadInputPage PAGE = new BadInputPage();

    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), Map.of());

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    /** What is wrong, and what is typed after {@code melt run --device local}. */
    record Typed(String situation, String arguments) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Typed> typed() {
        return Stream.of(
                new Typed("unknown device", "run --device lokal --model mini"),
                new Typed("unknown model", "run --device local --model mimi"),
                new Typed("unknown quantisation", "run --device local --model mini-q4_9"),
                new Typed("unknown workload", "run --device local --model mini --workload tolk"),
                new Typed("a pattern with a number missing", "run --device local --model mini --workload pp16-tg"),
                new Typed("unknown engine", "run --device local --model mini --engine embeded"),
                new Typed("unknown option", "run --device local --model mini --trails 3"),
                new Typed("unknown command", "rum --device local --model mini"),
                new Typed("a required option left out", "run --device local"),
                new Typed("unknown setting", "run --device local --model mini --set thread=3"),
                new Typed("a setting without a value", "run --device local --model mini --set nonsense"),
                new Typed("a setting of the wrong kind", "run --device local --model mini --set threads=many"),
                new Typed("more threads than the engine takes", "run --device local --model mini --threads 1000"),
                new Typed("unknown cache type", "run --device local --model mini --set cache_type_k=q9"),
                new Typed("a quantised cache alone", "run --device local --model mini --set cache_type_v=q8_0"),
                new Typed("a context out of range", "run --device local --model mini --set context=8"),
                new Typed(
                        "a prompt longer than the context",
                        "run --device local --model mini --workload pp2000-tg16 --set context=512"),
                new Typed(
                        "a micro-batch above the batch",
                        "run --device local --model mini --set batch=64 --set ubatch=128"),
                new Typed("a seed below zero", "run --device local --model mini --seed -1"),
                new Typed("a seed that is no number", "run --device local --model mini --seed 1e99"),
                new Typed("no trials", "run --device local --model mini --trials 0"),
                new Typed("no samples", "run --device local --model mini --hz 0"),
                new Typed("unknown gate", "run --device local --model mini --gate temp=35"),
                new Typed("a gate that is no limit", "run --device local --model mini --gate cool"),
                new Typed("a gate of no number", "run --device local --model mini --gate temperature=cool"),
                new Typed("a time of unknown form", "run --device local --model mini --idle soon"),
                new Typed("no time for a trial", "run --device local --model mini --timeout 0s"),
                new Typed("tokens of a token grid", "run --device local --model mini --generate 5"),
                new Typed("a folder that is not there", "run --device local --model mini --events /none/progress"),
                new Typed("unknown task", "accuracy --device local --model mini --tasks helaswag"),
                new Typed("no task", "accuracy --device local --model mini"),
                new Typed("a data set that is not there", "accuracy --device local --model mini --tasks hellaswag"),
                new Typed(
                        "a folder of data sets that is not there",
                        "accuracy --device local --model mini --tasks mmlu --data /none"),
                new Typed("a text that is not there", "accuracy --device local --model mini --text /none/wiki.txt"),
                new Typed(
                        "a base without a text",
                        "accuracy --device local --model mini --base mini-f16 --tasks melt-mmlu-sample"),
                new Typed(
                        "examples for a task without",
                        "accuracy --device local --model mini --tasks melt-lambada-openai-sample --fewshot 2"),
                new Typed("unknown run", "show none"),
                new Typed("unknown form of export", "export xml none -o tables"));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void refusesWhatWasTyped(Typed typed) throws IOException {
        refused(bench, typed.situation(), typed.arguments().split(" "));
    }

    @Test
    void refusesADataSetWithAFieldMissing() throws IOException {
        Files.writeString(folder.resolve("winogrande.jsonl"), """
                {"sentence":"The _ fits.","option1":"a","option2":"b","answer":"1"}
                {"sentence":"The _ fits.","option1":"a","answer":"1"}
                """);
        refused(
                bench,
                "a data set with a field missing",
                "accuracy",
                "--device",
                "local",
                "--model",
                "mini",
                "--tasks",
                "winogrande",
                "--data",
                folder.toString());
    }

    /** Whether the message is whole, and nothing was made, opened or started. */
    private void refused(Bench at, String situation, String... arguments) throws IOException {
        List<String> before = contents();
        Launched launched = at.melt(arguments);

        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(2);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err()).matches(FOUR_PARTS);
        assertThat(contents()).as("what was made").isEqualTo(before);
        PAGE.check(situation, arguments, launched, folder);
    }

    /** Models, runs and trials; not the empty folders of a home. */
    private List<String> contents() throws IOException {
        List<String> found = new ArrayList<>();
        for (String place : List.of("models", "runs", "device/trials", "device/store")) {
            Path where = bench.home().resolve(place);
            if (Files.isDirectory(where)) {
                try (Stream<Path> files = Files.walk(where)) {
                    files.filter(Files::isRegularFile).map(Path::toString).forEach(found::add);
                }
            }
        }
        return found;
    }

    private void refusedModel(String situation, Path file) throws IOException {
        refused(bench, situation, "run", "--device", "local", "--model", file.toString());
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private byte[] model() throws IOException {
        Path file = folder.resolve("sound");
        if (!Files.exists(file)) {
            bench.melt("models", "synth", "mini");
            Files.move(bench.home().resolve("models/mini-q4_0.gguf"), file);
        }
        return Files.readAllBytes(file);
    }

    @Test
    void refusesAModelFileThatIsNone() throws IOException {
        refusedModel(
                "a model file that is none",
                file("letter.gguf", "Dear Sir or Madam, this is a letter.".getBytes(StandardCharsets.US_ASCII)));
        refusedModel("an empty model file", file("empty.gguf", new byte[0]));
        refusedModel("a model file that is not there", folder.resolve("none.gguf"));
    }

    @Test
    void refusesATruncatedModelFile() throws IOException {
        byte[] whole = model();
        refusedModel(
                "a model file cut off in its weights",
                file("cut.gguf", java.util.Arrays.copyOf(whole, whole.length - 1000)));
        refusedModel("a model file cut off in its header", file("stub.gguf", java.util.Arrays.copyOf(whole, 2000)));
    }

    @Test
    void refusesAHostileModelFile() throws IOException {
        byte[] hostile = model().clone();
        for (int i = 8; i < 16; i++) {
            hostile[i] = 0x7f; // the number of tensors
        }
        refusedModel("a model file that claims 10^18 tensors", file("hostile.gguf", hostile));
    }

    @Test
    void refusesAModelOfAnArchitectureThatTheEngineDoesNotKnow() throws IOException {
        String text = new String(model(), StandardCharsets.ISO_8859_1);
        Path file = file("alien.gguf", text.replaceFirst("llama", "alien").getBytes(StandardCharsets.ISO_8859_1));
        refusedModel("a model of an unknown architecture", file);
    }

    @Test
    void refusesAModelThatDoesNotFitIntoMemoryWithoutMakingIt() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/proc"));
        Files.writeString(root.resolve("meminfo"), "MemTotal:        2000000 kB\n");
        refused(
                bench.with("MELT_SYSROOT", root.resolveSibling(".").normalize().toString()),
                "a model that does not fit into memory",
                "run",
                "--device",
                "local",
                "--model",
                "llama2-7b-q4_0");
    }

    @Test
    void saysWhereAConfigurationIsWrong() throws IOException {
        bench.config("workloads/wrong.yaml", "kind: prompts\nabout: One\ngenerate: many\nprompts: [Hello]\n");
        bench.config("workloads/broken.yaml", "kind: prompts\nabout: 'One\nprompts: [Hello]\n");
        refused(bench, "a wrong value in YAML", "run", "--device", "local", "--model", "mini", "--workload", "wrong");
        refused(bench, "broken YAML", "run", "--device", "local", "--model", "mini", "--workload", "broken");
    }

    @Test
    void refusesAHomeThatIsAFile() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        refused(
                bench.with("MELT_HOME", folder.resolve("file").toString()),
                "a file in the place of the home",
                "run",
                "--device",
                "local",
                "--model",
                "mini");
        assertThat(folder.resolve("file")).hasContent("mine");
    }

    @Test
    void refusesAHomeThatIsReadOnly() throws IOException {
        Files.createDirectories(bench.home());
        Files.setPosixFilePermissions(bench.home(), PosixFilePermissions.fromString("r-xr-xr-x"));
        refused(bench, "a read-only home", "run", "--device", "local", "--model", "mini");
        Files.setPosixFilePermissions(bench.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void refusesADatabaseThatIsLocked() throws IOException, SQLException {
        bench.store().close();
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + bench.home().resolve("melt.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            refused(bench, "a locked database", "run", "--device", "local", "--model", "mini");
        }
    }

    @Test
    void refusesADatabaseThatIsDamagedAndLeavesItAsItIs() throws IOException {
        bench.store().close();
        Path database = bench.home().resolve("melt.db");
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek(4096);
            file.write("garbage".repeat(2000).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] damaged = Files.readAllBytes(database);

        refused(bench, "a damaged database", "run", "--device", "local", "--model", "mini");

        assertThat(Files.readAllBytes(database)).isEqualTo(damaged);
    }

    @Test
    void refusesAFullDisk() throws IOException, InterruptedException {
        Path home = Files.createDirectories(bench.home());
        boolean mounted = sh("mount -t tmpfs -o size=600k tmpfs " + home);
        Assumptions.assumeTrue(mounted, "only who may mount can fill a disk");
        try {
            refused(bench, "a full disk", "run", "--device", "local", "--model", "tiny");
        } finally {
            sh("umount " + home);
        }
    }

    private static boolean sh(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command).start().waitFor() == 0;
    }
}
