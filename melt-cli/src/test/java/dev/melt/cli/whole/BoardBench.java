package dev.melt.cli.whole;

import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.board.VirtualBoards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Virtual boards behind OpenSSH's own daemon, and MELT as a person uses it beside them, with an ssh_config that knows them all. */
final class BoardBench implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final Bench bench;

    private final Path folder;
    private final List<VirtualBoard> boards = new ArrayList<>();

    private BoardBench(Path folder) {
        this.folder = folder;
        this.bench = Bench.in(folder)
                .with("HOME", folder.toString())
                .with("MELT_SSH_CONFIG", sshConfig().toString())
                .with("PATH", System.getenv().getOrDefault("PATH", "/usr/bin"));
    }

    /** Skips the test where there is no OpenSSH or no namespaces. */
    static BoardBench in(Path folder) throws IOException {
        DebianPackage.require("openssh-client", "ssh");
        if (!Files.isExecutable(Path.of("/usr/sbin/sshd"))) { // which need not be on the path
            DebianPackage.require("openssh-server", "sshd");
        }
        Assumptions.assumeTrue(
                VirtualBoards.obstacle().isEmpty(),
                () -> VirtualBoards.obstacle().orElse(""));
        return new BoardBench(folder);
    }

    /** Boots a board and makes it known. */
    VirtualBoard board(String profile, VirtualBoard.Options options) throws IOException {
        VirtualBoard board = VirtualBoards.start(
                profile, Files.createDirectories(folder.resolve("board-" + boards.size())), options);
        boards.add(board);
        name(board, board.alias());
        return board;
    }

    /** Makes a board known under a name. */
    void name(VirtualBoard board, String alias) throws IOException {
        Files.writeString(
                sshConfig(),
                Files.readString(board.sshConfig()).replace("Host " + board.alias(), "Host " + alias),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    VirtualBoard board(String profile) throws IOException {
        return board(profile, VirtualBoard.Options.PLAIN);
    }

    /** What a command in the board's shell says. */
    String shell(VirtualBoard board, String command) throws IOException, InterruptedException {
        return ssh(board.sshConfig(), board.alias(), command);
    }

    /** The same of any host of a configuration. */
    String ssh(Path config, String alias, String command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "ssh", ".out");
        Process process = new ProcessBuilder("ssh", "-n", "-F", config.toString(), alias, command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(out).strip();
    }

    private Path sshConfig() {
        return folder.resolve("ssh_config");
    }

    @Override
    public void close() throws IOException {
        for (VirtualBoard board : boards) {
            board.close();
        }
    }
}
