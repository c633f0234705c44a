package dev.melt.virtual.box;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A small Linux of its own inside this one, made of Linux namespaces: its own root folder, processes, mounts and boot clock; the
 * network and the kernel are this machine's. Its {@code /usr} is this machine's; what else lies at its top is taken from a folder.
 * Needs {@code unshare} and {@code nsenter} (util-linux) and a kernel that lets the user make namespaces.
 *
 * <p>{@link #start} boots it, {@link #stop} ends every process in it at once, as pulling the battery does. May be started again.
 * Safe for use by several threads.
 */
public final class Box implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(10);

    private final Path folder;
    private Optional<Process> holder = Optional.empty();
    private long firstPid;

    /**
     * A box that is not started.
     *
     * @param folder its {@code files} become the top of the box and keep what is written there; made when it is missing
     */
    public Box(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** What lies at the top of the box: {@code files()/data} is its {@code /data}. */
    public Path files() {
        return folder.resolve("files");
    }

    /** Why this machine cannot make boxes; empty when it can. */
    public static Optional<String> obstacle() {
        for (String tool : List.of("unshare", "nsenter")) {
            if (!Files.isExecutable(Path.of("/usr/bin", tool))) {
                return Optional.of("/usr/bin/" + tool + " is missing: install util-linux");
            }
        }
        try {
            Process probe = new ProcessBuilder(unshare(0, List.of("true")))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(probe.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return probe.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("this kernel does not let you make namespaces: " + said.strip());
        } catch (IOException e) {
            return Optional.of("unshare cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /**
     * Boots the box; nothing happens when it runs.
     *
     * @param uptime what its boot clock shows at that moment; negative values are not possible
     */
    public synchronized void start(Duration uptime) {
        if (holder.isPresent()) {
            return;
        }
        try {
            Files.createDirectories(files());
            Path root = Files.createDirectories(folder.resolve("root"));
            Path script = script();
            Path ready = folder.resolve("ready");
            Process process = new ProcessBuilder(unshare(
                            uptime.toSeconds() - uptimeOfHost(),
                            List.of(
                                    "/bin/sh",
                                    script.toString(),
                                    root.toString(),
                                    files().toString(),
                                    ready.toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("boot.log").toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            holder = Optional.of(process);
            firstPid = awaitFirstProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every process in the box at once. Its files stay. */
    public synchronized void stop() {
        holder.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                process.waitFor(BOOT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        holder = Optional.empty();
    }

    public synchronized boolean isRunning() {
        return holder.isPresent();
    }

    /**
     * The command line on this machine that runs a command inside the box.
     *
     * @throws IllegalStateException when the box is not started
     */
    public synchronized List<String> entering(List<String> command) {
        if (holder.isEmpty()) {
            throw new IllegalStateException("the box is not started");
        }
        List<String> line = new ArrayList<>(List.of("/usr/bin/nsenter", "-t", Long.toString(firstPid)));
        if (!isRoot()) {
            line.addAll(List.of("-U", "--preserve-credentials"));
        }
        line.addAll(List.of("-m", "-p", "-T", "-r", "-w", "--"));
        line.addAll(command);
        return line;
    }

    @Override
    public void close() {
        stop();
    }

    private static List<String> unshare(long bootOffsetSeconds, List<String> command) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/unshare"));
        if (!isRoot()) {
            line.add("-r");
        }
        line.addAll(List.of("-m", "-p", "-f", "--kill-child", "-T"));
        line.add("--boottime=" + bootOffsetSeconds);
        line.addAll(command);
        return line;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The process behind {@code unshare -f}, once it has moved into the box's root. */
    private long awaitFirstProcess(Process process) throws IOException {
        long deadline = System.nanoTime() + BOOT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<ProcessHandle> first = process.children().findFirst();
            if (first.isPresent() && Files.exists(Path.of("/proc/" + first.get().pid() + "/root/tmp/.ready"))) {
                return first.get().pid();
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        stop();
        throw new IOException("the box did not start: "
                + Files.readString(folder.resolve("boot.log")).strip());
    }

    private Path script() throws IOException {
        Path script = folder.resolve("box.sh");
        try (InputStream text = Box.class.getResourceAsStream("box.sh")) {
            if (text == null) {
                throw new IOException("box.sh is missing from the class path");
            }
            Files.write(script, text.readAllBytes());
        }
        return script;
    }

    private static long uptimeOfHost() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime"));
        return Long.parseLong(uptime.substring(0, uptime.indexOf('.')));
    }
}
