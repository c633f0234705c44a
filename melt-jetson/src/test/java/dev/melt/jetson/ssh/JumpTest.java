package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are reached through others. */
@TestInstance(Lifecycle.PER_CLASS)
class JumpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestSshd board;

    @SuppressWarnings("NullAway.Init")
    private TestSshd gate;

    @BeforeAll
    void start(@TempDir Path there) throws Exception {
        board = TestSshd.start(there.resolve("board"));
        gate = TestSshd.start(there.resolve("gate"));
    }

    @AfterAll
    void stop() {
        board.close();
        gate.close();
    }

    @BeforeEach
    void know() throws Exception {
        gate.knows("ed25519");
    }

    private static int logins(TestSshd sshd) {
        return sshd.log().split("Accepted publickey", -1).length - 1;
    }

    @Test
    void goesThroughAnotherHostAndLeavesNothingThere() throws Exception {
        board.config(board.host("board", "ProxyJump gate"), gate.host("gate"));
        int before = logins(gate);
        Path file = Files.write(folder.resolve("file"), new byte[3_000_000]);
        try (DeviceDriver driver = board.open()) {
            assertThat(driver.exec(List.of("echo", "in"), PATIENCE).stdout()).isEqualTo("in\n");
            driver.push(file, folder.resolve("there").toString(), TransferListener.NONE);
        }
        assertThat(folder.resolve("there")).hasSameBinaryContentAs(file);
        assertThat(logins(gate) - before).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> gate.sessions().count() + board.sessions().count() == 0);
    }

    @Test
    void goesThroughTwoHostsInTheirOrder() throws Exception {
        try (TestSshd first = TestSshd.start(folder.resolve("first"), "PermitOpen 127.0.0.1:" + gate.port)) {
            board.config(board.host("board", "ProxyJump first,gate"), first.host("first"), gate.host("gate"));
            assertThatCode(board::login).doesNotThrowAnyException();
            board.config(board.host("board", "ProxyJump gate,first"), first.host("first"), gate.host("gate"));
            assertThatThrownBy(board::login).isInstanceOf(Unreachable.class).hasMessageContaining("prohibited");
        }
    }

    @Test
    void aHostOnTheWayMayHaveAWayOfItsOwn() throws Exception {
        try (TestSshd first = TestSshd.start(folder.resolve("first"), "PermitOpen 127.0.0.1:" + gate.port)) {
            board.config(
                    board.host("board", "ProxyJump gate"), gate.host("gate", "ProxyJump first"), first.host("first"));
            assertThatCode(board::login).doesNotThrowAnyException();
            assertThat(logins(first)).isEqualTo(1);
        }
    }

    @Test
    void namesTheHostOnTheWayWhoseKeyIsUnknown() throws Exception {
        board.config(board.host("board", "ProxyJump gate"), gate.host("gate"));
        Files.delete(gate.knownHosts());
        assertThatThrownBy(board::login)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("[gate/ssh]", OpenSsh.fingerprint(gate.hostKey("ed25519")));
    }

    @Test
    void aHostBehindAnotherIsMadeKnownByLoggingInOnce() throws Exception {
        board.config(board.host("board", "ProxyJump gate", "HostKeyAlias the-board"), gate.host("gate"));
        assertThatThrownBy(board::login)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("[board/ssh] host key of the-board", "add it: ssh board")
                .hasMessageNotContaining("ssh-keyscan");
    }

    @Test
    void namesTheHostOnTheWayThatDoesNotLetUsIn() throws Exception {
        board.config(
                board.host("board", "ProxyJump gate"), gate.host("gate", "IdentityFile " + folder.resolve("missing")));
        assertThatThrownBy(board::login).isInstanceOf(Unauthorised.class).hasMessageContaining("[gate/ssh]");
    }

    @Test
    void saysThatTheHostBehindDoesNotAnswer() throws Exception {
        board.config("Host board\n  Port 1\n" + board.host("board", "ProxyJump gate"), gate.host("gate"));
        assertThatThrownBy(board::login)
                .isInstanceOf(Unreachable.class)
                .hasMessageContainingAll(
                        "[board/ssh]", "127.0.0.1:1: ", "127.0.0.1:" + gate.port + " in between says connect failed");
    }

    @Test
    void refusesAWayThatNeverEnds() throws Exception {
        board.config(board.host("board", "ProxyJump a"), gate.host("a", "ProxyJump b"), gate.host("b", "ProxyJump a"));
        assertThatThrownBy(board::login)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("[board/ssh]", "ProxyJump");
    }

    @Test
    void connectsAgainWhenAHostOnTheWayBroke() throws Exception {
        board.config(board.host("board", "ProxyJump gate"), gate.host("gate"));
        try (DeviceDriver driver = board.open()) {
            gate.dropConnections();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(driver.exec(List.of("echo", "back"), PATIENCE)
                                    .stdout())
                            .isEqualTo("back\n"));
        }
    }
}
