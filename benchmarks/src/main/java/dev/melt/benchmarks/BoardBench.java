package dev.melt.benchmarks;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.jetson.ssh.SshDriverProvider;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.board.VirtualBoards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A virtual Orin behind OpenSSH's own server, for one benchmark. */
final class BoardBench implements PushRate.Peer {
    private final Workbench bench;
    private final VirtualBoard board;
    private final Map<String, String> environment;

    BoardBench(Workbench bench, VirtualBoard.Options options) throws IOException {
        this.bench = bench;
        this.board = VirtualBoards.start("orin-agx", bench.scratch().resolve("board"), options);
        this.environment = new TreeMap<>(System.getenv());
        environment.put("MELT_SSH_CONFIG", board.sshConfig().toString());
    }

    @Override
    public String program() {
        return "scp";
    }

    @Override
    public DeviceDriver open() {
        return new SshDriverProvider().open(board.alias(), new DriverContext(bench.home(), environment));
    }

    @Override
    public String target() {
        return board.profile().user().isEmpty()
                ? "/tmp/benchmark.bin"
                : "/home/" + board.profile().user() + "/benchmark.bin";
    }

    /** Below which MELT writes there. */
    String workdir() {
        return "/home/" + board.profile().user() + "/.melt/device";
    }

    /** With the cipher that both ends of OpenSSH are quickest with here, which MELT takes too. */
    @Override
    public void push(Path file) throws IOException, InterruptedException {
        Program.run(
                java.util.List.of(
                        "scp",
                        "-q",
                        "-c",
                        "aes128-gcm@openssh.com",
                        "-F",
                        board.sshConfig().toString(),
                        file.toString(),
                        board.alias() + ":" + target()),
                environment,
                bench.scratch());
    }

    /** Of this process and its children that have ended, and of the server's processes. */
    @Override
    public double processorSeconds() throws IOException {
        double seconds = CpuTime.withChildren(Path.of("/proc/self"));
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                if (CpuTime.commandLine(folder).contains("sshd")) {
                    seconds += CpuTime.withChildren(folder);
                }
            }
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
