package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.KillEvent;
import dev.melt.core.log.KillEvent.Cause;
import dev.melt.core.log.KillLog;
import dev.melt.core.parse.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillLogTest {
    private static KillLog read(String text) throws UnknownOutputException {
        return KillLog.read(SourceText.of(text));
    }

    @Test
    void findsEveryDeathAmongOtherLines() throws UnknownOutputException {
        KillLog log = read(Saved.fixture("lmkd"));

        assertThat(log.events())
                .extracting(KillEvent::cause)
                .containsExactly(Cause.LMKD, Cause.AM_KILL, Cause.AM_PROC_DIED, Cause.SIGNAL);
        assertThat(log.skipped()).isZero();
    }

    @Test
    void knowsWhatLmkdFreedAndWhy() throws UnknownOutputException {
        KillEvent kill = read(Saved.fixture("lmkd")).events().get(0);

        assertThat(kill.pid()).hasValue(4711);
        assertThat(kill.uid()).hasValue(10250);
        assertThat(kill.adj()).hasValue(0);
        assertThat(kill.freed().rss()).hasValue(2L << 30);
        assertThat(kill.freed().anonRss()).hasValue(1L << 30);
        assertThat(kill.freed().swap()).hasValue(2L << 20);
        assertThat(kill.reason()).contains("device is low on swap (10kB < 20kB) and thrashing (150%)");
        assertThat(kill.t()).hasValue(1.5);
    }

    @Test
    void keepsCommasInAReasonAndTakesTheSizeBehindIt() throws UnknownOutputException {
        KillEvent kill = read(Saved.fixture("lmkd")).events().get(1);

        assertThat(kill.reason()).contains("stop dev.example.other, due to update");
        assertThat(kill.freed().pss()).hasValue(40960 * 1024);
        assertThat(kill.adj()).hasValue(915);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I/lowmemorykiller(  350): Kill 'app' (12), uid 1, oom_score_adj 900 to free 100kB; reason: low",
                "11-20 09:00:01.500 I/lowmemorykiller(  350): Kill 'app' (12), uid 1, oom_score_adj 900 to free 100kB rss",
                "1700000000.500000  350  350 I lowmemorykiller: Kill 'app' (12), uid 1, oom_score_adj 900 to free 100kB rss",
                "2026-11-20 09:00:01.500 +0000 350 350 I lowmemorykiller: Kill 'app' (12), oom_score_adj 900 to free 100kB rss",
                "lowmemorykiller: Kill 'app' (12), uid 1, oom_adj 900 to free 100kB rss, 0kB swap",
                "<4>[ 1234.567] lowmemorykiller: Killing 'app' (12) (tgid 12), adj 900,to free 100kB on behalf of x"
            })
    void readsEveryFormOfALog(String line) throws UnknownOutputException {
        if (line.startsWith("<4>")) {
            assertThat(read(line + "\n").lines()).isEqualTo(1);
            return;
        }
        assertThat(read(line + "\n").events()).singleElement().satisfies(kill -> {
            assertThat(kill.process()).contains("app");
            assertThat(kill.adj()).hasValue(900);
            assertThat(kill.freed().rss()).hasValue(102400);
        });
    }

    @Test
    void findsWhatTheKernelKilled() throws UnknownOutputException {
        KillEvent kill =
                read("[  812.250000] Out of memory: Killed process 4711 (llama-bench) total-vm:9kB, anon-rss:7kB, file-rss:1kB, oom_score_adj:0\n")
                        .events()
                        .get(0);

        assertThat(kill.outOfMemory()).isTrue();
        assertThat(kill.process()).contains("llama-bench");
        assertThat(kill.freed().anonRss()).hasValue(7168);
        assertThat(kill.t()).hasValue(812.25);
    }

    @Test
    void countsADeathThatCannotBeRead() throws UnknownOutputException {
        KillLog log = read(Saved.fixture("lmkd").replace("(4711), uid", "(47"));

        assertThat(log.events()).hasSize(3);
        assertThat(log.skipped()).isEqualTo(1);
    }

    @Test
    void takesALogWithoutDeaths() throws UnknownOutputException {
        assertThat(read("11-20 09:00:00.000  1000  1001 I Tag: all is well\n").events())
                .isEmpty();
    }
}
