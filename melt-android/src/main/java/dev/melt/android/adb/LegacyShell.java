package dev.melt.android.adb;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.ExecResult;
import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.ShellAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Android 6 and older: one stream, no exit code. stderr waits in a file until stdout has ended, and each is closed by a mark. The
 * service {@code exec:} gives bytes as they are; where there is none, that of {@code shell:} goes through a terminal, which writes
 * {@code \r\n}.
 */
record LegacyShell(AdbLink link) implements AdbShell {
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final String SCRATCH = "/data/local/tmp/.melt-err-";

    /** Its input has no end. */
    @Override
    public Optional<FeedingShell> feeding() {
        return Optional.empty();
    }

    @Override
    public ExecResult run(String script, Duration deadline) {
        String tag = RemoteProcess.nonce();
        String nonce = RemoteProcess.nonce();
        String mark = ShellAnswer.mark(nonce);
        String file = SCRATCH + tag;
        String text = RemoteProcess.tagged(tag) + script + " </dev/null 2>" + file + "; R=$?; " + mark + "; cat " + file
                + "; rm -f " + file + "; " + mark;
        long start = System.nanoTime();
        Opened opened = open(text);
        try (AdbWire wire = opened.wire();
                LinkWatch watch = link.watch(wire::close, Optional.of(deadline))) {
            return new Conversation(opened, watch, nonce).answer(start);
        } catch (TimedOut late) {
            end(tag, file);
            throw late;
        }
    }

    private record Opened(AdbWire wire, boolean terminal) {}

    private Opened open(String text) {
        try {
            return new Opened(link.open("exec:" + text), false);
        } catch (Unreachable refused) {
            if (String.valueOf(refused.getMessage()).endsWith("closed")) {
                return new Opened(link.open("shell:" + text), true);
            }
            throw refused;
        }
    }

    private void end(String tag, String file) {
        try {
            String text = RemoteProcess.ending(tag) + "; rm -f " + file + "; R=0; " + ShellAnswer.mark(tag);
            Opened opened = open(text);
            try (AdbWire wire = opened.wire();
                    LinkWatch watch = link.watch(wire::close, Optional.of(ENDING))) {
                new Conversation(opened, watch, tag).first();
            }
        } catch (IOException | dev.melt.core.device.DeviceException gone) {
            // whoever waited hears of the deadline; the agent ends what is left of a trial
        }
    }

    /** One command's stream. */
    private final class Conversation {
        private final Opened opened;
        private final LinkWatch watch;
        private final ShellAnswer out;
        private final ShellAnswer err;
        private final byte[] buffer = new byte[1 << 16];
        private boolean held;

        Conversation(Opened opened, LinkWatch watch, String nonce) {
            this.opened = opened;
            this.watch = watch;
            this.out = new ShellAnswer(nonce);
            this.err = new ShellAnswer(nonce);
        }

        ExecResult answer(long start) {
            try {
                first();
                while (!err.isComplete()) {
                    err.add(buffer, 0, read());
                }
            } catch (IOException e) {
                throw watch.cause("shell", e).orElseGet(() -> AdbFailure.during(link.serial(), "shell", e));
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new ExecResult(out.exitCode(), out.text(), err.text(), elapsed);
        }

        /** What came after the first mark in the same piece is stderr's. */
        void first() throws IOException {
            while (!out.isComplete()) {
                int n = read();
                int used = out.addUpToMark(buffer, n);
                err.add(buffer, used, n - used);
            }
        }

        private int read() throws IOException {
            int n = opened.wire().read(buffer, 0, buffer.length - 1);
            if (n < 0) {
                throw new LinkLost(
                        "[" + link.serial() + "/adb] shell: the link broke before the command ended",
                        new EOFException());
            }
            watch.alive();
            return opened.terminal() ? withoutReturns(n) : n;
        }

        /** A terminal's {@code \r\n} as {@code \n}, also where a piece ends between them. */
        private int withoutReturns(int n) {
            byte[] raw = new byte[n + 1];
            int from = 0;
            if (held) {
                raw[from++] = '\r';
            }
            System.arraycopy(buffer, 0, raw, from, n);
            int length = from + n;
            held = raw[length - 1] == '\r';
            int kept = 0;
            for (int i = 0; i < (held ? length - 1 : length); i++) {
                if (!(raw[i] == '\r' && raw[i + 1] == '\n')) {
                    buffer[kept++] = raw[i];
                }
            }
            return kept;
        }
    }
}
