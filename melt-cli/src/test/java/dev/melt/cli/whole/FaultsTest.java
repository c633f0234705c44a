package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.cli.Launched;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.virtual.android.VirtualAndroid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a virtual phone can be told to do wrong, and what comes of a run in which it does. Each case is a row of
 * docs/reference/faults.md, which {@code -Dmelt.golden=write} writes anew.
 */
class FaultsTest {
    private static final String LOOK = "settings get system screen_brightness; settings get global airplane_mode_on;"
            + " cat /data/local/tmp/melt/trials/*/status 2>/dev/null | grep -c state=RUNNING";

    /** Settings as they were before, and no engine. */
    private static final String AS_FOUND = "102 0 0";

    private static final String IN_A_TRIAL = "trial_started";
    private static final String IN_A_PUSH = "pushing";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private PhoneBench phones;

    @BeforeEach
    void open() throws IOException {
        phones = PhoneBench.in(folder);
        phones.bench.config("workloads/steady.yaml", """
                kind: sustained
                about: The talk again and again
                over: talk
                for: 6s
                """);
    }

    @AfterEach
    void close() throws IOException {
        phones.close();
    }

    /** What is done to a phone. */
    private interface Strike {
        void strike(VirtualAndroid phone) throws Exception;
    }

    /** A run in which something happens once. */
    private Launched run(VirtualAndroid phone, String when, Strike strike, String... more) throws Exception {
        Path events = folder.resolve("events.jsonl");
        List<String> args = new ArrayList<>(List.of(
                "run",
                "--device",
                phone.address(),
                "--model",
                "mini",
                "--workload",
                "steady",
                "--json",
                "--events",
                events.toString()));
        args.addAll(List.of(more));
        CompletableFuture<Launched> melt =
                CompletableFuture.supplyAsync(() -> phones.bench.melt(args.toArray(String[]::new)));
        await().atMost(Duration.ofMinutes(2)).until(() -> melt.isDone() || happened(events, when));
        assertThat(melt).as("it is still running when it is struck").isNotDone();
        strike.strike(phone);
        return ended(melt);
    }

    private static boolean happened(Path events, String kind) throws IOException {
        return Files.exists(events) && Files.readString(events).contains("\"event\":\"" + kind + "\"");
    }

    private static Launched ended(CompletableFuture<Launched> melt) throws InterruptedException {
        try {
            return melt.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Checks what came of it, and that the phone is as it was; and writes it down. */
    private void row(
            String order, String fault, String when, String says, String inTheEnd, VirtualAndroid phone, Launched melt)
            throws Exception {
        assertThat(melt.err()).contains(says);
        assertThat(phones.shell(phone, LOOK).replace('\n', ' ')).isEqualTo(AS_FOUND);
        FaultsPage.check(order, fault, when, "`" + says + "`", trials(), Integer.toString(melt.exitCode()), inTheEnd);
    }

    /** {@code OK (1), REBOOTED (1)}: outcome and number of processes. */
    private String trials() {
        try (RunStore store = phones.bench.store()) {
            return store.trials(store.runs().get(0).id()).stream()
                    .map(FaultsTest::trial)
                    .collect(Collectors.joining(", "));
        }
    }

    private static String trial(StoredTrial trial) {
        return trial.outcome().map(Enum::name).orElse("not run") + " (" + trial.attempt() + ")";
    }

    private String resume() {
        String run;
        try (RunStore store = phones.bench.store()) {
            run = store.runs().get(0).id();
        }
        Launched resumed = phones.bench.melt("resume", run, "--json");
        assertThat(resumed.exitCode()).as(resumed.err()).isIn(0, 3);
        return run;
    }

    @Test
    void theLinkBreaksInAPush() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        phone.faults().dropAfter(3_000_000);

        Launched melt = run(phone, IN_A_PUSH, struck -> {}, "--trials", "1");

        row(
                "10",
                "the link breaks",
                "at byte 3,000,000 of a push",
                "waiting for it to come back",
                "the push goes on at the byte where it broke",
                phone,
                melt);
    }

    @Test
    void theLinkOfAnOldPhoneBreaksInAPush() throws Exception {
        VirtualAndroid phone = phones.phone("android-6");
        phone.faults().dropAfter(3_000_000);

        Launched melt = run(phone, IN_A_PUSH, struck -> {}, "--trials", "1");

        row(
                "11",
                "the same, Android 6 without shell v2",
                "at byte 3,000,000 of a push",
                "waiting for it to come back",
                "the same",
                phone,
                melt);
    }

    @Test
    void aByteOfAPushArrivesAsAnother() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        phone.faults().corruptNextPush();

        Launched melt = run(phone, IN_A_PUSH, struck -> {}, "--trials", "1");

        row(
                "12",
                "a byte arrives as another",
                "in a push",
                "waiting for it to come back",
                "its hash shows it; it is brought again",
                phone,
                melt);
    }

