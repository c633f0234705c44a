package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do whose device has a POSIX shell. */
public interface DeviceDriverContract {
    Duration PATIENCE = Duration.ofSeconds(30);

    /** The driver under test, open. */
    DeviceDriver driver();

    /** An absolute folder on the device that a test may fill. */
    String folder();

    @Test
    default void givesBothStreamsAndTheExitCode() {
        ExecResult answer = driver().exec(List.of("sh", "-c", "echo out; echo err >&2; exit 7"), PATIENCE);
        assertThat(answer.exitCode()).isEqualTo(7);
        assertThat(answer.stdout()).isEqualTo("out\n");
        assertThat(answer.stderr()).isEqualTo("err\n");
    }

    @Test
    default void handsArgumentsOverAsTheyAre() {
        List<String> command = List.of("printf", "[%s]", "", "a b", "it's", "$(id)", "*", "x\ny", "\"\\");
        assertThat(driver().exec(command, PATIENCE).stdout()).isEqualTo("[][a b][it's][$(id)][*][x\ny][\"\\]");
    }

    @Test
    default void takesMuchOutputOnBothStreams() {
        String script = "head -c 1000000 /dev/zero | tr '\\0' o; head -c 1000000 /dev/zero | tr '\\0' e >&2";
        ExecResult answer = driver().exec(List.of("sh", "-c", script), PATIENCE);
        assertThat(answer.stdout()).hasSize(1_000_000);
        assertThat(answer.stderr()).hasSize(1_000_000);
    }

    @Test
    default void answersForAMissingProgramAsAShellDoes() {
        assertThat(driver().exec(List.of("no-such-program-anywhere"), PATIENCE).exitCode())
                .isEqualTo(127);
    }

    @Test
    default void endsACommandWithItsChildrenAtTheDeadline() {
        String seconds = "9" + System.nanoTime() % 1_000_000;
        List<String> command = List.of("sh", "-c", "sleep " + seconds + " & sleep " + seconds + "; true");
        assertThatThrownBy(() -> driver().exec(command, Duration.ofMillis(300))).isInstanceOf(TimedOut.class);
        String count = "sleep 0.2; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'sleep [9]"
                + seconds.substring(1) + "'";
        assertThat(driver().exec(List.of("sh", "-c", count), PATIENCE).stdout().strip())
                .isEqualTo("0");
    }

    @Test
    default void isNotHeldUpByAGrandchildThatKeepsTheStreams() {
        ExecResult answer = driver().exec(List.of("sh", "-c", "sleep 20 & echo done"), Duration.ofSeconds(10));
        assertThat(answer.stdout()).isEqualTo("done\n");
    }

    @Test
    default void bringsAFileThereAndBack(@TempDir Path host) throws IOException {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        Path file = Files.write(host.resolve("file"), content);
        String target = folder() + "/new/folder/file";
        driver().push(file, target, TransferListener.NONE);
        driver().push(file, target, TransferListener.NONE);
        driver().pull(target, host.resolve("sub/back"), TransferListener.NONE);
        assertThat(host.resolve("sub/back")).hasBinaryContent(content);
    }

    @Test
    default void replacesWhatWasThere(@TempDir Path host) throws IOException {
        String target = folder() + "/replaced";
        driver().push(Files.writeString(host.resolve("a"), "a longer text"), target, TransferListener.NONE);
        driver().push(Files.writeString(host.resolve("b"), "short"), target, TransferListener.NONE);
        driver().pull(target, host.resolve("a"), TransferListener.NONE);
        assertThat(host.resolve("a")).hasContent("short");
    }

    @Test
    default void bringsAnEmptyFile(@TempDir Path host) throws IOException {
        driver().push(Files.createFile(host.resolve("e")), folder() + "/empty", TransferListener.NONE);
        driver().pull(folder() + "/empty", host.resolve("back"), TransferListener.NONE);
        assertThat(host.resolve("back")).isEmptyFile();
    }

    @Test
    default void leavesTheTargetAloneWhenThereIsNothingToPull(@TempDir Path host) throws IOException {
        Path target = Files.writeString(host.resolve("kept"), "kept");
        assertThatThrownBy(() -> driver().pull(folder() + "/missing", target, TransferListener.NONE))
                .isInstanceOf(DeviceException.class);
        assertThat(target).hasContent("kept");
    }

    @Test
    default void namesEveryChannelOnce() {
        List<String> names = driver().telemetry().probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(column -> column.channel().name())
                .toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    default void saysWhyWhatItCannotMeasureIsAbsent() {
        assertThat(driver().telemetry().absent())
                .allSatisfy(absent -> assertThat(absent.reason()).isNotBlank());
    }
}
