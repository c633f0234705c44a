package dev.melt.virtual.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.virtual.board.VirtualBoard.Options;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What can be made to go wrong, as the real ssh sees it. */
class BoardFaultsTest extends WithBoards {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BOOT = "cat /proc/sys/kernel/random/boot_id";

    @Test
    void leavesDetachedProcessesAliveWhenTheLinkDrops() throws Exception {
        VirtualBoard board = start("orin-nano");
        RealSsh ssh = ssh(board);
        Process attached =
                ssh.start("setsid nohup sh -c 'sleep 2; echo survived >mark' >/dev/null 2>&1 </dev/null & od");
        await().atMost(LONG).until(() -> !ssh.run("pgrep -x od").text().isEmpty());

        board.faults().drop();

        assertThat(attached.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(attached.exitValue()).isEqualTo(255);
        await().atMost(LONG).until(() -> ssh.run("cat mark").text().equals("survived\n"));
        assertThat(ssh.run("pgrep -x od").text()).isEmpty();
    }

    @Test
    void breaksInTheMiddleOfATransfer() throws Exception {
        VirtualBoard board = start("orin-nano");
        RealSsh ssh = ssh(board);
        board.faults().dropAfter(1_000_000);

        RealSsh.Said said = ssh.run("cat >file", new byte[5_000_000]);

        assertThat(said.exitCode()).isEqualTo(255);
        assertThat(Long.parseLong(ssh.text("wc -c <file").strip())).isBetween(1L, 1_000_000L);
        assertThat(ssh.run("cat >file", new byte[5_000_000]).exitCode()).isZero();
    }

    @Test
    void answersNothingWhileItIsStalled() throws Exception {
        VirtualBoard board = start("raspberry-pi-5");
        board.faults().stall(true);

        Process waiting = ssh(board).start("echo late");

        assertThat(waiting.waitFor(1, TimeUnit.SECONDS)).isFalse();
        board.faults().stall(false);
        assertThat(waiting.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.exitValue()).isZero();
    }

    @Test
    void refusesConnectionsWhileItIsOffline() throws Exception {
        VirtualBoard board = start("raspberry-pi-5");
        RealSsh ssh = ssh(board);
        board.faults().offline(true);

        assertThat(ssh.run("echo in").error()).contains("Connection refused");

        board.faults().offline(false);
        assertThat(ssh.text("echo in")).isEqualTo("in\n");
    }

    @Test
    void endsEverythingAndHasAnotherBootIdAfterAReboot() throws Exception {
        VirtualBoard board = start("orin-nano");
        RealSsh ssh = ssh(board);
        String before = ssh.text(BOOT);
        ssh.text("setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo kept >kept");

        board.faults().reboot(Duration.ofMillis(200));

        assertThat(ssh.text(BOOT)).isNotEqualTo(before);
        assertThat(ssh.run("pgrep sleep").text()).isEmpty();
        assertThat(ssh.text("cat kept; read -r up _ </proc/uptime; [ ${up%.*} -lt 100 ] && echo young"))
                .isEqualTo("kept\nyoung\n");
    }

    @Test
    void rebootsWhenRootSaysSo() throws Exception {
        VirtualBoard board = start("raspberry-pi-5");
        RealSsh ssh = ssh(board);
        String before = ssh.text(BOOT);

        assertThat(ssh.run("sudo -n reboot").exitCode()).isEqualTo(255);

        await().atMost(LONG).until(() -> ssh.run("true").exitCode() == 0);
        assertThat(ssh.text(BOOT)).isNotEqualTo(before);
    }

    @Test
    void hasAFullDiskUntilItIsFreed() throws Exception {
        VirtualBoard board = start("orin-nano", Options.PLAIN.withData(8_000_000));
        RealSsh ssh = ssh(board);
        board.faults().fillDisk(100_000);

        RealSsh.Said full = ssh.run("cat >file", new byte[1_000_000]);
        board.faults().freeDisk();

        assertThat(full.exitCode()).isNotZero();
        assertThat(full.error()).contains("No space left on device");
        assertThat(ssh.run("cat >file", new byte[1_000_000]).exitCode()).isZero();
    }

    @Test
    void isNotFilledWhereThatWouldFillThisMachine() throws Exception {
        BoardFaults faults = start("nano").faults();

        assertThatThrownBy(() -> faults.fillDisk(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void killsTheLargestProcessAndSaysSo() throws Exception {
        VirtualBoard board = start("orin-nano");
        RealSsh ssh = ssh(board);
        Process engine = ssh.start("tail -f /dev/null; echo ended $? >ended");
        await().atMost(LONG).until(() -> !ssh.run("pgrep -x tail").text().isEmpty());

        assertThat(board.faults().killEngine()).isPresent();

        assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ssh.text("cat ended")).isEqualTo("ended 137\n");
        assertThat(ssh.text("sudo -n dmesg")).contains("Out of memory: Killed process ", " (tail) total-vm:");
    }

    @Test
    void obeysWords() throws Exception {
        VirtualBoard board = start("nano", Options.PLAIN.withPace(20));
        BoardRemote remote = new BoardRemote(board);
        RealSsh ssh = ssh(board);

        assertThat(remote.obey("link off; link on; gpu 1; warm 60")).isEmpty();
        assertThat(remote.obey("fly; stall perhaps")).hasSize(2);

        await().atMost(LONG).until(() -> ssh.text("cat /sys/devices/gpu.0/load").equals("1000\n"));
        await().atMost(LONG)
                .until(() -> Double.parseDouble(
                                ssh.text("cat /sys/bus/i2c/drivers/ina3221x/6-0040/iio:device0/in_power1_input"))
                        > 3000);
    }
}
