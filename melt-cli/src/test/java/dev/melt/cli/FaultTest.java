package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceException;
import dev.melt.core.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** What a person sees when a command cannot go on, by what it threw. */
class FaultTest {
    @TempDir
    Path home;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void saysInOneLineWhatWasGivenWrongly() {
        Launched launched = running(session -> {
            throw new InvalidInputException("model 'x'", "a known name needed", "there is none such", "see the list");
        });

        assertThat(launched)
                .isEqualTo(new Launched(
                        2, "", "melt: model 'x': a known name needed, there is none such; see the list\n"));
    }

    @Test
    void addsARemedyToEveryBrokenLink() {
        List<DeviceException> broken = List.of(
                new DeviceException.Unreachable("[p/adb] open: no answer", null),
                new DeviceException.Unauthorised("[p/adb] open: no answer", null),
                new DeviceException.LinkLost("[p/adb] open: no answer", null),
                new DeviceException.TimedOut("[p/adb] open: no answer", null),
                new DeviceException.ProtocolViolation("[p/adb] open: no answer", null));

        assertThat(broken).allSatisfy(fault -> {
            Launched launched = running(session -> {
                throw fault;
            });
            assertThat(launched.exitCode()).isEqualTo(1);
            assertThat(launched.err()).matches("melt: \\[p/adb] open: no answer; [a-z].+\\R");
        });
    }

    @Test
    void keepsTheStackOfAFaultOfItsOwnInAFile() throws IOException {
        Launched launched = running(session -> {
            throw new IllegalStateException("seven is not eight");
        });

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err().lines()).singleElement().asString().contains("seven is not eight", "crashes");
        assertThat(crashFiles())
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file))
                        .contains(
                                "MELT ", "arguments: [broken]", "IllegalStateException: seven is not eight", "\tat "));
    }

    @Test
    void keepsTheStackOfExhaustedMemoryToo() throws IOException {
        Launched launched = running(session -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("Java heap space");
        assertThat(crashFiles()).hasSize(1);
    }

    @Test
    void showsTheStackWhenNotEvenACrashFileCanBeWritten() throws IOException {
        Files.writeString(home.resolve("crashes"), "a file where a folder should be");

        Launched launched = running(session -> {
            throw new IllegalStateException("seven is not eight");
        });

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("\tat ", "no crash file");
    }

    @Test
    void saysWhichFileItMayNotTouch() throws IOException {
        Launched launched = running(session -> {
            throw new AccessDeniedException("/some/file");
        });

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).startsWith("melt: /some/file: permission needed, it is denied;");
        assertThat(crashFiles()).isEmpty();
    }

    @Test
    void tellsAFullDiskFromAFaultOfItsOwn() {
        Launched launched = running(session -> {
            throw new UncheckedIOException(new FileSystemException("/some/file", null, "No space left on device"));
        });

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("/some/file", "No space left on device; free space");
    }

    @Test
    void endsWith130WhenItWasInterrupted() {
        Launched launched = running(session -> {
            throw new InterruptedException();
        });

        assertThat(launched).isEqualTo(new Launched(130, "", "melt: interrupted\n"));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void blamesTheInterruptForWhatItBroke() throws IOException {
        Launched launched = running(session -> {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new java.nio.channels.ClosedByInterruptException());
        });

        assertThat(launched.exitCode()).isEqualTo(130);
        assertThat(crashFiles()).isEmpty();
    }

    @Test
    void givesTheExitCodeThatTheCommandGave() {
        assertThat(running(session -> ExitCode.INCONCLUSIVE).exitCode()).isEqualTo(5);
    }

    private List<Path> crashFiles() throws IOException {
        Path folder = home.resolve("crashes");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Command
    private record Scripted(MeltCommand body) implements MeltCommand {
        @Override
        public ExitCode run(Session session) throws IOException, InterruptedException {
            return body.run(session);
        }
    }

    private Launched running(MeltCommand body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Cli.run(
                List.of(CommandNode.leaf("broken", "does what a test says", () -> new Scripted(body))),
                new String[] {"broken"},
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("MELT_HOME", home.toString()));
        return new Launched(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
