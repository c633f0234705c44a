package dev.melt.virtual.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.virtual.android.VirtualAndroid.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone whose wall clock somebody sets. */
class WallClockTest extends WithPhones {
    @BeforeEach
    void needLibrary() throws Exception {
        assumeTrue(WallClock.library().isPresent(), "libfaketime is missing: apt-get install faketime");
    }

    @Test
    void everyProgramSeesTheStepAndNoOtherClockDoes() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withWallClock());
        String read = "date +%s; echo ${EPOCHREALTIME%.*}; read -r up _ </proc/uptime; echo ${up%.*}";
        List<Long> before = numbers(phone, read);
        assertThat(before.get(0)).isCloseTo(System.currentTimeMillis() / 1000, within(30L));

        phone.faults().jumpClock(Duration.ofHours(2));
        List<Long> after = numbers(phone, read);
        assertThat(after.get(0) - before.get(0)).isBetween(7200L, 7230L);
        assertThat(after.get(1) - before.get(1)).isBetween(7200L, 7230L);
        assertThat(after.get(2) - before.get(2)).isBetween(0L, 30L);

        phone.faults().jumpClock(Duration.ofHours(-3));
        assertThat(numbers(phone, "date +%s").get(0)).isCloseTo(before.get(0) - 3600, within(60L));
    }

    @ParameterizedTest
    @CsvSource({"pixel8, 7200", "pixel8, -7200", "android-6, 7200"})
    void aTrialKeepsTheBootClockWhenTheWallClockJumps(String profile, long seconds) throws Exception {
        VirtualAndroid phone = start(profile, Options.PLAIN.withWallClock());
        pushAgent(phone);
        startJob(phone, "sleep 4");
        Thread.sleep(1000);
        phone.faults().jumpClock(Duration.ofSeconds(seconds));

        Map<String, String> status = status(agent(phone, "await t1 30"));
        assertThat(status).containsEntry("state", "FINISHED").containsEntry("exit", "0");
        double took = (Long.parseLong(status.getOrDefault("end_ns", "0"))
                        - Long.parseLong(status.getOrDefault("start_ns", "0")))
                / 1e9;
        assertThat(took).isBetween(3.9, 20.0);
        assertThat(Integer.parseInt(status.getOrDefault("clock_steps", "-1")))
                .isEqualTo(profile.equals("pixel8") ? 1 : 0);
        List<Long> stamps = adb.shell(phone, "cat /data/local/tmp/melt/trials/t1/samples.tsv")
                .lines()
                .filter(line -> line.matches("[0-9].*"))
                .map(line -> Long.parseLong(line.substring(0, line.indexOf('\t'))))
                .toList();
        assertThat(stamps).hasSizeGreaterThan(15).isSorted();
        assertThat(stamps.get(stamps.size() - 1) - stamps.get(0)).isBetween(3_000_000_000L, 20_000_000_000L);
    }

    @Test
    void aJavaMachineSeesItAndMeasuresTimeAsBefore() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN.withWallClock());
        Path source = Files.writeString(folder.resolve("Now.java"), """
                class Now {
                    public static void main(String[] args) throws Exception {
                        long start = System.nanoTime();
                        Thread.sleep(100);
                        System.out.println(System.currentTimeMillis() / 1000);
                        System.out.println((System.nanoTime() - start) / 1_000_000);
                    }
                }
                """);
        adb.on(phone, "push", source.toString(), "/data/local/tmp/Now.java");
        phone.faults().jumpClock(Duration.ofDays(-365));
        List<Long> seen = numbers(phone, "java /data/local/tmp/Now.java");
        assertThat(seen.get(0)).isCloseTo(System.currentTimeMillis() / 1000 - 365 * 86_400, within(60L));
        assertThat(seen.get(1)).isBetween(100L, 20_000L);
    }

    private List<Long> numbers(VirtualAndroid phone, String command) throws Exception {
        return adb.shell(phone, command).lines().map(Long::parseLong).toList();
    }

    private static Map<String, String> status(String text) {
        Map<String, String> status = new TreeMap<>();
        text.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            status.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return status;
    }
}
