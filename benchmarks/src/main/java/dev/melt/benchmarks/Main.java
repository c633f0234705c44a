package dev.melt.benchmarks;

import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.ios.VirtualIphone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** {@code benchmarks/run [NAME...]}: measures and prints a table. Exit code 1 when a target is missed. */
public final class Main {
    private static final List<Benchmark> ALL = List.of(
            new EngineRates(),
            new TrialOverhead(),
            new SamplerCost(),
            new StartTime(),
            new StoreInsert(),
            new ExportTime(),
            new SynthesisRate(),
            new PerOpReading(),
            new PushRate(
                    "push",
                    "a file of 1 GB onto a virtual phone through Debian's adb server, MELT's driver against adb push",
                    0.95,
                    (bench, room) -> new PhoneBench(bench, VirtualAndroid.Options.PLAIN.withData(room))),
            new PushRate(
                    "ssh-push",
                    "a file of 1 GB onto a virtual board through Debian's sshd, MELT's driver against scp",
                    0.9,
                    (bench, room) -> new BoardBench(bench, VirtualBoard.Options.PLAIN.withData(room))),
            new PushRate(
                    "afc-push",
                    "a file of 1 GB into an app on a virtual iPhone, MELT's driver against cp onto Debian's ifuse",
                    0.95,
                    (bench, room) -> new IphoneBench(bench, VirtualIphone.Options.PLAIN.withData(room))),
            new LargePush(),
            new BoardSampler(),
            new UnchangedModel());

    private Main() {}

    /** Entry point; the launcher sets {@code melt.root}. */
    public static void main(String[] names) throws IOException, InterruptedException {
        List<String> wanted = List.of(names);
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        if (!known.containsAll(wanted)) {
            ALL.forEach(one -> System.out.printf(Locale.ROOT, "%-10s %s%n", one.name(), one.question()));
            System.exit(wanted.contains("--help") ? 0 : 2);
        }
        boolean met = true;
        System.out.println(machine());
        System.out.println(Figure.header());
        for (Benchmark benchmark : ALL) {
            if (wanted.isEmpty() || wanted.contains(benchmark.name())) {
                met &= run(benchmark);
            }
        }
        System.out.println(machine());
        System.exit(met ? 0 : 1);
    }

    private static boolean run(Benchmark benchmark) throws IOException, InterruptedException {
        try (Workbench bench = new Workbench(Path.of(System.getProperty("melt.root", ".")))) {
            List<Figure> figures = benchmark.measure(bench);
            figures.forEach(figure -> System.out.println(figure.row()));
            return figures.stream().allMatch(Figure::isMet);
        }
    }

    private static String machine() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("unknown processor")
                .replaceFirst(".*: ", "");
        return Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", " + cpu + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version() + ", load "
                + Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
