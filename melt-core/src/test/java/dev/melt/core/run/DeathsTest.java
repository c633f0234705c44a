package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.StatusText;
import dev.melt.core.outcome.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeathsTest {
    private static final AgentStatus KILLED =
            StatusText.parse("state=FINISHED\nexit=137\npid=4242\nsupervisor=4240\ntree=4242 4250\n");
    private static final String BY_LMKD =
            "1700000000.123456   512   512 I lowmemorykiller: Kill 'llama-cli' (4250), uid 2000, oom_score_adj 800 to free"
                    + " 2048kB rss, 0kB swap; reason: low watermark is breached and swap is low\n";

    @TempDir
    Path folder;

    private Deaths deaths(String text) throws IOException {
        Files.writeString(folder.resolve("deaths"), text);
        return Deaths.of(folder);
    }

    @Test
    void namesTheLowMemoryKillerThatEndedAProcessOfTheEngine() throws IOException {
        assertThat(deaths(BY_LMKD).verdict(KILLED))
                .contains(new Verdict(
                        Outcome.OUT_OF_MEMORY,
                        "Android's low-memory killer ended llama-cli (pid 4250), which had 2097152 B in memory: low"
                                + " watermark is breached and swap is low"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[12345.678901] Out of memory: Killed process 4242 (worker) total-vm:9000kB, anon-rss:1000kB\n",
                "[12345.678901] Memory cgroup out of memory: Killed process 4242 (worker) total-vm:9000kB, anon-rss:1000kB\n"
            })
    void namesTheKernelThatEndedTheEngine(String line) throws IOException {
        assertThat(deaths(line).verdict(KILLED).orElseThrow().cause())
                .isEqualTo(
                        "the kernel ended worker (pid 4242), which had 1024000 B of its own in memory: out of memory");
    }

    @Test
    void anotherProcessThatDiedSaysNothing() throws IOException {
        assertThat(deaths(BY_LMKD.replace("(4250)", "(42)")).verdict(KILLED)).isEmpty();
    }

    @Test
    void anEngineThatEndedByItselfWasNotKilled() throws IOException {
        Deaths deaths = deaths(BY_LMKD);
        assertThat(deaths.verdict(StatusText.parse("state=FINISHED\nexit=1\ntree=4250\n")))
                .isEmpty();
        assertThat(deaths.verdict(StatusText.parse("state=STOPPED\nexit=137\ntree=4250\n")))
                .isEmpty();
        assertThat(deaths.verdict(StatusText.parse("state=LOST\ntree=4250\n"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000\u0001", "no log at all\n", "lowmemorykiller: Kill 'x' (42"})
    void whatIsNoLogSaysNothing(String text) throws IOException {
        assertThat(deaths(text).events()).isEmpty();
    }

    @Test
    void nothingWasKeptOfAnEngineThatEndedWell() {
        assertThat(Deaths.of(folder).events()).isEmpty();
    }
}
