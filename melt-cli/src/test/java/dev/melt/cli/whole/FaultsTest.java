package dev.melt.cli.whole;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.cli.Launched;
import dev.melt.core.store.RunStore;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualAndroid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a virtual phone can be told to do wrong, and what comes of a run in which it does. Each case is a row of
 * docs/reference/faults.md, which {@code -Dmelt.golden=write} writes anew.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FaultsTest {
    /** Of a phone whose wall clock can be set. */
    private static final String WITH_CLOCK = "+clock";

    private static final String WAITS = "waiting for it to come back";

    /** Two settings as they were before, and no engine. */
    private static final String LOOK =
            "settings get system screen_brightness; settings get global stay_on_while_plugged_in;"
                    + " cat /data/local/tmp/melt/trials/*/status 2>/dev/null | grep -c state=RUNNING";

    private static final String AS_FOUND = "102 0 0";

    private static final Set<String> ONE_OF_EACH_KIND = Set.of("10", "12", "33", "41", "42");

    @TempDir
    static Path folder;

    private final Map<String, VirtualAndroid> booted = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private PhoneBench phones;

    @BeforeAll
    void open() throws IOException {
        DebianPackage.require("faketime");
        phones = PhoneBench.in(folder);
        phones.bench.config("workloads/steady.yaml", """
                kind: sustained
                about: The talk again and again
                over: talk
                for: 3s
                """);
    }

    @AfterAll
    void close() throws IOException {
        phones.close();
    }

    /** All of them when the page is written or {@code -Dmelt.faults=all} asks; else one of each kind. */
    Stream<Fault> faults() {
        boolean all =
                "write".equals(System.getProperty("melt.golden")) || "all".equals(System.getProperty("melt.faults"));
        return every().filter(fault -> all || ONE_OF_EACH_KIND.contains(fault.order()));
    }

    private Stream<Fault> every() {
        return Stream.of(
                Fault.inATrial(
                                "10",
                                "the link breaks; then the adb server is killed, twice",
                                "at byte 2,000,000 of a push; in the trial",
                                WAITS,
                                "the push goes on at the byte where it broke, the engine never noticed",
                                1,
                                phone -> killServerTwice())
                        .begunWith(phone -> phone.faults().dropAfter(2_000_000)),
                Fault.inAPush(
                        "11",
                        "the link breaks, Android 6 without shell v2",
                        "at byte 2,000,000 of a push",
                        WAITS,
                        "the push goes on at the byte where it broke",
                        "android-6",
                        phone -> phone.faults().dropAfter(2_000_000)),
                Fault.inAPush(
                        "12",
                        "a byte arrives as another",
                        "in a push",
                        WAITS,
                        "its hash shows it; the file is brought again",
                        "galaxy-s24",
                        phone -> phone.faults().corruptNextPush()),
                Fault.inATrial(
                        "30",
                        "the adb server is killed, twice",
                        "in a trial",
                        WAITS,
                        "it is started again; the engine never noticed",
                        1,
                        phone -> killServerTwice()),
                Fault.inATrial(
                        "31",
                        "the cable is out for 5 s",
                        "in a trial",
                        WAITS,
                        "the engine goes on meanwhile; its results are collected",
                        1,
                        phone -> {
                            phone.faults().offline(true);
                            Thread.sleep(5_000);
                            phone.faults().offline(false);
                        }),
                Fault.inATrial(
                        "32",
                        "the daemon answers nothing for 8 s",
                        "in a trial",
                        "the device stopped answering",
                        "noticed within 5 s; the same",
                        1,
                        phone -> {
                            phone.faults().hang(true);
                            Thread.sleep(8_000);
                            phone.faults().hang(false);
                        }),
                Fault.inATrial(
                                "33",
                                "the phone stays away",
                                "in a trial, longer than `--link-timeout`",
                                "settings are still changed",
                                "given up; `melt resume` collects what the engine did meanwhile, runs the rest and puts the settings back",
                                2,
                                phone -> phone.faults().offline(true))
                        .thenResumed(),
                Fault.inATrial(
                                "34",
                                "the phone no longer allows this host",
                                "in a trial",
                                "unlock it and accept",
                                "nothing can be done without a person; then the same",
                                2,
                                phone -> phone.faults().unauthorised())
                        .on("galaxy-s24") // one that was never allowed again
                        .thenResumed(),
                Fault.inATrial(
                        "40",
                        "the phone restarts",
                        "in a trial",
                        WAITS,
                        "the trial is lost, and says so; the next one runs",
                        2,
                        phone -> phone.reboot(Duration.ofSeconds(5))),
                Fault.inATrial(
                                "41",
                                "Android 6 restarts",
                                "in a trial",
                                WAITS,
                                "the same",
                                2,
                                phone -> phone.reboot(Duration.ofSeconds(5)))
                        .on("android-6"),
                Fault.inATrial(
                                "43",
                                "the wall clock is set forward by two hours",
                                "in a trial",
                                "trial 1 of 1: OK",
                                "stamps are those of the boot clock",
                                1,
                                phone -> phone.faults().jumpClock(Duration.ofHours(2)))
                        .on("pixel8" + WITH_CLOCK),
                Fault.inATrial(
                        "42",
                        "the engine is killed",
                        "in a trial, as the low-memory killer does",
                        "low watermark is breached",
                        "the outcome has the killer's own words; the next one runs",
                        2,
                        phone -> {
                            awaitEngine(phone);
                            assertThat(phone.faults().killEngine()).isPresent();
                        }));
    }

    private void killServerTwice() throws IOException, InterruptedException {
        phones.adb("kill-server");
        Thread.sleep(2_000);
        phones.adb("kill-server");
    }

    private static void awaitEngine(VirtualAndroid phone) {
        Path trials = phone.onHost("/data/local/tmp/melt/trials");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Bench.names(trials).stream()
                        .anyMatch(trial -> Files.exists(trials.resolve(trial).resolve("events.jsonl"))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void comesToWhatThePageSays(Fault fault) throws Exception {
        VirtualAndroid phone = phone(fault.profile());
        fault.before().to(phone);

        Launched melt = struck(phone, fault);
        if (fault.resumed()) {
            assertThat(phones.bench.told()).isEqualTo("DEVICE_LOST (1), not run (0)");
            phone.faults().offline(false);
            phone.faults().authorise();
            phones.adb("connect", phone.address());
            resume();
        }

        assertThat(melt.err()).contains(fault.says());
        assertThat(phones.shell(phone, LOOK).replace('\n', ' ')).isEqualTo(AS_FOUND);
        row(fault, melt, phones.bench.told());
    }

    private VirtualAndroid phone(String profile) throws Exception {
        if (!booted.containsKey(profile)) {
            VirtualAndroid.Options options = VirtualAndroid.Options.PLAIN.withSeed(booted.size());
            booted.put(
                    profile,
                    phones.phone(
                            profile.replace(WITH_CLOCK, ""),
                            profile.endsWith(WITH_CLOCK) ? options.withWallClock() : options));
        }
        return requireNonNull(booted.get(profile));
    }

    /** A run that is struck once, at an event. */
    private Launched struck(VirtualAndroid phone, Fault fault) throws Exception {
        Path events = Files.createTempFile(folder, "events", ".jsonl");
        CompletableFuture<Launched> melt = CompletableFuture.supplyAsync(() -> phones.bench.melt(
                "run",
                "--device",
                phone.address(),
                "--model",
                "mini",
                "--workload",
                "steady",
                "--trials",
                Integer.toString(fault.trials()),
                "--link-timeout",
                fault.resumed() ? "6s" : "60s",
                "--idle",
                "100ms",
                "--prepare",
                "none,screen_brightness=10,stay_awake=7",
                "--json",
                "--events",
                events.toString()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> melt.isDone() || Files.readString(events).contains("\"event\":\"" + fault.event() + "\""));
        assertThat(melt).as("it is still running when it is struck").isNotDone();
        fault.strike().to(phone);
        return melt.get();
    }

    private void row(Fault fault, Launched melt, String trials) throws IOException {
        FaultsPage.check(
                fault.order(),
                fault.what(),
                fault.when(),
                "`" + fault.says() + "`",
                trials,
                Integer.toString(melt.exitCode()),
                fault.inTheEnd());
    }

    private void resume() {
        String run;
        try (RunStore store = phones.bench.store()) {
            run = store.runs().get(0).id();
        }
        Launched resumed = phones.bench.melt("resume", run, "--json");
        assertThat(resumed.exitCode()).as(resumed.err()).isIn(0, 3);
    }

    @Test
    void refusesAPhoneWhoseDiskIsFullAndGoesOnOnceThereIsRoom() throws Exception {
        VirtualAndroid phone = phones.phone(
                "xiaomi-14", VirtualAndroid.Options.PLAIN.withSeed(9).withData(200_000_000));
        phone.faults().fillDisk(1_000_000);

        Launched melt = phones.bench.melt(
                "run", "--device", phone.address(), "--model", "mini", "--workload", "steady", "--trials", "1");
        Fault full = Fault.inAPush(
                "20",
                "the disk is full",
                "before a push",
                "free beside",
                "refused before the first byte; `melt resume` goes on once there is room",
                "xiaomi-14",
                struck -> {});

        assertThat(melt.err()).contains(full.says()).contains("melt device gc");
        row(full, melt, phones.bench.told());
        phone.faults().freeDisk();
        resume();
        assertThat(phones.bench.told()).isEqualTo("OK (1)");
    }

    @Test
    void refusesAPhoneInRecovery() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8", VirtualAndroid.Options.PLAIN.withSeed(8));
        phone.faults().state("recovery");
        phones.adb("connect", phone.address());

        Launched melt = phones.bench.melt("run", "--device", phone.address(), "--model", "mini");

        Fault recovery = Fault.inAPush(
                "50",
                "the phone is in recovery",
                "before a run",
                "Reboot system now",
                "nothing was touched",
                "pixel8",
                struck -> {});
        assertThat(melt.err()).contains(recovery.says());
        row(recovery, melt, "none");
    }
}
