package dev.melt.virtual.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxTest {
    @TempDir
    Path folder;

    private Box box = new Box(Path.of("unset"));

    @BeforeEach
    void make() throws Exception {
        assumeTrue(Box.obstacle().isEmpty(), () -> Box.obstacle().orElse(""));
        box = new Box(folder);
        Files.createDirectories(box.files().resolve("sys/class"));
        Files.createDirectories(box.files().resolve("data/local/tmp"));
        Files.createDirectories(box.files().resolve("proc/sys/kernel/random"));
        Files.writeString(box.files().resolve("sys/class/gauge"), "17\n");
        Files.writeString(box.files().resolve("proc/sys/kernel/random/boot_id"), "own-boot\n");
        box.start(Duration.ofHours(1));
    }

    @AfterEach
    void end() {
        box.close();
    }

    @Test
    void showsItsOwnFilesWhereTheKernelsWouldLie() throws Exception {
        assertThat(inside("cat /sys/class/gauge /proc/sys/kernel/random/boot_id"))
                .isEqualTo("17\nown-boot\n");
    }

    @Test
    void keepsWhatIsWrittenThere() throws Exception {
        inside("echo kept >/data/local/tmp/file");
        assertThat(box.files().resolve("data/local/tmp/file")).hasContent("kept");
    }

    @Test
    void hasABootClockOfItsOwn() throws Exception {
        double uptime = Double.parseDouble(inside("read -r up idle </proc/uptime; echo $up"));
        assertThat(uptime).isBetween(3590.0, 3700.0);
    }

    @Test
    void endsEveryProcessWhenItStops() throws Exception {
        inside("sleep 4711 >/dev/null 2>&1 &");
        assertThat(inside("cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c -x 47[1]1"))
                .isEqualTo("1\n");
        box.stop();
        box.start(Duration.ofSeconds(5));
        assertThat(inside("cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c -x 47[1]1"))
                .isEqualTo("0\n");
    }

    private String inside(String command) throws Exception {
        Process process = new ProcessBuilder(box.entering(List.of("/bin/sh", "-c", command)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
