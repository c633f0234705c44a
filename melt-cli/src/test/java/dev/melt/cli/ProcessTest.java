package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, and streams that are closed or full. */
@EnabledOnOs(OS.LINUX)
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void endsInSilenceWhenTheReaderGoesAway() throws Exception {
        Process process = start("sh", "\"$@\" | head -n 1", "completion", "bash");

        assertThat(end(process)).isZero();
        assertThat(err()).isEmpty();
    }

    @Test
    void failsWhenItsOutputCannotBeWritten() throws Exception {
        Process process = start("sh", "\"$@\" > /dev/full", "--help");

        assertThat(end(process)).isEqualTo(1);
        assertThat(err()).startsWith("melt: standard output cannot be written, No space left on device");
    }

    @Test
    void letsTheGuardedThreadLeaveInOrderOnCtrlC() throws Exception {
        Process process = start("sh", "exec \"$@\"", GuardedSleep.class);
        Awaitility.await().until(() -> out().contains("working"));

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(end(process)).isEqualTo(130);
        assertThat(out()).isEqualTo("working\nsaved\n");
    }

    /** Works until it is interrupted, and then takes a moment to save. */
    public static final class GuardedSleep {
        public static void main(String[] args) throws IOException, InterruptedException {
            InterruptGuard.during(Duration.ofSeconds(20), () -> {
                System.out.println("working");
                work();
                return args;
            });
        }

        private static void work() {
            try {
                Thread.sleep(60_000);
                System.out.println("never interrupted");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                System.out.println("saved");
            }
        }

        private GuardedSleep() {}
    }

    private Process start(String shell, String line, String... args) throws IOException {
        return start(shell, line, Main.class, args);
    }

    private Process start(String shell, String line, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell, "-c", line, shell));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static int end(Process process) throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
