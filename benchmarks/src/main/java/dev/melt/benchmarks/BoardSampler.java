package dev.melt.benchmarks;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.virtual.board.VirtualBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What sampling costs on a board, from the command that starts it. */
final class BoardSampler implements Benchmark {
    private static final int ROUNDS = 7;
    private static final Duration WORK = Duration.ofSeconds(3);
    private static final double KILO = 1024;
    private static final double MEGA = 1e6;
    private static final int TEN = 10;
    private static final int HUNDRED = 100;

    @Override
    public String name() {
        return "board";
    }

    @Override
    public String question() {
        return "the agent on a virtual Orin over SSH: from its start to the first sample, memory, ticks that it misses";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        List<Double> missedAtTen = new ArrayList<>();
        List<Double> missedAtHundred = new ArrayList<>();
        try (BoardBench board = new BoardBench(bench, VirtualBoard.Options.PLAIN);
                DeviceDriver driver = board.open()) {
            Agent agent = driver.agent();
            agent.install();
            TelemetryPlan plan = driver.telemetry().undisturbed();
            for (int round = 0; round < ROUNDS; round++) {
                bench.awaitQuiet();
                Path folder = bench.scratch().resolve("round" + round);
                double told = uptime(driver);
                AgentStatus status = trial(agent, plan, "ten" + round, TEN, folder);
                first.add(firstSample(folder) - started(driver, board, "ten" + round, status));
                whole.add(firstSample(folder) - told);
                agent.discard("ten" + round);
                memory.add(number(status, "sampler_rss_kb") * KILO / MEGA);
                missedAtTen.add(missed(status));
                missedAtHundred.add(missed(trial(agent, plan, "hundred" + round, HUNDRED, folder.resolve("fast"))));
                agent.discard("hundred" + round);
            }
        }
        return List.of(
                Figure.of("from the agent's start on the board to its first sample", first, "s", Target.atMost(0.5)),
                Figure.note("the same from the host's word on, the job's files sent", whole, "s"),
                Figure.of("memory of the sampler on the board", memory, "MB", Target.atMost(16)),
                Figure.note("share of ticks missed at 10 Hz", missedAtTen, "ratio"),
                Figure.note("share of ticks missed at 100 Hz", missedAtHundred, "ratio"));
    }

    private static AgentStatus trial(Agent agent, TelemetryPlan plan, String id, int hertz, Path folder)
            throws IOException {
        agent.start(new AgentJob(
                id,
                List.of("sleep", Long.toString(WORK.toSeconds())),
                Map.of(),
                Map.of(),
                plan,
                Duration.ofNanos(1_000_000_000L / hertz),
                Duration.ZERO,
                Duration.ofMinutes(1)));
        AgentStatus status = agent.await(id, Duration.ofMinutes(1));
        Files.createDirectories(folder);
        agent.collect(id, folder);
        return status;
    }

    /** When the agent was started, on the board's boot clock: it makes a file first of all, and knows both clocks at one moment. */
    private static double started(DeviceDriver driver, BoardBench board, String id, AgentStatus status) {
        String file = board.workdir() + "/trials/" + id + "/lock/starter";
        String wall =
                driver.exec(List.of("stat", "-c", "%.9Y", file), WORK).stdout().strip();
        long wallNanos = Long.parseLong(wall.replace(".", ""));
        long offset = number(status, "wall_boot_ns") - number(status, "wall_ns");
        return (wallNanos + offset) / 1e9;
    }

    private static long number(AgentStatus status, String key) {
        return Long.parseLong(status.details().getOrDefault(key, ""));
    }

    /** The board's boot clock, to 10 ms. */
    private static double uptime(DeviceDriver driver) {
        String said = driver.exec(List.of("cat", "/proc/uptime"), WORK).stdout();
        return Double.parseDouble(said.substring(0, said.indexOf(' ')));
    }

    private static double firstSample(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("samples.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .mapToDouble(line -> Long.parseLong(line.split("\t", 2)[0]) / 1e9)
                .findFirst()
                .orElseThrow();
    }

    private static double missed(AgentStatus status) {
        double missed = status.missedTicks().orElseThrow();
        return missed / (missed + status.ticks().orElseThrow());
    }
}
