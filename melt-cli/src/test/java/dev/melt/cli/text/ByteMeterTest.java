package dev.melt.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ByteMeterTest {
    @Test
    void saysHowFarHowFastAndHowLongStill() {
        assertThat(ByteMeter.line("pulling m", 250_000_000, 1_000_000_000, TimeUnit.SECONDS.toNanos(5)))
                .isEqualTo("pulling m  25 %, 250 MB, 50.0 MB/s, 15 s left");
    }

    @Test
    void leavesOutWhatItCannotKnowWithoutATotal() {
        assertThat(ByteMeter.line("pulling m", 1000, 0, TimeUnit.SECONDS.toNanos(1)))
                .isEqualTo("pulling m 1.0 kB, 1.0 kB/s");
    }

    @Test
    void dividesByNoTimeAtAll() {
        assertThat(ByteMeter.line("pulling m", 0, 10, 0)).isEqualTo("pulling m   0 %, 0 B, 0 B/s");
    }
}
