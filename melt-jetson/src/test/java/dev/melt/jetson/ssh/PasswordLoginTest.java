package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DriverContext;
import dev.melt.testkit.DebianPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in with the password of an environment variable. */
class PasswordLoginTest {
    private static final String SECRET = "tr0ub4dor&3";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedSshd sshd;

    @BeforeEach
    void make() {
        DebianPackage.require("openssh-client", "ssh");
        sshd = new ScriptedSshd(folder, SECRET);
    }

    @AfterEach
    void stop() throws Exception {
        sshd.close();
    }

    @Test
    void takesThePassword() throws Exception {
        sshd.start();
        try (DeviceDriver driver =
                new SshDriverProvider().open("board", new DriverContext(folder, sshd.environment(SECRET)))) {
            assertThat(driver.exec(List.of("echo", "in"), Duration.ofSeconds(20))
                            .stdout())
                    .isEqualTo("in\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Password: ", "(nvidia@orin) Password:", "Password for nvidia@orin:", "Passwort: ", "Secret>"})
    void answersAHostThatAsks(String prompt) throws Exception {
        sshd.asks(prompt);
        sshd.start();
        assertThatCode(() -> sshd.login(SECRET)).doesNotThrowAnyException();
    }

    @Test
    void keepsAWrongPasswordToItself() throws Exception {
        sshd.start();
        assertThatCode(() -> sshd.login("battery-staple"))
                .isInstanceOf(Unauthorised.class)
                .hasMessageContainingAll(
                        "tried the password of MELT_SSH_PASSWORD", "it takes publickey, password", "nvidia@127.0.0.1")
                .satisfies(e -> assertThat(Texts.of(e)).doesNotContain("battery", "tr0ub"));
        assertThat(sshd.tried).containsExactly("password of 14");
    }

    @Test
    void keepsAWrongAnswerToItself() throws Exception {
        sshd.asks("Password: ");
        sshd.start();
        assertThatCode(() -> sshd.login("battery-staple"))
                .isInstanceOf(Unauthorised.class)
                .hasMessageContaining("it takes keyboard-interactive")
                .satisfies(e -> assertThat(Texts.of(e)).doesNotContain("battery"));
        assertThat(sshd.tried).containsExactly("password of 14");
    }
}
