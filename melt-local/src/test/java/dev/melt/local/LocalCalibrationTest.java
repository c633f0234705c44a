package dev.melt.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCalibrationTest {
    private static SamplerCalibration with(double share, Duration p99) {
        Duration period = Duration.ofMillis(100);
        return new SamplerCalibration(
                20, period, Duration.ofSeconds(30), share, p99, p99, p99, 300, 0, 1, Duration.ZERO, "bash");
    }

    @Test
    void measuresAsManyChannelsAsItIsTold(@TempDir Path workdir) {
        LocalDeviceDriver driver = new LocalDeviceDriver(workdir, Path.of("/"), List.of());
        SamplerCalibration result = new LocalCalibration(driver)
                .measure(20, Duration.ofMillis(100), Duration.ofSeconds(1), workdir.resolve("out"));
        assertThat(result.channels()).isEqualTo(20);
        assertThat(result.takenTicks() + result.missedTicks()).isBetween(8L, 60L);
        assertThat(result.residentBytes()).isPositive();
        assertThat(result.errorP50()).isLessThanOrEqualTo(result.errorP99());
        assertThat(result.errorP99()).isLessThanOrEqualTo(result.errorMax());
        assertThat(workdir.resolve("out/samples.tsv")).exists();
        assertThat(workdir.resolve("trials")).isEmptyDirectory();
    }

    @Test
    void callsOnePercentOfACoreCheap() {
        assertThat(with(0.01, Duration.ZERO).isCheap()).isTrue();
        assertThat(with(0.0101, Duration.ZERO).isCheap()).isFalse();
    }

    @Test
    void callsATenthOfThePeriodPunctual() {
        assertThat(with(0, Duration.ofMillis(10)).isPunctual()).isTrue();
        assertThat(with(0, Duration.ofNanos(10_000_001)).isPunctual()).isFalse();
    }
}
