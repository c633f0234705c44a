package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.TransferListener;
import dev.melt.testkit.DebianPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts whose login does more than to run what it is told. */
class LoginShellTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GREETING = """
            printf 'Welcome to orin\\n * Documentation: https://example\\n'
            printf '\\033[31mno newline at its end'
            echo 'stderr too' >&2
            """;

    @TempDir
    Path folder;

    /** Every login runs this script; what was asked for is in {@code $SSH_ORIGINAL_COMMAND}. */
    private TestSshd sshd(String script) throws Exception {
        Path shell = Files.writeString(folder.resolve("shell"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        return TestSshd.start(folder.resolve("sshd"), "ForceCommand " + shell);
    }

    private static String running(String shell) {
        return "exec " + shell + " -c \"$SSH_ORIGINAL_COMMAND\"";
    }

    @Test
    void aGreetingIsNoPartOfAnswersAndFiles() throws Exception {
        byte[] content = new byte[700_000];
        new Random(5).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        try (TestSshd sshd = sshd(GREETING + running("/bin/bash"));
                DeviceDriver driver = sshd.open()) {
            ExecResult answer = driver.exec(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), PATIENCE);
            assertThat(answer.stdout()).isEqualTo("out\n");
            assertThat(answer.stderr()).isEqualTo("err\n");
            assertThat(answer.exitCode()).isEqualTo(3);
            driver.push(file, folder.resolve("there").toString(), TransferListener.NONE);
            driver.pull(folder.resolve("there").toString(), folder.resolve("back"), TransferListener.NONE);
            assertThat(folder.resolve("back")).hasBinaryContent(content);
        }
    }

    @Test
    void noiseThatNeverEndsDoesNotOutliveTheDeadline() throws Exception {
        try (TestSshd sshd = sshd("case $SSH_ORIGINAL_COMMAND in *forever*) exec yes;; esac\n" + running("/bin/sh"));
                DeviceDriver driver = sshd.open()) {
            assertThatThrownBy(() -> driver.exec(List.of("forever"), Duration.ofSeconds(1)))
                    .isInstanceOf(TimedOut.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/mksh", "/usr/bin/zsh", "/usr/bin/fish", "/bin/tcsh"})
    void saysTheSameToEveryShell(String shell) throws Exception {
        DebianPackage.require(shell.replaceFirst(".*/", ""));
        try (TestSshd sshd = sshd(running(shell));
                DeviceDriver driver = sshd.open()) {
            List<String> command = List.of("printf", "[%s]", "", "a b", "it's", "$(id)", "x\ny", "\\\\", "!x", "%");
            assertThat(driver.exec(command, PATIENCE).stdout()).isEqualTo("[][a b][it's][$(id)][x\ny][\\\\][!x][%]");
        }
    }

    @Test
    void saysWhatAShellSaysThatRefuses() throws Exception {
        try (TestSshd sshd = sshd("exec /usr/sbin/nologin")) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(sshd::open)
                        .isInstanceOf(ProtocolViolation.class)
                        .hasMessageContainingAll(
                                "[board/ssh] shell: a POSIX shell expected", "This account is currently not available");
            }
        }
    }

    @Test
    void aShellThatDoesNothingIsNone() throws Exception {
        try (TestSshd sshd = sshd("exit 0")) {
            assertThatThrownBy(sshd::open)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("found one that ended");
        }
    }

    @Test
    void aFileIsNotWhatAShellSaysThatRefuses() throws Exception {
        Path back = folder.resolve("back");
        try (TestSshd sshd =
                        sshd("case $SSH_ORIGINAL_COMMAND in *cat*) echo no; exit 0;; esac\n" + running("/bin/sh"));
                DeviceDriver driver = sshd.open()) {
            assertThatThrownBy(() -> driver.pull("/etc/passwd", back, TransferListener.NONE))
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("pull /etc/passwd: no");
            assertThat(back).doesNotExist();
        }
    }
}
