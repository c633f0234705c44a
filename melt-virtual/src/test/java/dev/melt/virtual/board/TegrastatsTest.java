package dev.melt.virtual.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of tegrastats against the shapes of lines that real boards have written. */
class TegrastatsTest extends WithBoards {
    private static final String DATE = "\\d\\d-\\d\\d-\\d{4} \\d\\d:\\d\\d:\\d\\d ";
    private static final String RAM = "RAM \\d+/\\d+MB \\(lfb \\d+x4MB\\) ";
    private static final String SWAP = "SWAP \\d+/\\d+MB \\(cached \\d+MB\\) ";
    private static final String CPU = "CPU \\[(\\d+%@\\d+|off)(,(\\d+%@\\d+|off))*\\] ";
    private static final String TEMPS = "([A-Za-z0-9]+@-?\\d+(\\.\\d{1,3})?C ){1,10}";
    private static final String RAILS = "([A-Z0-9_]+ \\d+mW/\\d+mW ?)+";

    private static String line(String name, boolean root) {
        return switch (name) {
            case "nano" ->
                RAM + SWAP + "IRAM 0/252kB\\(lfb 252kB\\) " + CPU
                        + (root
                                ? "EMC_FREQ \\d+%@\\d+ GR3D_FREQ \\d+%@\\d+ APE 25 "
                                : "EMC_FREQ \\d+% GR3D_FREQ \\d+% ")
                        + TEMPS + "POM_5V_IN \\d+/\\d+ POM_5V_GPU \\d+/\\d+ POM_5V_CPU \\d+/\\d+";
            case "xavier-agx" ->
                DATE
                        + RAM
                        + SWAP
                        + CPU
                        + (root
                                ? "EMC_FREQ \\d+%@\\d+ GR3D_FREQ \\d+%@\\d+ VIC_FREQ 729 APE 174 "
                                : "EMC_FREQ \\d+% GR3D_FREQ \\d+% ")
                        + TEMPS
                        + RAILS;
            case "thor" -> DATE + RAM + CPU + TEMPS + RAILS;
            default ->
                DATE
                        + RAM
                        + SWAP
                        + CPU
                        + (root
                                ? "EMC_FREQ \\d+%@\\d+ GR3D_FREQ \\d+%@\\[\\d+(,\\d+)*\\] ([A-Z0-9_]+ (off|\\d+) )+"
                                : "GR3D_FREQ \\d+% ")
                        + TEMPS
                        + RAILS;
        };
    }

    @ParameterizedTest
    @CsvSource({"nano, 3", "xavier-agx, 6", "orin-nano, 3", "orin-agx, 3", "thor, 4"})
    void speaksAsItsReleaseDoes(String name, int rails) throws Exception {
        RealSsh ssh = ssh(start(name));

        List<String> plain =
                ssh.run("timeout 1 tegrastats --interval 200").text().lines().toList();
        List<String> root = ssh.run("sudo -n timeout 1 tegrastats --interval 200")
                .text()
                .lines()
                .toList();

        assertThat(plain).hasSizeBetween(2, 6).allMatch(line -> line.matches(line(name, false)), line(name, false));
        assertThat(root).hasSizeBetween(2, 6).allMatch(line -> line.matches(line(name, true)), line(name, true));
        assertThat(plain.get(0).split("\\d+(mW)?/\\d+(mW)?( |$)", -1)).hasSize(rails + 1);
    }

    @Test
    void writesIntoAFileUntilItIsStopped() throws Exception {
        RealSsh ssh = ssh(start("orin-nano"));

        ssh.text("tegrastats --interval 100 --logfile log --start && sleep 1 && tegrastats --stop");
        String log = ssh.text("cat log");
        Thread.sleep(300);

        assertThat(log.lines().count()).isBetween(4L, 12L);
        assertThat(ssh.text("cat log")).isEqualTo(log);
    }
}
