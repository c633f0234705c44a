package dev.melt.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Check;
import dev.melt.core.device.Check.State;
import dev.melt.core.device.DriverContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at made-up hosts: a root folder with the files that matter, and a PATH of its own. */
class DoctorTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"524287,BLOCKING", "524288,LIMITED", "6291455,LIMITED", "6291456,GOOD"})
    void judgesMemoryByWhatModelsNeed(long kib, State state) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal: 99 kB\nMemAvailable:   " + kib + " kB\n");

        assertThat(found("memory").state()).isEqualTo(state);
    }

    @Test
    void saysWhenTheSystemDoesNotTellItsMemory() {
        assertThat(found("memory").found()).isEqualTo("this system does not say");
    }

    @Test
    void namesThePackageOfAMissingTool() {
        Check finding = found("tool adb");

        assertThat(finding.state()).isEqualTo(State.LIMITED);
        assertThat(finding.remedy()).contains("apt-get install adb");
        assertThat(finding.found()).contains("no driver for them yet");
    }

    @Test
    void saysWhatTheClientOfSshIsFor() {
        Check finding = found("tool ssh");

        assertThat(finding.state()).isEqualTo(State.LIMITED);
        assertThat(finding.found()).contains("reads ~/.ssh/config for MELT");
        assertThat(finding.remedy()).contains("apt-get install openssh-client");
    }

    @Test
    void isBlockedWithoutAShell() {
        assertThat(found("tool sh").state()).isEqualTo(State.BLOCKING);
    }

    @Test
    void findsAToolAlongThePath() throws IOException {
        Path tool = Files.createDirectories(root.resolve("bin")).resolve("sqlite3");
        Files.writeString(tool, "");
        assertThat(found("tool sqlite3").state()).isEqualTo(State.LIMITED);

        assertThat(tool.toFile().setExecutable(true)).isTrue();

        assertThat(found("tool sqlite3").found()).startsWith(tool.toString());
    }

    @Test
    void isBlockedByAHomeThatIsAFile() throws IOException {
        Files.writeString(root.resolve("home"), "");

        assertThat(found("home").state()).isEqualTo(State.BLOCKING);
    }

    private Check found(String subject) {
        Map<String, String> environment = Map.of("PATH", ":" + root.resolve("bin") + ":relative");
        DriverContext context = new DriverContext(root.resolve("home"), environment);
        return new Doctor(new HostFacts(root, environment), context, List.of())
                .examine().stream()
                        .filter(finding -> finding.subject().startsWith(subject))
                        .findFirst()
                        .orElseThrow();
    }
}
