package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.store.DeviceSnapshot.Moment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceReportsTest {
    @TempDir
    Path run;

    @Test
    void keepsEachReportUnderItsKindBesideTheRun() {
        new DeviceReports(run).keep("192.0.2.1:5555", Moment.BEFORE, () -> Map.of("getprop", "[a]: [b]\n"));

        assertThat(run.resolve("device/192.0.2.1_5555/before/getprop.txt")).hasContent("[a]: [b]\n");
    }

    @Test
    void keepsNothingOfADeviceThatReportsNothing() {
        new DeviceReports(run).keep("local", Moment.AFTER, Map::of);

        assertThat(run).isEmptyDirectory();
    }

    @Test
    void saysWhyADeviceDidNotReportAndGoesOn() {
        new DeviceReports(run).keep("phone", Moment.AFTER, () -> {
            throw new Unreachable("the cable is gone", null);
        });

        assertThat(run.resolve("device/phone/after/not-reported.txt")).content().contains("the cable is gone");
    }

    @Test
    void aHostileNameStaysInItsFolder() {
        new DeviceReports(run).keep("../../x", Moment.AFTER, () -> Map.of("../y", "z"));

        assertThat(run.resolve("device/_.._.._x/after/_.._y.txt")).hasContent("z");
    }
}
