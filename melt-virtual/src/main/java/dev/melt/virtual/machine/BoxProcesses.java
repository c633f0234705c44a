package dev.melt.virtual.machine;

import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** What runs in a box. Stateless. */
public record BoxProcesses(Box box) {
    private static final List<String> NOT_ENGINES =
            List.of("sh", "mksh", "dash", "bash", "cat", "sleep", "nsenter", "sftp-server");
    private static final long PAGE = 4096;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int BORN = 19;
    private static final int RESIDENT_PAGES = 21;

    /**
     * One process.
     *
     * @param pid its number in the box
     * @param born when it began, in ticks: with {@code pid} it is like no other's
     * @param ticks processor time that it has used, in hundredths of a second
     */
    public record Running(int pid, String name, long born, long ticks, long residentBytes) {}

    /** All of them, as far as they are still there; none when the box does not run. */
    public List<Running> all() {
        List<Running> all = new ArrayList<>();
        Optional<Path> processes = box.processes();
        if (processes.isEmpty()) {
            return all;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processes.get(), "[0-9]*")) {
            for (Path folder : folders) {
                one(folder).ifPresent(all::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // the box is going down: what was seen until now is what there is
        }
        return all;
    }

    /** The one that holds most memory and is no shell: the engine, where one runs. */
    public Optional<Running> largest() {
        return all().stream()
                .filter(one -> !NOT_ENGINES.contains(one.name()))
                .max(Comparator.comparingLong(Running::residentBytes));
    }

    /** Is told of a process that is about to be killed for want of memory. */
    public interface Obituary {
        /** Writes it down where the machine does. */
        void of(Running victim) throws IOException;
    }

    /**
     * Kills {@link #largest}, after it was told.
     *
     * @return its number in the box; empty when there was none
     */
    public OptionalInt killLargest(Obituary told) throws IOException {
        Optional<Running> victim = largest();
        if (victim.isEmpty()) {
            return OptionalInt.empty();
        }
        told.of(victim.get());
        kill(victim.get());
        return OptionalInt.of(victim.get().pid());
    }

    /** Kills one as the kernel does when memory runs out. */
    public void kill(Running victim) throws IOException {
        Process kill = new ProcessBuilder(box.entering(List.of("/bin/sh", "-c", "kill -9 " + victim.pid())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when the process has just ended. */
    private static Optional<Running> one(Path folder) {
        try {
            String line = Files.readString(folder.resolve("stat"));
            String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
            String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Running(
                    Integer.parseInt(folder.getFileName().toString()),
                    name,
                    Long.parseLong(words[BORN]),
                    Long.parseLong(words[USER_TICKS]) + Long.parseLong(words[SYSTEM_TICKS]),
                    Long.parseLong(words[RESIDENT_PAGES]) * PAGE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
