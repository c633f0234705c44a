package dev.melt.virtual.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPipeTest {
    @Test
    void takesLinesFromOneWriterAfterTheOther(@TempDir Path folder) throws Exception {
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Path path = folder.resolve("control");
        try (ControlPipe pipe = new ControlPipe(path, lines::add)) {
            assertThat(pipe.path()).isEqualTo(path);
            for (String text : new String[] {"plug off", "plug off", "link on"}) {
                assertThat(new ProcessBuilder("sh", "-c", "echo '" + text + "' >" + path)
                                .start()
                                .waitFor())
                        .isZero();
                assertThat(lines.poll(20, TimeUnit.SECONDS)).isEqualTo(text);
            }
        }
    }
}
