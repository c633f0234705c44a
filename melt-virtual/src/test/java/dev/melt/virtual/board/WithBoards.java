package dev.melt.virtual.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.board.VirtualBoard.Options;
import dev.melt.virtual.box.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Boards that are started for one test. */
abstract class WithBoards {
    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void needParts() {
        DebianPackage.require("openssh-client", "ssh");
        if (!Files.isExecutable(Path.of("/usr/sbin/sshd"))) {
            DebianPackage.require("openssh-server", "sshd");
        }
        assumeTrue(Box.obstacle().isEmpty(), () -> Box.obstacle().orElse(""));
        assertThat(VirtualBoards.obstacle()).isEmpty();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        // before JUnit does it, which complains of each link that leads out of the folder
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    VirtualBoard start(String profile) throws Exception {
        return start(profile, Options.PLAIN);
    }

    VirtualBoard start(String profile, Options options) throws Exception {
        VirtualBoard board = VirtualBoards.start(profile, folder.resolve(profile), options);
        open.add(board);
        return board;
    }

    RealSsh ssh(VirtualBoard board) {
        return new RealSsh(board, folder);
    }
}
