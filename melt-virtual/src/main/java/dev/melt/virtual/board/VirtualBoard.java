package dev.melt.virtual.board;

import dev.melt.virtual.box.Box;
import dev.melt.virtual.link.FaultyRelay;
import dev.melt.virtual.machine.BoxLoad;
import dev.melt.virtual.machine.Heart;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A board that is not there: a box that looks like a Jetson or another Linux board to a shell, OpenSSH's own daemon before it, and a
 * small physical model behind its gauges. What runs on it really runs, on this machine's processors. It says of itself that it is
 * virtual: {@code virtual=1} in {@code /etc/melt-virtual}.
 *
 * <p>Starts when it is made, ends with {@link #close}; its folder keeps its files, keys and port for a board that is made there again.
 * Safe for use by several threads.
 */
public final class VirtualBoard implements AutoCloseable {
    private static final Duration UP_SINCE = Duration.ofHours(51);
    private static final Duration AFTER_BOOT = Duration.ofSeconds(31);
    private static final Duration DOWNTIME = Duration.ofSeconds(3);
    private static final String REBOOT = "/virtual/state/reboot";

    /**
     * How a board is to be.
     *
     * @param seed of its noise and of its boots
     * @param pace how fast its temperatures live; 1 is as fast as a real one's
     * @param dataBytes room under {@code /home}, which lies in this machine's memory then; empty: what the disk has
     * @param rights whether {@code sudo} works without a password
     * @param rekeyed whether its daemon has another key than it had the last time; {@code known_hosts} keeps the former one
     * @param forgetsMode whether its power mode is the default one again after a reboot, as where {@code /var} is not kept
     */
    public record Options(
            long seed, double pace, OptionalLong dataBytes, boolean rights, boolean rekeyed, boolean forgetsMode) {
        /** A board as its owner has set it up. */
        public static final Options PLAIN = new Options(1, 1, OptionalLong.empty(), true, false, false);

        public Options {
            if (!(pace > 0) || pace > 10_000) {
                throw new IllegalArgumentException("pace must be above 0 and at most 10000, was " + pace);
            }
        }

        public Options withSeed(long other) {
            return new Options(other, pace, dataBytes, rights, rekeyed, forgetsMode);
        }

        public Options withPace(double other) {
            return new Options(seed, other, dataBytes, rights, rekeyed, forgetsMode);
        }

        public Options withData(long bytes) {
            return new Options(seed, pace, OptionalLong.of(bytes), rights, rekeyed, forgetsMode);
        }

        /** Whose user may become root without a password, or may not. */
        public Options withRights(boolean other) {
            return new Options(seed, pace, dataBytes, other, rekeyed, forgetsMode);
        }

        /** Whose key has changed since the last start in its folder. */
        public Options withNewKey() {
            return new Options(seed, pace, dataBytes, rights, true, forgetsMode);
        }

        /** Which forgets its power mode at a reboot. */
        public Options withForgottenMode() {
            return new Options(seed, pace, dataBytes, rights, rekeyed, true);
        }
    }

    private final String name;
    private final BoardProfile profile;
    private final Options options;
    private final Box box;
    private final MachineTree tree;
    private final Random boots;
    private final BoardUser user;
    private final BoardDoor door;
    private final BoardLife life;
    private final BoardFaults faults;
    private final Heart heart;

    /**
     * Boots a board.
     *
     * @param name which is in its alias
     * @param folder where its files lie; made when it is missing
     */
    public VirtualBoard(String name, BoardProfile profile, Path folder, Options options) throws IOException {
        this.name = name;
        this.profile = profile;
        this.options = options;
        this.boots = new Random(options.seed());
        this.user = new BoardUser(profile.user(), options.rights());
        this.box = new Box(folder);
        options.dataBytes().ifPresent(bytes -> box.limit("home", bytes));
        Path top = box.onHost("");
        this.tree = new MachineTree(top, top.resolveSibling("spare"), user.owner());
        new BoardImage(profile, user, tree).write(name);
        Files.writeString(folder.resolve("setup.sh"), BoardImage.mounts());
        this.life = new BoardLife(profile, tree, options.seed(), new BoxLoad(box)::sinceLast, options.pace());
        this.door = new BoardDoor(folder, alias(), user, options.rekeyed());
        boot(UP_SINCE);
        this.faults = new BoardFaults(this, box, tree, door.link());
        this.heart = new Heart("virtual board " + name, this::beat);
    }

    /** What a person gives to {@code ssh -F}{@link #sshConfig}: also the name of its host there. */
    public String alias() {
        return "virtual-" + name;
    }

    /** Where it listens, with the same port at every start in one folder, as long as that is free. */
    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), door.link().port());
    }

    /** Who logs in: this user of this machine. In the board that is {@link BoardProfile#user}. */
    public String user() {
        return BoardDoor.login();
    }

    /** A file for {@code ssh -F} that knows it by its alias. */
    public Path sshConfig() {
        return door.sshConfig();
    }

    /** A file with the key of its daemon. */
    public Path knownHosts() {
        return door.knownHosts();
    }

    /** The private key that it lets in. */
    public Path identity() {
        return door.identity();
    }

    public BoardProfile profile() {
        return profile;
    }

    /** Where a path of the board lies on this machine; links are not followed. */
    public Path onHost(String path) {
        return box.onHost(path);
    }

    /** What can be made to go wrong. */
    public BoardFaults faults() {
        return faults;
    }

    /** What its GPU has to do from now on, 0 to 1: no program here uses one, so its power has to be asked for. */
    public void gpuLoad(double share) {
        life.gpuLoad(share);
    }

    /** Brings the whole board to a temperature in °C, from which it cools or warms as usual. */
    public void warm(double degrees) {
        life.warm(degrees);
    }

    /**
     * Ends everything that runs on it, breaks the link, and boots it again after a while in which nobody can connect. Returns when it
     * is up.
     */
    public synchronized void reboot(Duration downtime) {
        FaultyRelay link = door.link();
        try {
            link.refuse(true);
            link.drop();
            box.stop();
            Thread.sleep(downtime.toMillis());
            boot(AFTER_BOOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listen(link);
        }
    }

    @Override
    public void close() throws IOException {
        heart.close();
        synchronized (this) { // no reboot is under way
            door.close();
            box.close();
        }
    }

    private static void listen(FaultyRelay link) {
        try {
            link.refuse(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void boot(Duration uptime) throws IOException {
        byte[] id = new byte[16];
        boots.nextBytes(id);
        tree.put("/proc/sys/kernel/random/boot_id", UUID.nameUUIDFromBytes(id).toString());
        if (options.forgetsMode()) {
            Files.deleteIfExists(tree.at("/var/lib/nvpmodel/status"));
        }
        Files.deleteIfExists(tree.at(REBOOT));
        life.boot();
        if (profile.tegra().isPresent()) {
            new FixedTegra(profile, profile.tegra().get(), tree).reset();
        }
        box.start(uptime);
        if (profile.tegra().isPresent()) {
            run("nvpmodel", "--boot");
            life.beat(); // what it wrote takes effect before anybody can look
        }
        if (!options.rights() && !BoardUser.isApart()) {
            run("mount", "-o", "remount,bind,ro", "/sys");
        }
        door.leadInto(box);
    }

    /** As root, before anybody comes in. */
    private void run(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("/usr/bin/env", "PATH=" + BoardUser.PATH));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(box.entering(line))
                .redirectErrorStream(true)
                .redirectOutput(box.files().resolveSibling("boot-programs.log").toFile())
                .start();
        try {
            if (!process.waitFor(AFTER_BOOT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void beat() throws IOException {
        if (tree.taken(REBOOT)) {
            reboot(DOWNTIME);
        }
        life.beat();
    }
}
