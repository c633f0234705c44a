package dev.melt.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher script in a small checkout, with a Maven and a Java that only write down how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cp",
            "date",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "touch");

    @TempDir
    Path folder;

    private final Map<Long, Path> launchedIn = new HashMap<>();
    private Path root;
    private Path bin;

    @BeforeEach
    void makeCheckout() throws IOException {
        root = Files.createDirectories(folder.resolve("a check out"));
        Files.copy(Path.of("..", "melt"), root.resolve("melt"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("melt-cli/src/main"));
        Files.writeString(root.resolve("melt-cli/pom.xml"), "<project/>");
        Files.writeString(root.resolve("melt-cli/src/main/Source.java"), "class Source {}");
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), real);
        }
        script("java", """
                case " $* " in
                    *showSettings*) echo '    java.specification.version = '"${FAKE_JAVA:-17}" ;;
                    *ArchiveClassesAtExit*) : ;;
                    *) for last; do :; done; echo "ran $last" ;;
                esac
                """);
        script("mvn", """
                echo "$PWD: $*" >>"$CALLS"
                echo "[ERROR] one reason"
                [ -z "${FAKE_FAILURE:-}" ] || exit 1
                sleep "${FAKE_SECONDS:-0}"
                mkdir -p melt-cli/target/dist/lib && touch melt-cli/target/dist/lib/melt.jar
                """);
    }

    @Test
    void buildsOnTheFirstStartAndNotOnTheSecond() throws Exception {
        Launched first = melt("one");
        Launched second = melt("two");

        assertThat(first).isEqualTo(new Launched(0, "ran one\n", "Building MELT (first start, about a minute) ...\n"));
        assertThat(second).isEqualTo(new Launched(0, "ran two\n", ""));
        assertThat(builds())
                .singleElement()
                .asString()
                .startsWith(root.toRealPath() + ": ")
                .contains("-Dquick");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        melt("one");
        Files.setLastModifiedTime(
                root.resolve("melt-cli/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(melt("two").err()).isEqualTo("Building MELT (its sources have changed) ...\n");
    }

    @Test
    void buildsAgainWhenAnotherCommitIsCheckedOut() throws Exception {
        Files.createDirectories(root.resolve(".git/refs/heads"));
        Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(root.resolve(".git/refs/heads/main"), "aaaa\n");
        melt("one");
        assertThat(melt("two").err()).isEmpty();

        Files.writeString(root.resolve(".git/refs/heads/main"), "bbbb\n");

        assertThat(melt("three").err()).contains("its sources have changed");
    }

    @Test
    void startsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("melt"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), link.getFileName());

        assertThat(run(List.of(second.toString(), "one")).out()).isEqualTo("ran one\n");
    }

    @Test
    void hasOneBuildForTwoFirstStarts() throws Exception {
        Process one = start(List.of(root.resolve("melt").toString(), "one"), "FAKE_SECONDS=1");
        Process two = start(List.of(root.resolve("melt").toString(), "two"), "FAKE_SECONDS=1");

        Launched first = end(one);
        Launched second = end(two);

        assertThat(List.of(first.exitCode(), second.exitCode())).containsExactly(0, 0);
        assertThat(List.of(first.out(), second.out())).containsExactly("ran one\n", "ran two\n");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void takesOverALockWhoseOwnerIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Path lock = Files.createDirectories(root.resolve("target/melt/lock"));
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(melt("one").out()).isEqualTo("ran one\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void namesMavensLogWhenTheBuildFails() throws Exception {
        Launched failed = run(List.of(root.resolve("melt").toString(), "one"), "FAKE_FAILURE=1");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("[ERROR] one reason", "its log is " + root.toRealPath() + "/target/melt/build.log");
        assertThat(melt("two").out()).isEqualTo("ran two\n");
    }

    @Test
    void saysHowToGetJavaWhenThereIsNone() throws Exception {
        Files.delete(bin.resolve("java"));

        Launched launched = melt("one");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).startsWith("melt: Java: JDK 17 or newer needed, none found;");
    }

    @Test
    void refusesAnOldJavaBeforeItBuilds() throws Exception {
        Launched launched = run(List.of(root.resolve("melt").toString(), "one"), "FAKE_JAVA=11");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("JDK 17 or newer needed", "is 11");
        assertThat(builds()).isEmpty();
    }

    @Test
    void refusesAJavaHomeWithoutJava() throws Exception {
        Launched launched = run(List.of(root.resolve("melt").toString(), "one"), "JAVA_HOME=/nowhere");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("JAVA_HOME: a JDK needed, there is none in /nowhere");
    }

    @Test
    void saysHowToGetMavenWhenThereIsNone() throws Exception {
        Files.delete(bin.resolve("mvn"));

        Launched launched = melt("one");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).startsWith("melt: Maven: 3.6.3 or newer needed");
    }

    @Test
    void handsArgumentsOnAsTheyAre() throws Exception {
        assertThat(melt("two words  *").out()).isEqualTo("ran two words  *\n");
    }

    @Test
    void leavesABuildInPlaceThatAProcessUses() throws Exception {
        melt("one");
        Path used =
                Path.of(Files.readAllLines(root.resolve("target/melt/current")).get(0));
        Process user = new ProcessBuilder("sh", "-c", "sleep 60; :", used + "/lib/melt.jar").start();
        try {
            for (int i = 1; i <= 3; i++) {
                Files.setLastModifiedTime(
                        root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60L * i)));
                melt("again");
            }
            assertThat(used.resolve("lib/melt.jar")).exists();
        } finally {
            user.descendants().forEach(ProcessHandle::destroy);
            user.destroy();
        }
    }

    private Launched melt(String argument) throws Exception {
        return run(List.of(root.resolve("melt").toString(), argument));
    }

    private Launched run(List<String> command, String... environment) throws Exception {
        return end(start(command, environment));
    }

    private Process start(List<String> command, String... environment) throws IOException {
        Path streams = Files.createTempDirectory(folder, "streams");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(streams.resolve("out").toFile())
                .redirectError(streams.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        for (String setting : environment) {
            String[] parts = setting.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        Process process = builder.start();
        launchedIn.put(process.pid(), streams);
        return process;
    }

    private Launched end(Process process) throws Exception {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Path streams = requireNonNull(launchedIn.get(process.pid()));
        return new Launched(
                process.waitFor(), Files.readString(streams.resolve("out")), Files.readString(streams.resolve("err")));
    }

    private List<String> builds() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private void script(String name, String body) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
