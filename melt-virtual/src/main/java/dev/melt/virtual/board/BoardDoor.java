package dev.melt.virtual.board;

import dev.melt.virtual.box.Box;
import dev.melt.virtual.link.FaultyRelay;
import dev.melt.virtual.ssh.SshKeys;
import dev.melt.virtual.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way into a board: OpenSSH's daemon, a link before it that can fail, and the files with which a client finds both. Safe for use
 * by several threads.
 */
final class BoardDoor implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String ENTER = """
            #!/bin/sh
            # every session of sshd runs this: it enters the board and does there what was asked for
            set -- ${SSH_ORIGINAL_COMMAND+"$SSH_ORIGINAL_COMMAND"}
            exec %s /usr/bin/env -i %s ${TERM:+"TERM=$TERM"} "SSH_CONNECTION=$SSH_CONNECTION" \\
                /bin/sh -c 'cd "$HOME"; [ $# -eq 0 ] && exec /bin/sh -l; exec /bin/sh -c "$1"' sh "$@"
            """;

    private final Path folder;
    private final String alias;
    private final BoardUser user;
    private final SshKeys keys;
    private final Sshd sshd;
    private final FaultyRelay link;

    /** Opens it, for a board that {@link #leadInto} names. */
    BoardDoor(Path folder, String alias, BoardUser user, boolean rekeyed) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.alias = alias;
        this.user = user;
        this.keys = new SshKeys(this.folder.resolve("ssh"));
        keys.make(rekeyed);
        this.sshd = new Sshd(this.folder.resolve("ssh"), keys, enter());
        this.link = new FaultyRelay(formerPort().orElse(0), sshd.port());
        Files.writeString(portFile(), Integer.toString(link.port()));
        if (!rekeyed || !Files.exists(knownHosts())) {
            Files.writeString(knownHosts(), keys.knownHost(HOST, link.port()) + "\n");
        }
        Files.writeString(sshConfig(), config());
    }

    /** From now on who comes in gets into this box, which has been started. */
    void leadInto(Box box) throws IOException {
        Path script = Files.writeString(
                folder.resolve("enter.new"),
                ENTER.formatted(quoted(box.entering(List.of(), user.number())), quoted(user.environment())));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(script, enter(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    FaultyRelay link() {
        return link;
    }

    Path sshConfig() {
        return folder.resolve("ssh_config");
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    Path identity() {
        return keys.identity();
    }

    /** What the daemon says. */
    Path log() {
        return sshd.log();
    }

    /** Who logs in at the daemon: it knows this user of this machine alone, whoever that is in the board. */
    static String login() {
        return System.getProperty("user.name");
    }

    @Override
    public void close() throws IOException {
        link.close();
        sshd.close();
    }

    private Path enter() {
        return folder.resolve("enter");
    }

    private Path portFile() {
        return folder.resolve("ssh/port");
    }

    private Optional<Integer> formerPort() throws IOException {
        return Files.exists(portFile())
                ? Optional.of(Integer.parseInt(Files.readString(portFile()).strip()))
                : Optional.empty();
    }

    private String config() {
        return """
                Host %s
                    HostName %s
                    Port %d
                    User %s
                    IdentityFile "%s"
                    IdentitiesOnly yes
                    UserKnownHostsFile "%s"
                    GlobalKnownHostsFile /dev/null
                    StrictHostKeyChecking yes
                """.formatted(alias, HOST, link.port(), login(), identity(), knownHosts());
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