    @Test
    void theDiskIsFull() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8", VirtualAndroid.Options.PLAIN.withData(200_000_000));
        phone.faults().fillDisk(1_000_000);

        Launched melt = phones.bench.melt(
                "run",
                "--device",
                phone.address(),
                "--model",
                "mini",
                "--workload",
                "steady",
                "--trials",
                "1",
                "--json");
        row(
                "20",
                "the disk is full",
                "before a push",
                "free beside",
                "refused before the first byte; `melt resume` goes on once there is room",
                phone,
                melt);
        phone.faults().freeDisk();
        resume();

        assertThat(trials()).isEqualTo("OK (1)");
    }

    @Test
    void theAdbServerIsKilledTwice() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone,
                IN_A_TRIAL,
                struck -> {
                    phones.adb("kill-server");
                    Thread.sleep(3_000);
                    phones.adb("kill-server");
                },
                "--trials",
                "2");

        row(
                "30",
                "the adb server is killed, twice",
                "in a trial",
                "waiting for it to come back",
                "it is started again; the engine never noticed",
                phone,
                melt);
    }

    @Test
    void theCableIsOutForAWhile() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone,
                IN_A_TRIAL,
                struck -> {
                    struck.faults().offline(true);
                    Thread.sleep(4000);
                    struck.faults().offline(false);
                },
                "--trials",
                "2");

        row(
                "31",
                "the cable is out for 4 s",
                "in a trial",
                "waiting for it to come back",
                "the engine goes on meanwhile; its results are collected",
                phone,
                melt);
    }

    @Test
    void thePhoneFallsSilentForAWhile() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone,
                IN_A_TRIAL,
                struck -> {
                    struck.faults().hang(true);
                    Thread.sleep(8000);
                    struck.faults().hang(false);
                },
                "--trials",
                "2");

        row(
                "32",
                "the daemon answers nothing for 8 s",
                "in a trial",
                "the device stopped answering",
                "noticed within 5 s; the same",
                phone,
                melt);
    }

    @Test
    void thePhoneStaysAway() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone, IN_A_TRIAL, struck -> struck.faults().offline(true), "--trials", "2", "--link-timeout", "8s");
        phone.faults().offline(false);
        String before = trials();
        assertThat(melt.err()).contains("put them back with: melt restore");
        resume();

        assertThat(before).isEqualTo("DEVICE_LOST (1), not run (0)");
        assertThat(trials()).isEqualTo("DEVICE_LOST (1), OK (1)");
        row(
                "33",
                "the phone stays away",
                "in a trial, longer than `--link-timeout`",
                "settings are still changed",
                "`melt resume` runs what is left, and puts the settings back",
                phone,
                melt);
    }

    @Test
    void thePhoneRestarts() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(phone, IN_A_TRIAL, struck -> struck.reboot(Duration.ofSeconds(2)), "--trials", "2");

        row(
                "34",
                "the phone restarts",
                "in a trial",
                "waiting for it to come back",
                "the trial is lost, and says so; the next one runs",
                phone,
                melt);
    }

    @Test
    void thePhoneNoLongerKnowsThisHost() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone, IN_A_TRIAL, struck -> struck.faults().unauthorised(), "--trials", "2", "--link-timeout", "10s");
        phone.faults().authorise();
        phones.adb("connect", phone.address());
        assertThat(trials()).startsWith("DEVICE_LOST (1)");
        phones.bench.melt("restore", phone.address());

        row(
                "35",
                "the phone no longer allows this host",
                "in a trial",
                "unlock it and accept",
                "nothing can be done without a person",
                phone,
                melt);
    }

    @Test
    void theEngineIsKilled() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched melt = run(
                phone,
                IN_A_TRIAL,
                struck -> {
                    Thread.sleep(2500);
                    assertThat(struck.faults().killEngine()).isPresent();
                },
                "--trials",
                "2");

        row(
                "40",
                "the engine is killed",
                "in a trial, as the low-memory killer does",
                "OUT_OF_MEMORY",
                "the next one runs",
                phone,
                melt);
    }

    @Test
    void anOldPhoneRestarts() throws Exception {
        VirtualAndroid phone = phones.phone("android-6");

        Launched melt = run(phone, IN_A_TRIAL, struck -> struck.reboot(Duration.ofSeconds(2)), "--trials", "2");

        row("41", "Android 6 restarts", "in a trial", "waiting for it to come back", "as any other", phone, melt);
    }

    @Test
    void aPhoneThatIsInRecoveryIsRefused() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        phone.faults().state("recovery");
        phones.adb("connect", phone.address());

        Launched melt = phones.bench.melt("run", "--device", phone.address(), "--model", "mini");

        assertThat(melt.exitCode()).isEqualTo(2);
        assertThat(melt.err()).contains("Reboot system now");
        FaultsPage.check(
                "50",
                "the phone is in recovery",
                "before a run",
                "`Reboot system now`",
                "none",
                "2",
                "nothing was touched");
        phone.faults().state("device");
    }
}
