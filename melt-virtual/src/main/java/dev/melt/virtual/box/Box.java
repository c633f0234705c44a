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
 * Needs {@code unshare} and {@code nsenter} (util-linux) and a kernel that lets the user make namespaces. It ends with the program
 * that started it, however that ends.
 *
 * <p>{@link #start} boots it, {@link #stop} ends every process in it at once, as pulling the battery does. May be started again.
 * Safe for use by several threads.
 */
public final class Box implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(10);

    private final Path folder;
    private Optional<Disk> disk = Optional.empty();
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

    /**
     * Puts one of the folders at the top into memory, with room for so many bytes. To be called before the first start. What is
     * written there stays until {@link #close}.
     */
    public synchronized void limit(String top, long bytes) {
        if (disk.isPresent() || holder.isPresent() || bytes <= 0) {
            throw new IllegalStateException("one folder can be limited, before the box starts, to more than nothing");
        }
        try {
            disk = Optional.of(new Disk(Files.createDirectories(files().resolve(top)), bytes, isRoot()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file below {@link #files} is found by programs of this machine. */
    public synchronized Path onHost(String pathInBox) {
        Path plain = files().resolve(pathInBox.startsWith("/") ? pathInBox.substring(1) : pathInBox);
        return disk.isPresent() ? disk.get().at(plain) : plain;
    }

    /** The box's {@code /proc}, while it runs: its processes under their numbers in there. */
    public synchronized Optional<Path> processes() {
        return holder.isPresent() ? Optional.of(Path.of("/proc/" + firstPid + "/root/proc")) : Optional.empty();
    }

    /** Whether {@link #limit} was called. */
    public synchronized boolean isLimited() {
        return disk.isPresent();
    }

    /** Whether processes in the box can be given user numbers other than 0. */
    public static boolean hasUsers() {
        return isRoot();
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
            if (!probe.waitFor(BOOT.toSeconds(), TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return Optional.of("unshare does not end");
            }
            // what it says fits into a pipe
            String said = new String(probe.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return probe.exitValue() == 0
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
            Process process = new ProcessBuilder(booting(
                            uptime.toSeconds() - uptimeOfHost(),
                            List.of(
                                    "/bin/sh",
                                    script.toString(),
                                    root.toString(),
                                    files().toString(),
                                    folder.resolve("setup.sh").toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("boot.log").toFile())
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
            // the first process of a namespace takes all others with it, and unshare ends when it is gone
            process.children().forEach(ProcessHandle::destroyForcibly);
            try {
                if (!process.waitFor(BOOT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
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
    public List<String> entering(List<String> command) {
        return entering(command, 0);
    }

    /**
     * The same for a user and group of that number, where the box {@link #hasUsers}; else for user 0.
     *
     * @throws IllegalStateException when the box is not started
     */
    public synchronized List<String> entering(List<String> command, int user) {
        if (holder.isEmpty()) {
            throw new IllegalStateException("the box is not started");
        }
        List<String> line = new ArrayList<>(List.of("/usr/bin/nsenter", "-t", Long.toString(firstPid)));
        if (!isRoot()) {
            line.addAll(List.of("-U", "--preserve-credentials"));
        }
        line.addAll(List.of("-m", "-p", "-T", "-r", "-w"));
        if (isRoot()) {
            line.addAll(List.of("-S", Integer.toString(user), "-G", Integer.toString(user)));
        }
        line.add("--");
        line.addAll(command);
        return line;
    }

    @Override
    public synchronized void close() {
        stop();
        disk.ifPresent(Disk::close);
        disk = Optional.empty();
    }

    private List<String> booting(long bootOffsetSeconds, List<String> command) {
        if (disk.isEmpty()) {
            return unshare(bootOffsetSeconds, command);
        }
        List<String> line = new ArrayList<>(
                List.of("/usr/bin/nsenter", "-t", Long.toString(disk.get().pid())));
        if (!isRoot()) {
            line.addAll(List.of("-U", "--preserve-credentials"));
        }
        line.addAll(List.of("-m", "--"));
        line.addAll(unshare(bootOffsetSeconds, command));
        line.remove("-r");
        return line;
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
