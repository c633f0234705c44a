package dev.melt.jetson.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.remote.ShellControl;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardControlsTest {
    private static ShellControl control(String name, Map<String, String> files, Map<String, String> commands) {
        return new BoardControls(new BoardLook(files, commands), "/home/me/.melt/device")
                .all().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void drivesTheFanOfAHwmonChip() {
        Map<String, String> files =
                Map.of("/sys/class/hwmon/hwmon2/name", "pwmfan", "/sys/class/hwmon/hwmon2/pwm1", "40");

        assertThat(control("fan", files, Map.of()).read()).contains("cat /sys/class/hwmon/hwmon2/pwm1");
    }

    @Test
    void drivesTheFanOfAnOldJetson() {
        Map<String, String> files = Map.of("/sys/devices/pwm-fan/target_pwm", "0");

        assertThat(control("fan", files, Map.of()).read()).contains("cat /sys/devices/pwm-fan/target_pwm");
    }

    @Test
    void saysWhyABoardWithoutItHasNoFan() {
        assertThat(control("fan", Map.of(), Map.of()).control().obstacle()).isPresent();
    }

    @Test
    void asksForNoMoreRootThanAPowerModeTakes() {
        Map<String, String> files = Map.of("/etc/nvpmodel.conf", "< POWER_MODEL ID=1 NAME=MODE_15W >\n");
        Map<String, String> commands =
                Map.of("user", "1000", "programs", "nvpmodel /usr/sbin/nvpmodel\nsudo /usr/bin/sudo\n");

        ShellControl mode = control("power_mode", files, commands);

        assertThat(mode.control().accepts()).isEqualTo("15W");
        assertThat(mode.write().apply(java.util.Optional.of("15W")))
                .contains("echo NO | sudo -n /usr/sbin/nvpmodel -m 1")
                .doesNotContain("sudo -n sh");
    }
}
