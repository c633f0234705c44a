package dev.melt.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void isDotMeltUnlessAskedOtherwise() {
        assertThat(Home.open(Optional.empty(), Map.of(), folder).root()).isEqualTo(folder.resolve(".melt"));
    }

    @Test
    void followsTheEnvironmentAndRatherTheOption() {
        Map<String, String> environment =
                Map.of("MELT_HOME", folder.resolve("named").toString());

        assertThat(Home.open(Optional.empty(), environment, folder).root()).isEqualTo(folder.resolve("named"));
        assertThat(Home.open(Optional.of(folder.resolve("asked")), environment, folder)
                        .root())
                .isEqualTo(folder.resolve("asked"));
    }

    @Test
    void makesItsFolders() {
        Home home = Home.at(folder.resolve("a/b"));

        assertThat(home.models()).isEmptyDirectory();
        assertThat(home.temporary()).isEmptyDirectory();
        assertThat(home.runs()).isEmptyDirectory();
    }

    @Test
    void namesFilesRelativeToItself() {
        Home home = Home.at(folder);
        Path file = home.trialFolder("r1", "t1").resolve("events.jsonl");

        assertThat(home.relative(file)).isEqualTo("runs/r1/trials/t1/events.jsonl");
        assertThat(home.resolve("runs/r1/trials/t1/events.jsonl")).isEqualTo(file);
    }

    @Test
    void letsNoNameLeaveIt() {
        Home home = Home.at(folder);

        assertThatThrownBy(() -> home.resolve("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> home.runFolder("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> home.relative(folder.resolveSibling("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.createFile(folder.resolve("home"));

        assertThatThrownBy(() -> Home.at(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a file is in its place");
    }

    @Test
    void refusesAReadOnlyFolder() throws IOException {
        Path home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

        assertThatThrownBy(() -> Home.at(home))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(home.toString())
                .hasMessageContaining("read-only");
    }

    @Test
    void refusesMoreThanTheDiskHolds() {
        Home home = Home.at(folder);

        home.requireFree("tiny.gguf", 1);
        assertThatThrownBy(() -> home.requireFree("huge.gguf", Long.MAX_VALUE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("huge.gguf: 9223372036.9 GB needed");
    }

    @Test
    void givesARunToOneAtATime() {
        Home home = Home.at(folder);
        RunClaim claim = home.claim("r1");

        assertThatThrownBy(() -> home.claim("r1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pid " + ProcessHandle.current().pid());
        claim.close();
        home.claim("r1").close();
    }

    @Test
    void drawsItsSecretOnceForItsOwnerOnly() throws IOException {
        byte[] secret = Home.at(folder).secret();

        assertThat(secret).hasSize(32);
        assertThat(Home.at(folder).secret()).isEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(Home.at(folder.resolve("other")).secret()).isNotEqualTo(secret);
    }

    @Test
    void refusesASecretThatOthersMayRead() throws IOException {
        Home.at(folder).secret();
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> Home.at(folder).secret())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("chmod 600");
    }
}
