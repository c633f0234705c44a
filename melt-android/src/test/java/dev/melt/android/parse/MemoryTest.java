package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SourceText;
import dev.melt.testkit.Fixtures;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final String KIND = "dumpsys-meminfo";

    private static ProcessMemory only(String text) throws UnknownOutputException {
        DumpsysMeminfo dump = DumpsysMeminfo.read(SourceText.of(text));
        assertThat(dump.skipped()).isZero();
        return dump.processes().get(0);
    }

    @Test
    void readsTheTableWithCommasAndTheSummary() throws UnknownOutputException {
        ParsedTelemetry dump = Saved.read(KIND, Saved.fixture(KIND));

        assertThat(Fixtures.values(dump))
                .containsEntry("memory/TOTAL Pss Total", 512345.0 * 1024)
                .containsEntry("memory/Native Heap Pss Total", 10200.0 * 1024)
                .containsEntry("memory/GL mtrack Pss Total", 500000.0 * 1024)
                .containsEntry("memory/summary Graphics", 500000.0 * 1024)
                .containsEntry("memory/summary Unknown Rss", 9000.0 * 1024)
                .containsEntry("memory/summary TOTAL RSS", 530000.0 * 1024)
                .doesNotContainKey("memory/summary Unknown");
        assertThat(Fixtures.fact(dump, "graphics_reported")).isEqualTo(true);
    }

    @Test
    void readsTheOneColumnOfAndroid10AndOlder() throws UnknownOutputException {
        ProcessMemory memory = only("""
                        TOTAL    50000    40000     3000       20    10000     9000     1000

                 App Summary
                                       Pss(KB)
                                        ------
                           Graphics:        0

                              TOTAL:    50000       TOTAL SWAP PSS:       20
                """);

        assertThat(memory.totalPss()).hasValue(50000 * 1024);
        assertThat(memory.totalRss()).isEmpty();
        assertThat(memory.totalSwapPss()).hasValue(20 * 1024);
        assertThat(memory.rows().get(0).bytes()).containsEntry("Heap Size", 10000L * 1024);
    }

    @Test
    void doesNotCallPlainSwapShared() throws UnknownOutputException {
        ProcessMemory memory = only(Saved.fixture(KIND).replace("TOTAL SWAP PSS:", "TOTAL SWAP (KB):"));

        assertThat(memory.totalSwapPss()).isEmpty();
        assertThat(memory.summary()).containsEntry("TOTAL SWAP", 5L * 1024);
    }

    @Test
    void tellsSeveralProcessesApart() throws UnknownOutputException {
        String text = Saved.fixture(KIND);
        ParsedTelemetry dump = Saved.read(KIND, text + text.replace("4711", "4712"));

        assertThat(Fixtures.values(dump)).containsKeys("memory/TOTAL Pss Total@4711", "memory/TOTAL Pss Total@4712");
    }

    @Test
    void refusesADumpWithoutATotal() {
        String text = Saved.fixture(KIND);

        assertThatThrownBy(() -> Saved.read(KIND, text.substring(0, text.indexOf("        TOTAL"))))
                .hasMessageContaining("a TOTAL for each process expected");
    }

    @Test
    void givesNoBytesWhereADriverGivesNone() throws UnknownOutputException {
        assertThat(Fixtures.values(Saved.read("dumpsys-gpu", Saved.fixture("dumpsys-gpu"))))
                .containsEntry("memory/gpu0 global", 900000.0)
                .containsEntry("memory/gpu0 pid-1200", 400000.0)
                .doesNotContainKey("memory/gpu0 pid-1300");
    }
}
