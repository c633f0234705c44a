package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ~/.ssh/config} says of a host. Nothing is connected. */
class SshConfigTest {
    @TempDir
    Path folder;

    @BeforeEach
    void need() {
        DebianPackage.require("openssh-client", "ssh");
    }

    private SshHost resolve(String destination, String... lines) throws IOException {
        return new SshConfig(environment(lines)).resolve(Destination.parse(destination));
    }

    private Map<String, String> environment(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("config"), List.of(lines));
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", folder.toString());
        environment.put("MELT_SSH_CONFIG", file.toString());
        return environment;
    }

    @Test
    void namesHostPortUserAndKey() throws Exception {
        SshHost host =
                resolve("orin", "Host orin", "HostName 10.0.0.7", "Port 2222", "User nvidia", "IdentityFile ~/keys/%h");
        assertThat(host.address()).isEqualTo("nvidia@10.0.0.7:2222");
        assertThat(host.keyName()).isEqualTo("[10.0.0.7]:2222");
        assertThat(host.label()).isEqualTo("orin/ssh");
        assertThat(host.identities()).containsExactly(folder.resolve("keys/10.0.0.7"));
    }

    @Test
    void whatIsTypedWins() throws Exception {
        SshHost host = resolve("ssh://root@orin:23", "Host orin", "Port 2222", "User nvidia");
        assertThat(host.address()).isEqualTo("root@orin:23");
    }

    @Test
    void aHostOfWhichNothingIsSaidHasTheUsualPort() throws Exception {
        SshHost host = resolve("orin.local", "");
        assertThat(host.address()).isEqualTo(System.getProperty("user.name") + "@orin.local");
        assertThat(host.keyName()).isEqualTo("orin.local");
        assertThat(host.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(host.jumps()).isEmpty();
    }

    @Test
    void readsIncludedFilesAndMatches() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "Host orin\n  Port 2200\n");
        SshHost host = resolve(
                "nvidia@orin", "Include " + other, "Match user nvidia exec true", "HostName there", "ConnectTimeout 3");
        assertThat(host.address()).isEqualTo("nvidia@there:2200");
        assertThat(host.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(resolve("root@orin", "Match user nvidia", "HostName there").hostName())
                .isEqualTo("orin");
    }

    @Test
    void knowsSeveralFilesWithKeysOfHosts() throws Exception {
        SshHost host = resolve("orin", "Host *", "UserKnownHostsFile /a/%h /b", "GlobalKnownHostsFile /c");
        assertThat(host.knownHosts()).containsExactly(Path.of("/a/orin"), Path.of("/b"), Path.of("/c"));
    }

    @Test
    void anAliasOfTheHostsKeyHasNoPort() throws Exception {
        assertThat(resolve("orin", "Host orin", "Port 2222", "HostKeyAlias lab-orin")
                        .keyName())
                .isEqualTo("lab-orin");
    }

    @Test
    void readsAFileThatIsNamedFromHere() throws Exception {
        Map<String, String> environment = environment();
        Path here = Files.createTempFile(Files.createDirectories(Path.of("target")), "ssh", ".config");
        Files.writeString(here, "Host orin\n  Port 2222\n");
        environment.put("MELT_SSH_CONFIG", here.toString());
        assertThat(new SshConfig(environment).resolve(Destination.parse("orin")).port())
                .isEqualTo(2222);
        Files.delete(here);
    }

    @Test
    void hostsOnTheWayMayHaveUsersPortsAndBareAddresses() throws Exception {
        SshHost host = resolve("orin", "Host orin", "ProxyJump me@first:2200,[::1]:2201,third");
        assertThat(host.jumps()).extracting(Destination::host).containsExactly("first", "::1", "third");
    }

    @Test
    void anAddressOfTheNewKindIsWrittenInBrackets() throws Exception {
        SshHost host = resolve("me@[fe80::1]:2222", "");
        assertThat(host.hostName()).isEqualTo("fe80::1");
        assertThat(host.address()).isEqualTo("me@[fe80::1]:2222");
        assertThat(host.keyName()).isEqualTo("[fe80::1]:2222");
    }

    @Test
    void aProxyCommandIsRefused() {
        assertThatThrownBy(() -> resolve("orin", "Host orin", "ProxyCommand nc -X 5 %h %p"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("[orin/ssh] ProxyCommand", "nc -X 5", "write it as ProxyJump");
    }

    @Test
    void aProxyCommandThatIsNoneIsNone() throws Exception {
        assertThat(resolve("orin", "Host orin", "ProxyCommand none").jumps()).isEmpty();
    }

    @Test
    void saysWhatSshSaysOfItsConfiguration() {
        assertThatThrownBy(() -> resolve("orin", "Host orin", "Prot 22"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(folder.resolve("config").toString(), "Bad configuration option", "correct it");
    }

    @Test
    void saysThatThereIsNoSsh() throws Exception {
        Map<String, String> environment = environment("");
        environment.put("PATH", folder + ":/nowhere");
        assertThatThrownBy(() -> new SshConfig(environment).resolve(Destination.parse("orin")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("no ssh on the PATH", "apt-get install openssh-client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-oProxyCommand=x",
                "ssh://-oProxyCommand=x",
                "me@-F/tmp/x",
                "-l@orin",
                "a b",
                "me@a b",
                "$(id)",
                "me@$(id)",
                "`id`@orin",
                "me@orin\nHost x",
                "me@orin;id",
                "me@orin:0",
                "me@orin:65536",
                "me@orin:99999999999",
                "me@",
                "ssh://",
                "",
                "me@%h",
                "me@[::1",
                "a/b"
            })
    void refusesWhatIsNoHost(String destination) {
        assertThatThrownBy(() -> new SshDriverProvider()
                        .open(
                                destination,
                                new DriverContext(folder, environment("Host *", "HostName nowhere.invalid"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--device ");
    }

    @Test
    void claimsWhatCanBeNothingElse() throws Exception {
        DriverContext context = new DriverContext(folder, environment("Host orin *.lab", "host=nano xavier"));
        SshDriverProvider provider = new SshDriverProvider();
        for (String name : List.of("me@there", "ssh://there", "orin", "nano", "xavier")) {
            assertThat(provider.claims(name, context)).as(name).isTrue();
        }
        for (String name : List.of("pixel8", "*.lab", "-oProxyCommand=x@y", "local")) {
            assertThat(provider.claims(name, context)).as(name).isFalse();
        }
    }
}
