package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.virtual.link.FaultyRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way up to the login, and what can go wrong on it. */
@TestInstance(Lifecycle.PER_CLASS)
class LoginTest {
    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestSshd sshd;

    @BeforeAll
    void start(@TempDir Path there) throws Exception {
        sshd = TestSshd.start(there, "LoginGraceTime 0");
    }

    @AfterAll
    void stop() {
        sshd.close();
    }

    /** The same server behind another port. */
    private void behind(int port) throws IOException {
        sshd.config(
                "Host board\n  Port " + port + "\n  HostKeyAlias the-board\n  ConnectTimeout 2\n" + sshd.host("board"));
        Files.writeString(sshd.knownHosts(), "the-board " + Files.readString(sshd.hostKey("ed25519")));
    }

    @Test
    void findsTheKeyUnderItsAlias() throws Exception {
        behind(sshd.port);
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void findsTheKeyInTheSecondFile() throws Exception {
        Path second = Files.writeString(
                sshd.folder.resolve("second"), sshd.name() + " " + Files.readString(sshd.hostKey("ed25519")));
        sshd.config(sshd.host("board", "UserKnownHostsFile /nowhere/at/all " + second));
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        behind(1);
        assertThatThrownBy(sshd::login)
                .isInstanceOf(Unreachable.class)
                .hasMessageContainingAll("[board/ssh]", "127.0.0.1:1: Connection refused");
    }

    @Test
    void saysThatThereIsNoSuchHost() throws Exception {
        sshd.config(sshd.host("board").replace("127.0.0.1\n", "no-such-host.invalid\n"));
        assertThatThrownBy(sshd::login).isInstanceOf(Unreachable.class).hasMessageContaining("no such host name");
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            behind(silent.getLocalPort());
            long start = System.nanoTime();
            assertThatThrownBy(sshd::login).isInstanceOf(Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void saysThatAnotherProtocolIsSpoken() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> answer(web));
            answer.start();
            behind(web.getLocalPort());
            assertThatThrownBy(sshd::login).isInstanceOf(DeviceException.class).hasMessageContaining("[board/ssh]");
            answer.join();
        }
    }

    private static void answer(ServerSocket web) {
        try (Socket socket = web.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // the client has heard enough
        }
    }

    /** In the greeting, in the exchange of keys, before the login is answered. */
    @ParameterizedTest
    @ValueSource(ints = {10, 900, 1_900, 2_300})
    void aLinkThatBreaksMayBeTriedAgain(int bytes) throws Exception {
        try (FaultyRelay relay = new FaultyRelay(0, sshd.port)) {
            behind(relay.port());
            relay.dropAfter(bytes);
            assertThatThrownBy(sshd::login)
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            e -> assertThat(e.retryIsSafe()).isTrue());
            assertThatCode(sshd::login).doesNotThrowAnyException();
        }
    }

    @Test
    void aHostThatFallsSilentBeforeItLetsUsInMayBeTriedAgain() throws Exception {
        try (TestSshd slow = TestSshd.start(
                sshd.folder.resolve("slow"),
                "AuthorizedKeysCommand /bin/sleep 600",
                "AuthorizedKeysCommandUser " + System.getProperty("user.name"),
                "AuthorizedKeysFile none")) {
            slow.config(slow.host("board", "ConnectTimeout 1"));
            assertThatThrownBy(slow::login)
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("does not answer whether it lets us in");
        }
    }

    @Test
    void saysThatNoMethodIsCommon() throws Exception {
        try (TestSshd strict = TestSshd.start(
                sshd.folder.resolve("strict"),
                "Ciphers chacha20-poly1305@openssh.com",
                "KexAlgorithms sntrup761x25519-sha512@openssh.com",
                "MACs umac-64@openssh.com")) {
            assertThatThrownBy(strict::login)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("no method in common, it has as KeyExchangeAlgorithms [sntrup761x25519");
        }
    }

    /** Those of JetPack 4 and of hardened servers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ciphers aes256-gcm@openssh.com",
                "Ciphers aes256-ctr\nMACs hmac-sha2-256-etm@openssh.com",
                "KexAlgorithms curve25519-sha256",
                "KexAlgorithms ecdh-sha2-nistp256",
                "KexAlgorithms diffie-hellman-group16-sha512"
            })
    void usesWhatTheServerHas(String lines) throws Exception {
        try (TestSshd other = TestSshd.start(Files.createTempDirectory(sshd.folder, "other"), lines.split("\n", -1))) {
            assertThatCode(other::login).doesNotThrowAnyException();
        }
    }

    @Test
    void reachesAnAddressOfTheNewKind() throws Exception {
        Assumptions.assumeTrue(hasNewKind(), "no IPv6 loopback on this machine");
        try (TestSshd six = TestSshd.start(sshd.folder.resolve("six"), "ListenAddress ::1")) {
            six.config("Host *\n  GlobalKnownHostsFile none\n  IdentityFile " + six.folder.resolve("user_key")
                    + "\n  UserKnownHostsFile " + six.knownHosts() + "\n");
            Files.writeString(six.knownHosts(), "[::1]:" + six.port + " " + Files.readString(six.hostKey("ed25519")));
            assertThatCode(() -> six.login("[::1]:" + six.port, six.environment()))
                    .doesNotThrowAnyException();
        }
    }

    private static boolean hasNewKind() {
        byte[] one = new byte[16];
        one[15] = 1;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(one))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
