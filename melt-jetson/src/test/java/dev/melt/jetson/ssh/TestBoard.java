package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.board.VirtualBoards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A virtual Jetson and the driver's way to it. */
record TestBoard(VirtualBoard board, Path folder) implements AutoCloseable {
    static TestBoard start(String profile, Path folder, VirtualBoard.Options options) throws IOException {
        DebianPackage.require("openssh-client", "ssh");
        VirtualBoards.obstacle().ifPresent(Assumptions::abort);
        return new TestBoard(VirtualBoards.start(profile, folder.resolve(profile), options), folder);
    }

    DeviceDriver open() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", folder.toString());
        environment.put("MELT_SSH_CONFIG", board.sshConfig().toString());
        return new SshDriverProvider().open(board.alias(), new DriverContext(folder, environment));
    }

    /** Where a path of the home folder lies on this machine. */
    Path home(String path) {
        return board.onHost("/home/" + board.profile().user() + "/" + path);
    }

    @Override
    public void close() throws IOException {
        board.close();
        // before JUnit does it, which complains of each link that leads out of the folder
        new ProcessBuilder(
                        "rm",
                        "-rf",
                        folder.resolve(board.alias().replace("virtual-", "")).toString())
                .start()
                .onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
