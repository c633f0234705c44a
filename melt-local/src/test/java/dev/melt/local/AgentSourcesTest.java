package dev.melt.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.agent.AgentScript;
import dev.melt.core.agent.JobFiles;
import dev.melt.core.device.AgentJob;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.Unit;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent asks programs about, with programs of the test's own in front of the machine's. */
class AgentSourcesTest {
    private static final String DUMPSYS = """
            case $1 in
                battery) cat <<'X'
            Current Battery Service state:
              USB powered: true
              level: 80
              technology: Li-ion
            X
                    ;;
                thermalservice) cat <<'X'
            Thermal Status: 2
            Cached temperatures:
                Temperature{mValue=61.0, mType=3, mName=VIRTUAL-SKIN, mStatus=0}
            HAL Ready: true
            Current temperatures from HAL:
                Temperature{mValue=broken, mType=3, mName=VIRTUAL-SKIN, mStatus=0}
                Temperature{mValue=-2.5, mType=3, mName=skin (back, 2), mStatus=0}
                Temperature{mValue=31.25, mType=3, mName=VIRTUAL-SKIN, mStatus=0}
            Current cooling devices from HAL:
                CoolingDevice{mValue=4, mType=2, mName=thermal-cpufreq-0}
            Temperature static thresholds from HAL:
                TemperatureThreshold{mType=3, mName=VIRTUAL-SKIN, mHotThrottlingThresholds=[NaN, 39.0]}
            X
                    ;;
                meminfo) cat <<X
            ** MEMINFO in pid $2 [engine] **
                    TOTAL    1000
             App Summary
                       Graphics:    2,048                        2048
                  TOTAL PSS:     3000            TOTAL RSS:     4000       TOTAL SWAP PSS:        5
            X
                    ;;
            esac
            """;

    @TempDir
    Path folder;

    private Path script = Path.of("/nonexistent");

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("agent"));
        script = Files.writeString(
                folder.resolve("melt-agent.sh"), AgentScript.current().text());
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Probe probe(String reader, boolean disturbs, String... names) {
        return new Probe(
                reader,
                "",
                Arrays.stream(names)
                        .map(name -> new Probe.Column(new Channel("test", name, Unit.RATIO, "test"), new Scale(1)))
                        .toList(),
                disturbs);
    }

    private String agent(String shell, String... subcommand) throws IOException, InterruptedException {
        DebianPackage.require(shell.split(" ", -1)[0]);
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        command.addAll(List.of(script.toString(), "-w", folder.toString(), "-s", shell));
        command.addAll(List.of(subcommand));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return Files.readString(folder.resolve("out"));
    }

    /** The folder of a trial that is over. */
    private Path run(String shell, String engine, TelemetryPlan plan) throws IOException, InterruptedException {
        AgentJob job = new AgentJob(
                "t",
                List.of("sh", "-c", engine),
                Map.of(),
                Map.of(),
                plan,
                Duration.ofMillis(50),
                Duration.ZERO,
                Duration.ofMinutes(1));
        Path trial = Files.createDirectories(folder.resolve("trials/t"));
        for (Map.Entry<String, String> file : JobFiles.of(job, trial.toString()).entrySet()) {
            Files.writeString(trial.resolve(file.getKey()), file.getValue());
        }
        agent(shell, "start", "t");
        assertThat(agent(shell, "await", "t", "30")).contains("state=FINISHED");
        return trial;
    }

    private static double last(SamplesFile samples, String name) {
        double[] values = samples.named("test/" + name).orElseThrow().values();
        return values[values.length - 1];
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash", "mksh", "busybox ash"})
    void asksEverySourceBesideTheEngine(String shell) throws IOException, InterruptedException {
        program("dumpsys", DUMPSYS);
        Path trial = run(
                shell,
                "sleep 2.5",
                new TelemetryPlan(
                        List.of(
                                probe("dumpsys-battery:level,usb_powered", false, "level", "usb"),
                                probe(
                                        "dumpsys-thermalservice:status,temperature.VIRTUAL-SKIN,"
                                                + "temperature.skin_back_2_,cooling.thermal-cpufreq-0",
                                        false,
                                        "status",
                                        "skin",
                                        "back",
                                        "cooling"),
                                probe("smaps:pss,swap_pss", true, "pss", "swap"),
                                probe("dumpsys-meminfo:graphics,pss", true, "graphics", "meminfo-pss")),
                        List.of()));
        SamplesFile samples = SamplesFile.read(trial.resolve("samples.tsv"));
        assertThat(samples.damagedCells()).isZero();
        assertThat(last(samples, "level")).isEqualTo(80);
        assertThat(last(samples, "usb")).isEqualTo(1);
        assertThat(last(samples, "status")).isEqualTo(2);
        assertThat(last(samples, "skin")).isEqualTo(31.25);
        assertThat(last(samples, "back")).isEqualTo(-2.5);
        assertThat(last(samples, "cooling")).isEqualTo(4);
        assertThat(last(samples, "pss")).isPositive();
        assertThat(last(samples, "graphics") % 2048).isZero();
        assertThat(last(samples, "meminfo-pss")).isGreaterThanOrEqualTo(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash", "mksh", "busybox ash"})
    void keepsWhatTheSystemLoggedOfAnEngineThatWasKilled(String shell) throws IOException, InterruptedException {
        program("logcat", """
                NOW=$(date +%s)
                echo "1000.000001   512   512 I lowmemorykiller: Kill 'long ago' (1), uid 1"
                echo "$NOW.000001   512   512 I lowmemorykiller: Kill 'engine' (4242), uid 2000, oom_score_adj 800 to free 1kB rss; reason: r"
                echo "$NOW.000002   512   512 I SomethingElse: is fine"
                """);
        program("dmesg", "exit 1\n");
        Path trial = run(shell, "sh -c 'sleep 0.5'; kill -9 $$", TelemetryPlan.NONE);
        assertThat(Files.readAllLines(trial.resolve("deaths")))
                .singleElement()
                .asString()
                .contains("Kill 'engine' (4242)");
        String pid = value(trial, "pid");
        assertThat(List.of(value(trial, "tree").split(" ", -1))).contains(pid).hasSizeGreaterThan(1);
    }

    private static String value(Path trial, String key) throws IOException {
        return Files.readAllLines(trial.resolve("status")).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash"})
    void asksNoLogAboutAnEngineThatEndedByItself(String shell) throws IOException, InterruptedException {
        program("logcat", "touch " + folder + "/asked\n");
        Path trial = run(shell, "exit 3", TelemetryPlan.NONE);
        assertThat(trial.resolve("deaths")).doesNotExist();
        assertThat(folder.resolve("asked")).doesNotExist();
    }
}
