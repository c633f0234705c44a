package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException.Unauthorised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in with keys in files and in OpenSSH's agent. */
@TestInstance(Lifecycle.PER_CLASS)
class KeyLoginTest {
    private static final String SECRET = "correct horse 1";

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestSshd sshd;

    @BeforeAll
    void start(@TempDir Path there) throws Exception {
        sshd = TestSshd.start(there);
    }

    @AfterAll
    void stop() {
        sshd.close();
    }

    @BeforeEach
    void begin() throws Exception {
        folder = Files.createTempDirectory(home, "keys");
    }

    private void identity(Path file, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add("IdentityFile " + file);
        sshd.config(sshd.host("board", lines.toArray(String[]::new)));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertLogin(Map<String, String> environment) {
        return assertThatCode(() -> sshd.login("board", environment));
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, RFC4716",
        "rsa, RFC4716",
        "ecdsa, RFC4716",
        "rsa, PEM",
        "ecdsa, PEM",
        "rsa, PKCS8",
        "ecdsa, PKCS8"
    })
    void takesKeysOfEveryKind(String kind, String format) throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), kind, "", "-m", format);
        OpenSsh.authorize(sshd, key);
        identity(key);
        assertLogin(sshd.environment()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, RFC4716",
        "rsa, RFC4716",
        "ecdsa, RFC4716",
        "rsa, PEM",
        "ecdsa, PEM",
        "rsa, PKCS8",
        "ecdsa, PKCS8"
    })
    void opensLockedKeysOfEveryKind(String kind, String format) throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), kind, SECRET, "-m", format);
        OpenSsh.authorize(sshd, key);
        identity(key);
        assertLogin(sshd.environment("MELT_SSH_PASSPHRASE", SECRET)).doesNotThrowAnyException();
        assertLogin(sshd.environment())
                .isInstanceOf(Unauthorised.class)
                .hasMessageContainingAll(key + " (locked)", key + " has a passphrase: ssh-add it")
                .hasMessageContaining("MELT_SSH_PASSPHRASE");
    }

    @Test
    void saysThatThePassphraseIsNotTheRightOneAndKeepsItToItself() throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), "ed25519", SECRET);
        identity(key);
        assertLogin(sshd.environment("MELT_SSH_PASSPHRASE", "battery staple 2"))
                .isInstanceOf(Unauthorised.class)
                .hasMessageContaining(key + " (MELT_SSH_PASSPHRASE does not open it)")
                .satisfies(e -> assertThat(Texts.of(e)).doesNotContain("battery", "horse"));
    }

    @Test
    void saysThatAFileIsNoKey() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
        identity(key);
        assertLogin(sshd.environment())
                .isInstanceOf(Unauthorised.class)
                .hasMessageContaining(key + " (not a key that can be read)");
    }

    @Test
    void triesTheSecondFileWhenTheFirstIsNotTaken() throws Exception {
        Path first = OpenSsh.key(folder.resolve("first"), "ed25519", "");
        Path second = OpenSsh.key(folder.resolve("second"), "ed25519", "");
        OpenSsh.authorize(sshd, second);
        identity(first, "IdentityFile " + folder.resolve("missing"), "IdentityFile " + second);
        assertLogin(sshd.environment()).doesNotThrowAnyException();
    }

    @Test
    void saysWhatWasTriedAndWhatTheHostTakes() throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), "ed25519", "");
        identity(key);
        assertThatThrownBy(() -> sshd.login("board", sshd.environment("MELT_SSH_PASSWORD", SECRET)))
                .isInstanceOf(Unauthorised.class)
                .hasMessageContainingAll(
                        "[board/ssh]",
                        "127.0.0.1:" + sshd.port,
                        "tried " + key,
                        "the password of MELT_SSH_PASSWORD",
                        "it takes publickey;",
                        "ssh-copy-id board")
                .satisfies(e -> assertThat(Texts.of(e)).doesNotContain("horse"));
    }

    @Test
    void saysWhatTheHostTakesThoughThereIsNothingToTry() throws Exception {
        identity(folder.resolve("missing"));
        assertLogin(sshd.environment())
                .isInstanceOf(Unauthorised.class)
                .hasMessageContainingAll("there is no key, no agent and no password to try", "it takes publickey;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void takesAKeyThatTheAgentAloneHas(String kind) throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), kind, "");
        OpenSsh.authorize(sshd, key);
        sshd.config(sshd.host("board", "IdentitiesOnly no"));
        try (TestAgent agent = TestAgent.start()) {
            agent.take(key);
            assertLogin(sshd.environment("SSH_AUTH_SOCK", agent.socket())).doesNotThrowAnyException();
        }
    }

    @Test
    void asksTheAgentThatTheConfigurationNames() throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), "ed25519", "");
        OpenSsh.authorize(sshd, key);
        try (TestAgent agent = TestAgent.start()) {
            agent.take(key);
            sshd.config(sshd.host("board", "IdentitiesOnly no", "IdentityAgent " + agent.socket()));
            assertLogin(sshd.environment()).doesNotThrowAnyException();
            sshd.config(sshd.host("board", "IdentitiesOnly no", "IdentityAgent $OF_MINE"));
            assertLogin(sshd.environment("OF_MINE", agent.socket())).doesNotThrowAnyException();
            sshd.config(sshd.host("board", "IdentitiesOnly no", "IdentityAgent none"));
            assertLogin(sshd.environment("SSH_AUTH_SOCK", agent.socket())).isInstanceOf(Unauthorised.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "key.pub"})
    void leavesOtherKeysOfTheAgentAloneWhenItIsToldSo(String named) throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), "ed25519", "");
        OpenSsh.authorize(sshd, key);
        try (TestAgent agent = TestAgent.start()) {
            Map<String, String> environment = sshd.environment("SSH_AUTH_SOCK", agent.socket());
            agent.take(key);
            identity(folder.resolve("other"), "IdentitiesOnly yes");
            assertLogin(environment).isInstanceOf(Unauthorised.class);
            identity(folder.resolve(named), "IdentitiesOnly yes");
            assertLogin(environment).doesNotThrowAnyException();
        }
    }

    @Test
    void saysThatTooManyKeysWereTried() throws Exception {
        sshd.config(sshd.host("board", "IdentitiesOnly no"));
        try (TestAgent agent = TestAgent.start()) {
            for (int i = 0; i < 7; i++) {
                agent.take(OpenSsh.key(folder.resolve("key" + i), "ed25519", ""));
            }
            assertLogin(sshd.environment("SSH_AUTH_SOCK", agent.socket()))
                    .isInstanceOf(Unauthorised.class)
                    .hasMessageContainingAll("7 keys of the agent", "Too many authentication failures")
                    .hasMessageContaining("IdentitiesOnly");
        }
    }

    @Test
    void doesWithoutAnAgentThatIsGone() throws Exception {
        Path key = OpenSsh.key(folder.resolve("key"), "ed25519", "");
        OpenSsh.authorize(sshd, key);
        identity(key);
        Path socket = Files.createFile(folder.resolve("socket"));
        assertLogin(sshd.environment("SSH_AUTH_SOCK", socket.toString())).doesNotThrowAnyException();
    }
}
