package dev.melt.core.agent;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.StatusText;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.PlainText;
import dev.melt.core.telemetry.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The agent on a device that has a POSIX shell: {@code melt-agent.sh}, reached by {@link DeviceDriver#exec},
 * {@link DeviceDriver#push} and {@link DeviceDriver#pull}. Keeps no state that another process could not find again on the
 * device. Used by one thread at a time.
 */
public final class ShellAgent implements Agent {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(90);

    /** For hashing a file of many gigabytes on a slow device. */
    /** The agent's word for content whose hash is another one. */
    private static final int OTHER_CONTENT = 65;

    private static final Duration SEAL = Duration.ofMinutes(30);

    /** For looking at every file of many bundles, a process each, and for removing a large one. */
    private static final Duration INVENTORY = Duration.ofMinutes(3);

    /** What a waiting agent may be late. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private static final String PLAIN_NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}";

    private final DeviceDriver driver;
    private final String workdir;
    private final List<String> shell;
    private final AgentScript script = AgentScript.current();

    /**
     * An agent that picks the best shell for its sampler by itself.
     *
     * @param workdir absolute folder on the device that MELT may fill
     */
    public ShellAgent(DeviceDriver driver, String workdir) {
        this(driver, workdir, List.of());
    }

    /**
     * An agent all of which runs under one shell.
     *
     * @param shell its command, such as {@code busybox ash}; empty for the device's {@code sh} and the best sampler
     */
    public ShellAgent(DeviceDriver driver, String workdir, List<String> shell) {
        this.driver = requireNonNull(driver, "driver");
        if (!workdir.startsWith("/")) {
            throw new IllegalArgumentException("a work folder must be absolute, was " + workdir);
        }
        this.workdir = workdir;
        this.shell = List.copyOf(shell);
    }

    @Override
    public void install() {
        if (hasScript()) {
            return;
        }
        pushText(script.text(), script.path(workdir));
        if (!hasScript()) {
            ExecResult answer = exec(ANSWER, "version");
            throw violation("version", answer);
        }
    }

    private boolean hasScript() {
        ExecResult answer = exec(ANSWER, "version");
        return answer.succeeded() && answer.stdout().strip().equals(AgentScript.VERSION);
    }

    @Override
    public String store(Path file, String sha256, TransferListener listener) {
        String name = requireNonNull(file.getFileName(), "a file has a name").toString();
        String stored = workdir + "/store/" + sha256 + "/" + name;
        long size = size(file);
        if (ask(ANSWER, "stored", sha256, name).strip().equals(Long.toString(size))) {
            listener.transferred(size, size);
            return stored;
        }
        driver.push(file, stored, listener);
        ExecResult sealed = exec(SEAL, "seal", sha256, name);
        if (sealed.exitCode() == OTHER_CONTENT) { // it is not sealed, so that the next try brings all of it again
            throw new LinkLost(
                    "agent seal: what arrived of " + name + " is not what was sent, its sha256 is another", null);
        }
        if (!sealed.succeeded()) {
            throw violation("seal", sealed);
        }
        return stored;
    }

    @Override
    public String assemble(String sha256, List<FolderEntry> entries) {
        String folder = workdir + "/bundles/" + sha256;
        if (ask(ANSWER, "assembled", sha256).strip().equals(Integer.toString(entries.size()))) {
            return folder;
        }
        StringBuilder list = new StringBuilder();
        for (FolderEntry entry : entries) {
            list.append(String.join(
                            " ", entry.sha256(), entry.storedAs(), entry.executable() ? "x" : "-", entry.name()))
                    .append('\n');
        }
        pushText(list.toString(), folder + ".list");
        ask(SEAL, "assemble", sha256);
        return folder;
    }

    @Override
    public void start(AgentJob job) {
        if (status(job.trialId()).state() != AgentStatus.State.UNKNOWN) {
            return;
        }
        String folder = folder(job.trialId());
        JobFiles.of(job, folder).forEach((name, content) -> pushText(content, folder + "/" + name));
        ask(ANSWER, "start", job.trialId());
    }

    @Override
    public AgentStatus status(String trialId) {
        return StatusText.parse(ask(ANSWER, "status", trialId));
    }

    @Override
    public AgentStatus await(String trialId, Duration atMost) {
        long seconds = Math.max(0, atMost.plusMillis(999).toSeconds());
        return StatusText.parse(ask(Duration.ofSeconds(seconds).plus(SLACK), "await", trialId, Long.toString(seconds)));
    }

    @Override
    public void finish(String trialId) {
        ask(ANSWER, "finish", trialId);
    }

    @Override
    public void stop(String trialId) {
        ask(STOP, "stop", trialId);
    }

    @Override
    public List<Path> collect(String trialId, Path folder) {
        List<Path> collected = new ArrayList<>();
        for (String line : ask(ANSWER, "list", trialId).lines().toList()) {
            String[] words = line.strip().split(" +", 2);
            if (words.length != 2 || !words[0].matches("[0-9]{1,18}") || !words[1].matches(PLAIN_NAME)) {
                throw new ProtocolViolation(
                        "agent list: not a size and a plain name: " + PlainText.oneLine(line), null);
            }
            Path target = folder.resolve(words[1]);
            if (!isWhole(target, Long.parseLong(words[0]))) {
                driver.pull(folder(trialId) + "/" + words[1], target, TransferListener.NONE);
            }
            collected.add(target);
        }
        return collected;
    }

    /** What a trial writes only grows, but for the status: that is always brought. */
    private static boolean isWhole(Path target, long size) {
        return !target.endsWith("status") && Files.isRegularFile(target) && size(target) == size;
    }

    @Override
    public void discard(String trialId) {
        ask(ANSWER, "discard", trialId);
    }

    @Override
    public Stock inventory() {
        return StockText.parse(ask(INVENTORY, "inventory"));
    }

    @Override
    public boolean forget(StockItem.Kind kind, String name) {
        return ask(INVENTORY, "forget", kind.name().toLowerCase(Locale.ROOT), name)
                .strip()
                .equals("gone");
    }

    @Override
    public Observation observe(Duration span) {
        return new Observing(this).observe(driver.telemetry(), span);
    }

    @Override
    public ClockOffset clockOffset() {
        List<String> best = shell.isEmpty() ? words(ask(ANSWER, "shell")) : shell;
        ClockExchange exchange = new ClockExchange();
        while (!exchange.isDone()) {
            long before = System.nanoTime();
            ExecResult answer = exec(best, ANSWER, "clock");
            long after = System.nanoTime();
            if (!answer.succeeded()) {
                throw violation("clock", answer);
            }
            exchange.add(before, answer.stdout(), after);
        }
        return exchange.offset();
    }

    private String folder(String trialId) {
        if (!trialId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not a trial id: " + trialId);
        }
        return workdir + "/trials/" + trialId;
    }

    /** The path below the work folder of a text that is there after the call. */
    String pushOnce(String content, String name) {
        String path = workdir + "/agent/" + name;
        pushText(content, path);
        return path;
    }

    /** What a subcommand prints; a refusal is a violation of the protocol, because the host asked for it rightly. */
    String ask(Duration deadline, String... subcommand) {
        ExecResult answer = exec(deadline, subcommand);
        if (!answer.succeeded()) {
            throw violation(subcommand[0], answer);
        }
        return answer.stdout();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split(" ", -1));
    }

    private ExecResult exec(Duration deadline, String... subcommand) {
        return exec(shell.isEmpty() ? List.of("sh") : shell, deadline, subcommand);
    }

    private ExecResult exec(List<String> interpreter, Duration deadline, String... subcommand) {
        List<String> command = new ArrayList<>(interpreter);
        command.addAll(List.of(script.path(workdir), "-w", workdir));
        if (!shell.isEmpty()) {
            command.addAll(List.of("-s", String.join(" ", shell)));
        }
        command.addAll(Arrays.asList(subcommand));
        return driver.exec(command, deadline);
    }

    private static ProtocolViolation violation(String subcommand, ExecResult answer) {
        return new ProtocolViolation(
                "agent " + subcommand + ": exit " + answer.exitCode() + ": "
                        + PlainText.oneLine(answer.stderr().strip()),
                null);
    }

    private void pushText(String content, String target) {
        try {
            Path local = Files.createTempFile("melt", ".push");
            try {
                Files.writeString(local, content);
                driver.push(local, target, TransferListener.NONE);
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OptionalLong nanos(String answer, String key) {
        return answer.lines()
                .filter(line -> line.matches(key + "=[0-9]{1,19}"))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst();
    }
}
