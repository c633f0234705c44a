package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a host is believed to be the one it was before. */
class HostKeyTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // started before each test
    private TestSshd sshd;

    @BeforeEach
    void start() throws Exception {
        sshd = TestSshd.start(folder);
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(sshd::login)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(words);
        assertThat(sshd.log()).as("nothing was sent").doesNotContain("publickey", "Failed ", "Accepted ");
    }

    @Test
    void anUnknownOneIsNamedAsSshKeygenNamesIt() throws Exception {
        Files.delete(sshd.knownHosts());
        assertRefused(
                OpenSsh.fingerprint(sshd.hostKey("ed25519")),
                "ssh-keyscan -p " + sshd.port + " -t ed25519 127.0.0.1 >>" + sshd.knownHosts());
    }

    @Test
    void theAdviceOfARefusalWorks() throws Exception {
        Files.delete(sshd.knownHosts());
        Files.writeString(
                sshd.knownHosts(),
                OpenSsh.run("sh", "-c", "ssh-keyscan -p " + sshd.port + " -t ed25519 127.0.0.1 2>/dev/null"));
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void anotherOneIsRefusedBeforeAnythingIsSent() throws Exception {
        sshd.changeHostKey("ed25519");
        sshd.restart();
        assertRefused(
                "shows another one",
                OpenSsh.fingerprint(sshd.hostKey("ed25519")),
                "ssh-keygen -f " + sshd.knownHosts() + " -R '" + sshd.name() + "'");
    }

    @Test
    void oneOfAnotherKindIsUnknownWhenTheKnownKindIsGone() throws Exception {
        try (TestSshd other = TestSshd.start(folder.resolve("other"), List.of("ecdsa"))) {
            Files.writeString(other.knownHosts(), other.name() + " " + Files.readString(sshd.hostKey("ed25519")));
            assertThatThrownBy(other::login)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("is in none of", OpenSsh.fingerprint(other.hostKey("ecdsa")));
        }
    }

    @Test
    void aRevokedOneIsRefusedThoughItIsKnownToo() throws Exception {
        Files.writeString(
                sshd.knownHosts(),
                "@revoked " + sshd.name() + " " + Files.readString(sshd.hostKey("ed25519")),
                StandardOpenOption.APPEND);
        assertRefused("revoked", OpenSsh.fingerprint(sshd.hostKey("ed25519")));
    }

    @Test
    void oneThatIsRevokedEverywhereIsRefused() throws Exception {
        Files.writeString(sshd.knownHosts(), "@revoked * " + Files.readString(sshd.hostKey("ed25519")));
        assertRefused("revoked");
    }

    @Test
    void theKeyOfAnAuthorityIsNoHostKey() throws Exception {
        Files.writeString(sshd.knownHosts(), "@cert-authority * " + Files.readString(sshd.hostKey("ed25519")));
        assertRefused("is in none of");
    }

    @Test
    void aKeyThatAnAuthoritySignedIsBelieved() throws Exception {
        Path authority = OpenSsh.key(folder.resolve("authority"), "ed25519", "");
        OpenSsh.run(
                "ssh-keygen",
                "-q",
                "-s",
                authority.toString(),
                "-I",
                "board",
                "-h",
                "-n",
                "127.0.0.1",
                sshd.hostKey("ed25519").toString());
        Files.writeString(
                folder.resolve("sshd_config"),
                "HostCertificate " + folder.resolve("host_ed25519-cert.pub") + "\n",
                StandardOpenOption.APPEND);
        Files.writeString(
                sshd.knownHosts(), "@cert-authority [127.0.0.1]:* " + Files.readString(OpenSsh.publicPart(authority)));
        sshd.restart();
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void aHashedNameIsFound() throws Exception {
        OpenSsh.run("ssh-keygen", "-q", "-H", "-f", sshd.knownHosts().toString());
        assertThat(sshd.knownHosts()).content().startsWith("|1|");
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void theKindThatIsKnownIsAskedFor() throws Exception {
        List<String> kinds = List.of("ed25519", "rsa", "ecdsa");
        try (TestSshd all = TestSshd.start(folder.resolve("all"), kinds)) {
            for (String kind : kinds) {
                all.knows(kind);
                assertThatCode(all::login).as(kind).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void linesThatNobodyUnderstandsAreLeftOut() throws Exception {
        String good = Files.readString(sshd.knownHosts());
        Files.writeString(
                sshd.knownHosts(),
                "# remark\n\nhost\nhost ssh-ed25519 %%%\n" + sshd.name() + " new-kind AAAA\n|1|x|y ssh-rsa AAAA\n"
                        + good);
        assertThatCode(sshd::login).doesNotThrowAnyException();
    }

    @Test
    void aHostThatIsAnotherOneAfterTheLinkBrokeIsNotTriedAgain() throws Exception {
        try (SshLink link = sshd.link("board", sshd.environment())) {
            link.open();
            sshd.changeHostKey("ed25519");
            sshd.restart();
            assertThatThrownBy(link::client)
                    .isInstanceOfSatisfying(
                            Unauthorised.class, e -> assertThat(e.retryIsSafe()).isFalse())
                    .hasMessageContaining("shows another one");
        }
    }
}
