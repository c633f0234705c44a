package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.cli.Launched;
import dev.melt.core.store.RunStore;
import dev.melt.virtual.ios.IphoneRemote;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.device.IphoneConditions.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a virtual iPhone behind Debian's idevice tools can do wrong, and what comes of a run: rows of docs/reference/faults.md. */
@TestInstance(Lifecycle.PER_CLASS)
class IphoneFaultsTest {
    private static final String APP = "dev.melt.agent";
    private static final String WAITS = "waiting for it to come back";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private IphoneBench iphones;

    @SuppressWarnings("NullAway.Init")
    private VirtualIphone phone;

    private int runs;

    /** Done to a phone while a run goes on. */
    private interface Strike {
        void now() throws Exception;
    }

    @BeforeAll
    void open() throws IOException {
        iphones = IphoneBench.in(folder);
        iphones.bench.config("workloads/steady.yaml", """
                kind: sustained
                about: The talk again and again
                over: talk
                for: 4s
                """);
        phone = iphones.phone("iphone14pro", options -> options);
    }

    @AfterAll
    void close() throws IOException {
        iphones.close();
    }

    /** One row of the page. */
    private record Fault(String name, Strike test) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them when the page is written or {@code -Dmelt.faults=all} asks; else one of each kind. */
    Stream<Fault> faults() {
        Stream<Fault> oneOfEachKind = Stream.of(
                new Fault("the cable is pulled", this::theCableIsPulledInAPushAndInTheTrial),
                new Fault("its memory is taken", this::theSystemTakesTheAppsMemory),
                new Fault("the disk is full", this::theDiskIsFull));
        Stream<Fault> others = Stream.of(
                new Fault("silence", this::nothingComesThroughTheCable),
                new Fault("a crash", this::theAppCrashes),
                new Fault("a lock", this::thePhoneIsLockedBetweenTwoTrials),
                new Fault("a restart", this::thePhoneRestarts));
        boolean all =
                "write".equals(System.getProperty("melt.golden")) || "all".equals(System.getProperty("melt.faults"));
        return all ? Stream.concat(oneOfEachKind, others) : oneOfEachKind;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void comesToAGoodEnd(Fault fault) throws Exception {
        fault.test().now();
    }

    /** A run that is struck once, when something has happened. */
    private Launched struck(int trials, String when, Strike strike) throws Exception {
        Path events = folder.resolve("events" + runs++ + ".jsonl");
        Files.createFile(events);
        CompletableFuture<Launched> melt = CompletableFuture.supplyAsync(() -> iphones.bench.melt(
                "run",
                "--device",
                "iphone14pro",
                "--model",
                "mini",
                "--workload",
                "steady",
                "--warmups",
                "0",
                "--trials",
                Integer.toString(trials),
                "--link-timeout",
                "90s",
                "--idle",
                "100ms",
                "--json",
                "--events",
                events.toString()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> melt.isDone() || Files.readString(events).contains("\"event\":\"" + when + "\""));
        assertThat(melt).as("it is still running when it is struck").isNotDone();
        strike.now();
        return melt.get();
    }

    private void row(String order, String what, String when, String says, String inTheEnd, Launched melt)
            throws IOException {
        assertThat(melt.err()).contains(says);
        assertThat(melt.exitCode()).as(melt.err()).isIn(0, 3);
        FaultsPage.check(order, "an iPhone: " + what, when, "`" + says + "`", iphones.bench.told(), "0 or 3", inTheEnd);
    }

    /** The newest. */
    private String run() {
        try (RunStore store = iphones.bench.store()) {
            return store.runs().get(0).id();
        }
    }

    private void untilTheAppHasEnded() {
        await().atMost(Duration.ofMinutes(2)).until(() -> phone.running(APP).isEmpty());
    }

    private void theCableIsPulledInAPushAndInTheTrial() throws Exception {
        phone.faults().dropAfter(2_000_000);

        Launched melt = struck(1, "trial_started", () -> {
            phone.plug(false);
            untilTheAppHasEnded();
            phone.plug(true);
        });

        row(
                "70",
                "the cable is pulled; then once more, until the app has ended",
                "at byte 2,000,000 of a push; in the trial",
                WAITS,
                "the push goes on at the byte where it broke; the app never noticed, its results are collected",
                melt);
    }

    private void nothingComesThroughTheCable() throws Exception {
        Launched melt = struck(1, "trial_started", () -> {
            phone.faults().hang(true);
            Thread.sleep(25_000);
            phone.faults().hang(false);
        });

        row(
                "71",
                "nothing comes through the cable for 25 s",
                "in a trial",
                "trial 1 of 1: OK",
                "the app goes on meanwhile, its results are collected",
                melt);
    }

    private void theSystemTakesTheAppsMemory() throws Exception {
        Launched melt = struck(2, "trial_started", () -> phone.faults().jetsam("per-process-limit"));

        row(
                "72",
                "the system ends the app for want of memory (jetsam)",
                "in a trial",
                "iOS ended MeltAgent",
                "the outcome has the phone's own words; the next trial runs",
                melt);
    }

    private void theAppCrashes() throws Exception {
        Launched melt = struck(2, "trial_started", () -> phone.faults().crash());

        row(
                "73",
                "the app crashes",
                "in a trial",
                "SIGSEGV",
                "noticed within 10 s; the outcome has the words of the phone's report; the next trial runs",
                melt);
    }

    private void thePhoneIsLockedBetweenTwoTrials() throws Exception {
        Launched melt = struck(2, "trial_started", () -> {
            phone.conditions().lock(Lock.SCREEN);
            untilTheAppHasEnded();
            Thread.sleep(5_000);
            phone.conditions().lock(Lock.OPEN);
        });

        assertThat(melt.err()).contains("the phone is locked; unlock it");
        assertThat(iphones.bench.told()).matches("OK \\(1\\), OK \\([0-9]\\)");
        FaultsPage.check(
                "74",
                "an iPhone: it locks itself for some seconds",
                "between two trials",
                "`the phone is locked; unlock it`",
                "OK (1), OK",
                "0 or 3",
                "MELT waits for somebody to unlock it, and goes on");
    }

    private void thePhoneRestarts() throws Exception {
        Launched melt = struck(2, "trial_started", () -> phone.faults().reboot(Duration.ofSeconds(2)));
        assertThat(melt.exitCode()).as(melt.err()).isEqualTo(1);
        assertThat(melt.err()).contains("the phone has no developer services");
        assertThat(new IphoneRemote(phone).obey("image on")).isEmpty();

        assertThat(iphones.bench.melt("resume", run()).exitCode()).isIn(0, 3);

        FaultsPage.check(
                "75",
                "an iPhone: it restarts",
                "in a trial",
                "`the phone has no developer services`",
                iphones.bench.told(),
                "1",
                "the trial is lost, and says so; once somebody has mounted the developer image again `melt resume` runs the rest");
    }

    private void theDiskIsFull() throws Exception {
        phone.faults().fillDisk(1 << 20);
        try {
            Launched melt = iphones.bench.melt(
                    "run", "--device", "iphone14pro", "--model", "tiny", "--workload", "pp8-tg4", "--trials", "1");

            assertThat(melt.exitCode()).isEqualTo(2);
            assertThat(melt.err()).contains("free on the phone").contains("melt device gc");
            FaultsPage.check(
                    "76",
                    "an iPhone: its disk is full",
                    "before a push",
                    "`free on the phone`",
                    iphones.bench.told(),
                    "2",
                    "refused before the first byte; `melt resume` goes on once there is room");
        } finally {
            phone.faults().freeDisk();
        }
    }
}
