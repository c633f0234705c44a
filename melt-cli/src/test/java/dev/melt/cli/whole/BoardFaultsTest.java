package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.cli.Launched;
import dev.melt.virtual.board.VirtualBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a virtual board behind OpenSSH's own daemon can do wrong, and what comes of a run: rows of docs/reference/faults.md. */
@TestInstance(Lifecycle.PER_CLASS)
class BoardFaultsTest {
    private static final String WAITS = "waiting for it to come back";
    private static final String TRIALS = "/home/jetson/.melt/device/trials";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private BoardBench boards;

    @SuppressWarnings("NullAway.Init")
    private VirtualBoard board;

    private int runs;

    /** Done to a board while a run goes on. */
    private interface Strike {
        void now() throws Exception;
    }

    @BeforeAll
    void open() throws IOException {
        boards = BoardBench.in(folder);
        boards.bench.config("workloads/steady.yaml", """
                kind: sustained
                about: The talk again and again
                over: talk
                for: 3s
                """);
        board = boards.board("orin-agx");
    }

    @AfterAll
    void close() throws IOException {
        boards.close();
    }

    private String[] run(Path events, int trials, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "run",
                "--device",
                board.alias(),
                "--model",
                "mini",
                "--workload",
                "steady",
                "--trials",
                Integer.toString(trials),
                "--link-timeout",
                "60s",
                "--idle",
                "100ms",
                "--prepare",
                "none,jetson_clocks=on",
                "--json",
                "--events",
                events.toString()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    /** A run that is struck once, when something has happened. */
    private Launched struck(int trials, String when, Strike strike) throws Exception {
        Path events = folder.resolve("events" + runs++ + ".jsonl");
        Files.createFile(events);
        CompletableFuture<Launched> melt = CompletableFuture.supplyAsync(() -> boards.bench.melt(run(events, trials)));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> melt.isDone() || Files.readString(events).contains("\"event\":\"" + when + "\""));
        assertThat(melt).as("it is still running when it is struck").isNotDone();
        strike.now();
        return melt.get();
    }

    private void row(String order, String what, String when, String says, String inTheEnd, Launched melt)
            throws Exception {
        assertThat(melt.err()).contains(says);
        assertThat(boards.bench.melt("device", "show", board.alias()).out())
                .as("as it was found")
                .containsPattern("jetson_clocks +off");
        FaultsPage.check(order, "a board: " + what, when, "`" + says + "`", boards.bench.told(), exit(melt), inTheEnd);
    }

    /** What else is busy on the machine that is the board may forbid quoting, or not. */
    private static String exit(Launched melt) {
        assertThat(melt.exitCode()).as(melt.err()).isIn(0, 3);
        return "0 or 3";
    }

    @Test
    void theLinkBreaksInAPush() throws Exception {
        boards.shell(board, "rm -rf " + TRIALS + "/../store");
        board.faults().dropAfter(2_000_000);

        Launched melt = struck(1, "pushing", () -> {});

        row(
                "60",
                "the link breaks",
                "at byte 2,000,000 of a push",
                WAITS,
                "the push goes on at the byte where it broke",
                melt);
    }

    @Test
    void theLinkIsSilentInATrial() throws Exception {
        Launched melt = struck(1, "trial_started", () -> {
            board.faults().stall(true);
            Thread.sleep(8_000);
            board.faults().stall(false);
        });

        row(
                "61",
                "the link says nothing for 8 s",
                "in a trial",
                "the device stopped answering",
                "noticed within 5 s; the engine goes on meanwhile, its results are collected",
                melt);
    }

    @Test
    void theLinkBreaksInTheCollection() throws Exception {
        Launched melt = struck(1, "trial_started", () -> {
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofMinutes(1))
                    .until(this::someTrialHasEnded);
            board.faults().drop();
        });

        row("62", "the link breaks", "while results are collected", WAITS, "they are collected again", melt);
    }

    private boolean someTrialHasEnded() {
        Path trials = board.onHost(TRIALS);
        return Bench.names(trials).stream()
                .map(trial -> trials.resolve(trial).resolve("status"))
                .anyMatch(BoardFaultsTest::saysFinished);
    }

    private static boolean saysFinished(Path status) {
        try {
            return Files.exists(status) && Files.readString(status).contains("state=FINISHED");
        } catch (IOException replaced) {
            throw new UncheckedIOException(replaced);
        }
    }

    @Test
    void theBoardRestarts() throws Exception {
        Launched melt = struck(2, "trial_started", () -> board.reboot(Duration.ofSeconds(1)));

        row("63", "it restarts", "in a trial", WAITS, "the trial is lost, and says so; the next one runs", melt);
    }

    @Test
    void refusesABoardWithAnotherKeyThanBefore() throws Exception {
        VirtualBoard other = boards.board("orin-nano");
        Path place = folder.resolve("board-1");
        other.close();
        try (VirtualBoard rekeyed = dev.melt.virtual.board.VirtualBoards.start(
                "orin-nano", place, VirtualBoard.Options.PLAIN.withNewKey())) {
            Launched melt = boards.bench.melt("run", "--device", rekeyed.alias(), "--model", "mini");

            assertThat(melt.exitCode()).isEqualTo(2);
            assertThat(melt.err()).contains("the host shows another one").contains("ssh-keygen -f");
            assertThat(Files.readString(place.resolve("ssh/sshd.log"))).doesNotContain("Accepted");
            FaultsPage.check(
                    "64",
                    "a board: its host key is another one",
                    "before a run",
                    "`the host shows another one`",
                    "none",
                    "2",
                    "nothing was sent; the message says how to look, and how to take the new key");
        }
    }

    @Test
    void aModeThatCannotBeSetIsAHole() throws Exception {
        VirtualBoard poor =
                boards.board("orin-agx", VirtualBoard.Options.PLAIN.withSeed(7).withRights(false));
        boards.name(poor, "poor");

        Launched melt = boards.bench.melt(
                "run",
                "--device",
                "poor",
                "--model",
                "mini",
                "--workload",
                "pp64-tg16",
                "--trials",
                "1",
                "--sweep",
                "power_mode=30W,MAXN",
                "--json");

        assertThat(boards.bench.told()).contains("OK (1)").contains("NOT_APPLIED (0)");
        assertThat(melt.err()).contains("power_mode: MAXN asked for, 30W found");
        FaultsPage.check(
                "65",
                "a board: its user may not set the power mode",
                "in a sweep of modes",
                "`power_mode: MAXN asked for, 30W found`",
                "OK (1) in the mode that it has, NOT_APPLIED (0) in the other",
                exit(melt),
                "no figure bears the name of a mode that was not set");
    }
}
