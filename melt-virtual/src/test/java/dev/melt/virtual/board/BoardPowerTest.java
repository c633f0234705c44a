package dev.melt.virtual.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.virtual.board.VirtualBoard.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nvpmodel and jetson_clocks do to a board. */
class BoardPowerTest extends WithBoards {
    private static final int GPU = 1;
    private static final int CPU = 2;

    @ParameterizedTest
    @CsvSource({
        "nano, MAXN, 0",
        "xavier-agx, MODE_15W, 2",
        "orin-nano, 25W, 1",
        "orin-agx, 30W, 2",
        "thor, 120W, 1",
    })
    void bootsInItsDefaultMode(String name, String mode, int id) throws Exception {
        assertThat(ssh(start(name)).text("nvpmodel -q")).endsWith("NV Power Mode: " + mode + "\n" + id + "\n");
    }

    @Test
    void drawsMoreWhileSomethingRunsOnIt() throws Exception {
        RealSsh ssh = ssh(start("nano"));
        double idle = milliwatts(ssh, CPU);

        // this machine may be busy with other things, so that little is left for the board
        ssh.text("setsid sh -c 'while :; do :; done' >/dev/null 2>&1 </dev/null &");

        await().atMost(Duration.ofSeconds(40)).until(() -> milliwatts(ssh, CPU) > idle + 150);
    }

    @Test
    void drawsLessInASmallerMode() throws Exception {
        VirtualBoard nano = start("nano");
        RealSsh ssh = ssh(nano);
        nano.gpuLoad(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> milliwatts(ssh, GPU) > 4500);

        ssh.text("sudo -n nvpmodel -m 1");

        await().atMost(Duration.ofSeconds(20)).until(() -> milliwatts(ssh, GPU) < 2500);
        assertThat(milliwatts(ssh, GPU)).isGreaterThan(1500);
        String look = "nvpmodel -q; cat /sys/devices/system/cpu/online"
                + " /sys/devices/system/cpu/cpu0/cpufreq/scaling_max_freq"
                + " /sys/devices/gpu.0/devfreq/57000000.gpu/max_freq";
        await().atMost(Duration.ofSeconds(20)) // what is written takes effect at the next beat
                .untilAsserted(
                        () -> assertThat(ssh.text(look)).isEqualTo("NV Power Mode: 5W\n1\n0-1\n921600\n614400000\n"));
    }

    @Test
    void asksBeforeItRebootsIntoAnotherMode() throws Exception {
        VirtualBoard agx = start("orin-agx");
        RealSsh ssh = ssh(agx);
        String boot = ssh.text("cat /proc/sys/kernel/random/boot_id");

        RealSsh.Said no = ssh.run("sudo -n nvpmodel -m 0", "NO\n".getBytes(US_ASCII));
        RealSsh.Said nothing = ssh.run("sudo -n nvpmodel -m 0");

        assertThat(no.exitCode()).isNotZero();
        assertThat(no.text()).isEqualTo("""
                        NVPM WARN: Golden image context is already created
                        NVPM WARN: Reboot required for changing to this power mode: 0
                        NVPM WARN: DO YOU WANT TO REBOOT NOW? enter YES/yes to confirm:
                        NVPM ERROR: optMask is 1, no request for power mode
                        """);
        assertThat(nothing.text()).contains("NVPM ERROR: bad input!\n");
        assertThat(ssh.text("nvpmodel -q; cat /proc/sys/kernel/random/boot_id"))
                .isEqualTo("NV Power Mode: 30W\n2\n" + boot);

        ssh.run("sudo -n nvpmodel -m 0", "YES\n".getBytes(US_ASCII));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> ssh.run("nvpmodel -q").text().equals("NV Power Mode: MAXN\n0\n"));
        assertThat(ssh.text("cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
        assertThat(ssh.text("cat /sys/devices/system/cpu/online")).isEqualTo("0-11\n");
    }

    @Test
    void refusesModesThatThereAreNotAndPeopleWhoMayNot() throws Exception {
        RealSsh ssh = ssh(start("orin-nano", Options.PLAIN.withRights(false)));

        assertThat(ssh.run("nvpmodel -m 9").text()).isEqualTo("NVPM ERROR: request for bad power mode 9\n");
        RealSsh.Said mode = ssh.run("nvpmodel -m 0");
        assertThat(mode.exitCode()).isNotZero();
        assertThat(mode.text())
                .contains("NVPM ERROR: Error opening /sys/devices/system/cpu/cpu0/online: 13\n")
                .endsWith("NVPM ERROR: failed to set power mode!\n");
        RealSsh.Said clocks = ssh.run("jetson_clocks");
        assertThat(clocks.exitCode()).isEqualTo(1);
        assertThat(clocks.text()).contains("as a root user");
        assertThat(ssh.text("nvpmodel -q")).startsWith("NV Power Mode: 25W\n");
    }

    @Test
    void holdsClocksAndLetsThemGoAgain() throws Exception {
        RealSsh ssh = ssh(start("orin-nano"));
        ssh.text("sudo -n jetson_clocks --store /tmp/clocks && sudo -n jetson_clocks --fan");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ssh.text("sudo -n jetson_clocks --show")
                        .contains("MinFreq=1344000 MaxFreq=1344000 CurrentFreq=1344000 IdleStates: WFI=0 c7=0"));

        String held = ssh.text("sudo -n jetson_clocks --show");
        ssh.text("sudo -n jetson_clocks --restore /tmp/clocks");

        assertThat(held)
                .contains(
                        "GPU MinFreq=918000000 MaxFreq=918000000 CurrentFreq=918000000\n",
                        "FreqOverride=1\n",
                        "hwmon0_pwm1=255\n",
                        "NV Power Mode: 25W\n");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ssh.text("sudo -n jetson_clocks --show")
                        .contains("MinFreq=729600 MaxFreq=1344000 CurrentFreq=729600 IdleStates: WFI=1 c7=1"));
    }

    @ParameterizedTest
    @CsvSource({"true, 15W", "false, 7W"})
    void keepsItsModeOverAReboot(boolean forgets, String mode) throws Exception {
        Options options = forgets ? Options.PLAIN.withForgottenMode() : Options.PLAIN;
        VirtualBoard board = start("orin-nano", options);
        RealSsh ssh = ssh(board);
        ssh.text("sudo -n sh -c 'echo pmode:0003 >/var/lib/nvpmodel/status'");

        board.reboot(Duration.ofMillis(100));

        assertThat(ssh.text("nvpmodel -q")).startsWith("NV Power Mode: " + (forgets ? "25W" : mode) + "\n");
    }

    private static double milliwatts(RealSsh nano, int rail) throws Exception {
        String file = "/sys/bus/i2c/drivers/ina3221x/6-0040/iio:device0/in_power" + rail + "_input";
        return Double.parseDouble(nano.text("cat " + file));
    }
}
