package dev.melt.virtual.ios.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootClockTest {
    @Test
    void agreesWithTheUptime() throws Exception {
        BootClock clock = BootClock.calibrated();
        for (int i = 0; i < 20; i++) {
            long before = clock.nanos();
            double uptime =
                    Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
            long after = clock.nanos();
            long cut = Math.round(uptime * 100) * 10_000_000L;
            assertThat(cut).isBetween(before - 10_000_000 - clock.boundNanos(), after + clock.boundNanos());
            Thread.sleep(3);
        }
    }

    @Test
    void knowsHowGoodItIs() throws Exception {
        BootClock first = BootClock.calibrated();
        BootClock second = BootClock.calibrated();
        long distance = Math.abs(first.nanos() - second.nanos());
        assertThat(first.boundNanos()).isBetween(1L, 10_000_000L);
        assertThat(distance).isLessThan(first.boundNanos() + second.boundNanos() + 5_000_000);
    }

    @Test
    void pairsTheWallClockWithIt() throws Exception {
        BootClock clock = BootClock.calibrated();
        WallPair first = WallPair.read(Instant::now, clock);
        WallPair second = WallPair.read(Instant::now, clock);
        long offset = first.wallNanos() - first.bootNanos();
        assertThat(second.wallNanos() - second.bootNanos() - offset)
                .isBetween(-first.boundNanos() - second.boundNanos(), first.boundNanos() + second.boundNanos());
    }
}
