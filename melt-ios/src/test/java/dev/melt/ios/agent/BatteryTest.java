package dev.melt.ios.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.ios.tool.IdeviceTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a phone's battery is asked for. */
class BatteryTest {
    private static final String NOTHING = "echo '<?xml version=\"1.0\" encoding=\"UTF-8\"?>'\n"
            + "echo '<plist version=\"1.0\"><dict><key>IORegistry</key><dict/></dict></plist>'";

    @TempDir
    Path bin;

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Battery battery() {
        return new Battery(new IdeviceTool(Map.of("PATH", bin + ":/usr/bin:/bin")), "UDID");
    }

    @Test
    void asksLockdownWhereTheRegistryTellsNothing() throws IOException {
        program("idevicediagnostics", NOTHING);
        program("ideviceinfo", """
                [ "$*" = "-u UDID -q com.apple.mobile.battery" ] || exit 1
                echo BatteryCurrentCapacity: 72
                echo BatteryIsCharging: false
                echo ExternalConnected: false
                echo FullyCharged: false""");

        assertThat(battery().read()).hasValueSatisfying(reading -> {
            assertThat(reading.registry().level()).hasValue(0.72);
            assertThat(reading.registry().external()).contains(false);
            assertThat(reading.registry().amperes()).isEmpty();
            assertThat(BatteryProbes.keys(reading.registry())).containsExactly("level", "external");
        });
    }

    @Test
    void tellsNothingOfAPhoneThatDoesNotAnswer() throws IOException {
        program("idevicediagnostics", "echo 'No device found.'; exit 1");
        program("ideviceinfo", "echo 'ERROR: No device found!'; exit 255");

        assertThat(battery().read()).isEmpty();
    }
}
