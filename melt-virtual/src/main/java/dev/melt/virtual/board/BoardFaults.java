package dev.melt.virtual.board;

import dev.melt.virtual.box.Box;
import dev.melt.virtual.link.FaultyRelay;
import dev.melt.virtual.machine.BoxProcesses;
import dev.melt.virtual.machine.Filler;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/** What can be made to go wrong with a virtual board, for tests and for those who want to see what comes of it. Safe for several threads. */
public final class BoardFaults {
    private final VirtualBoard board;
    private final Box box;
    private final MachineTree tree;
    private final FaultyRelay link;

    BoardFaults(VirtualBoard board, Box box, MachineTree tree, FaultyRelay link) {
        this.board = board;
        this.box = box;
        this.tree = tree;
        this.link = link;
    }

    /** Every connection breaks; clients may connect again. */
    public void drop() {
        link.drop();
    }

    /** Every connection breaks when exactly so many more bytes have come from clients, as SSH has packed them. Once. */
    public void dropAfter(long bytes) {
        link.dropAfter(bytes);
    }

    /** Nothing comes through any more and neither end is told, as with a cable that has been pulled; what was sent comes afterwards. */
    public void stall(boolean on) {
        link.stall(on);
    }

    /** New connections are refused; those that there are stay. */
    public void refuse(boolean on) throws IOException {
        link.refuse(on);
    }

    /** Every connection breaks and new ones are refused, until this is called with false. */
    public void offline(boolean on) throws IOException {
        link.refuse(on);
        if (on) {
            link.drop();
        }
    }

    /**
     * Fills {@code /home} until so many bytes are left.
     *
     * @throws IllegalStateException when the board was made without a limit, since this machine's disk would be filled
     */
    public void fillDisk(long bytesLeft) throws IOException {
        if (!box.isLimited()) {
            throw new IllegalStateException("only a board with a limited /home can be filled: Options.withData");
        }
        filler().fill(bytesLeft);
    }

    /** Takes away what {@link #fillDisk} put there. */
    public void freeDisk() throws IOException {
        filler().free();
    }

    /** Everything that runs ends, the link breaks, the board boots again; returns when it is up. */
    public void reboot(Duration downtime) {
        board.reboot(downtime);
    }

    /**
     * Kills the largest process that is no shell, and says so in the kernel's log, as it does when memory runs out.
     *
     * @return its number on the board; empty when there was none
     */
    public OptionalInt killEngine() throws IOException {
        return new BoxProcesses(box)
                .killLargest(victim -> log(String.format(
                        Locale.ROOT,
                        "Out of memory: Killed process %d (%s) total-vm:%dkB, anon-rss:%dkB, file-rss:0kB, shmem-rss:0kB,"
                                + " UID:1000 pgtables:1024kB oom_score_adj:0",
                        victim.pid(),
                        victim.name(),
                        victim.residentBytes() / 512,
                        victim.residentBytes() / 1024)));
    }

    private void log(String text) throws IOException {
        double uptime = box.processes().isPresent()
                ? Double.parseDouble(Files.readString(box.processes().get().resolve("uptime"))
                        .split(" ", 2)[0])
                : 0;
        Files.writeString(
                tree.at("/virtual/state/dmesg"),
                String.format(Locale.ROOT, "[%12.6f] %s%n", uptime, text),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Filler filler() {
        return new Filler(board.onHost("/home"));
    }
}
