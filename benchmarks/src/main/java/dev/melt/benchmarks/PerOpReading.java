package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Processor time of reading and merging a per-op log, starts included: that of every thread of the whole process. */
final class PerOpReading implements Benchmark {
    private static final int PAIRS = 7;

    /** The shell's {@code times}: its own, then its children's, user and system. */
    private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");

    @Override
    public String name() {
        return "ops";
    }

    @Override
    public String question() {
        return "melt ops of a 30,000-row log, processor time, against the parser published with MELT (MELT_PEER_PARSER, its parser.py)";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path log = bench.scratch().resolve("perop.log");
        PerOpLog.write(log);
        String python = Optional.ofNullable(System.getenv("MELT_PEER_PYTHON")).orElse("python3");
        Optional<String> parser = Optional.ofNullable(System.getenv("MELT_PEER_PARSER"));
        String melt = bench.root().resolve("melt").toString();
        List<Double> reading = new ArrayList<>();
        List<Double> writing = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        bench.awaitQuiet();
        for (int pair = 0; pair < PAIRS; pair++) {
            reading.add(cpuSeconds(bench, melt, "ops", log.toString(), "--kind", "llama.cpp"));
            String csv = bench.scratch().resolve("calls.csv").toString();
            double all = cpuSeconds(bench, melt, "ops", log.toString(), "--by", "call", "--csv", csv, "--force");
            writing.add(all);
            if (parser.isPresent()) {
                double theirs = cpuSeconds(bench, peer(bench, python, parser.get(), log));
                peers.add(theirs);
                ratio.add(theirs / all);
                check(bench);
            }
        }
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("melt ops, " + PerOpLog.ROWS + " rows merged", reading, "s CPU", Target.atMost(0.5)),
                Figure.note("melt ops, merged and every row written", writing, "s CPU")));
        if (parser.isPresent()) {
            figures.add(Figure.note("published parser, merged and every row written", peers, "s CPU"));
            figures.add(Figure.note("published parser / melt ops, every row written", ratio, "ratio"));
        }
        return figures;
    }

    private static String[] peer(Workbench bench, String python, String parser, Path log) {
        String out = bench.scratch().resolve("peer").toString();
        return new String[] {python, parser, "-i", log.toString(), "-o", out, "--merge", "per_op", "-b", "llama.cpp"};
    }

    private static double cpuSeconds(Workbench bench, String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/null && times", "sh"));
        whole.addAll(List.of(command));
        Program.Run run = Program.run(whole, Map.of("MELT_HOME", bench.home().toString()), bench.scratch());
        List<MatchResult> times = TIME.matcher(run.out()).results().toList();
        if (times.size() != 4) {
            throw new IOException("four times of a shell expected, found " + run.out());
        }
        return seconds(times.get(2)) + seconds(times.get(3));
    }

    private static double seconds(MatchResult time) {
        return 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    }

    /** The two must have seen the same rows. */
    private static void check(Workbench bench) throws IOException {
        long mine = lines(bench.scratch().resolve("calls.csv"));
        long theirs = lines(bench.scratch().resolve("peer/calls.csv"));
        if (mine != PerOpLog.ROWS + 1 || theirs != mine) {
            throw new IOException(mine + " lines from melt and " + theirs + " from the script");
        }
    }

    private static long lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
