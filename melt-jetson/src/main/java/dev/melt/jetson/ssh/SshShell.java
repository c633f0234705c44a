package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import dev.melt.core.problem.PlainText;
import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.RemoteShell;
import dev.melt.core.remote.ShellAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Commands on a host, each in a channel of its own of the one connection. The user's shell may be any: what MELT says is said to
 * {@code sh}.
 */
record SshShell(SshLink link) implements RemoteShell {
    private static final int PIECE = 1 << 16;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration ENDING = Duration.ofSeconds(5);

    @Override
    public String label() {
        return link.host().label();
    }

    @Override
    public String device() {
        return link.host().alias();
    }

    @Override
    public DeviceException during(String what, IOException cause) {
        return link.during(what, cause);
    }

    @Override
    public ExecResult run(String script, Duration deadline) {
        try {
            return converse(script + " </dev/null", RemoteProcess.nonce(), SshInput.NONE, deadline);
        } catch (IOException e) {
            throw new IllegalStateException("an empty input can be read", e);
        }
    }

    /**
     * Runs a command with something on its input.
     *
     * @param tag by which its processes are found again
     * @throws IOException from {@code input} alone
     */
    ExecResult feed(String script, String tag, SshInput input, Duration deadline) throws IOException {
        return converse(script, tag, input, deadline);
    }

    private ExecResult converse(String script, String tag, SshInput input, Duration deadline) throws IOException {
        String nonce = RemoteProcess.nonce();
        String mark = ShellAnswer.mark(nonce);
        String text = LoginNoise.mark(nonce, "") + LoginNoise.mark(nonce, " >&2") + RemoteProcess.tagged(tag) + script
                + "; R=$?; " + mark + "; " + mark + " >&2";
        long start = System.nanoTime();
        try (LinkWatch watch = link.watch(link::drop, Optional.of(deadline))) {
            return new Conversation(watch, nonce).hold(text, input, start);
        } catch (TimedOut late) {
            end(tag);
            throw late;
        }
    }

    /** The connection was given up with the command; what it started is ended over a new one. */
    private void end(String tag) {
        try {
            converse(RemoteProcess.ending(tag) + " </dev/null", RemoteProcess.nonce(), SshInput.NONE, ENDING);
        } catch (IOException | DeviceException gone) {
            // whoever waited hears of the deadline; the agent ends what is left of a trial
        }
    }

    /** One stream: what comes before the command's own, and that. */
    private record Heard(LoginNoise noise, ShellAnswer answer) {
        void add(byte[] piece, int length) {
            int from = noise.skip(piece, length);
            answer.add(piece, from, length - from);
        }

        /** For messages. */
        String all() {
            return noise.isOver() ? answer.text() : noise.text();
        }
    }

    /** One command's streams. */
    private final class Conversation {
        private final LinkWatch watch;
        private final Heard out;
        private final Heard err;
        private final List<RuntimeException> thrown = new CopyOnWriteArrayList<>();

        Conversation(LinkWatch watch, String nonce) {
            this.watch = watch;
            this.out = new Heard(new LoginNoise(nonce), new ShellAnswer(nonce));
            this.err = new Heard(new LoginNoise(nonce), new ShellAnswer(nonce));
        }

        ExecResult hold(String text, SshInput input, long start) throws IOException {
            Session.Command command = begin(text);
            try {
                Thread errors = reading(command.getErrorStream());
                Thread feeding = feeding(command, input);
                read(command.getInputStream(), out);
                errors.join();
                feeding.interrupt();
                return answer(command, start);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                link.drop();
                throw new LinkLost("[" + label() + "] shell: interrupted", e);
            } finally {
                close(command);
            }
        }

        private Session.Command begin(String text) {
            try {
                return link.session().exec(AnyShell.running(text));
            } catch (OpenFailException refused) { // it has too many sessions: the others go on
                throw link.during("shell: no other session", refused);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        private Thread reading(InputStream stream) {
            return background("err", () -> read(stream, err));
        }

        /** A command that ends before it has read all is not at fault here: its answer tells. */
        private Thread feeding(Session.Command command, SshInput input) {
            return background("in", () -> {
                try {
                    input.writeTo(command.getOutputStream(), watch);
                    command.getOutputStream().close();
                } catch (IOException over) {
                    watch.alive();
                } catch (RuntimeException e) { // of whoever listens to the progress
                    thrown.add(e);
                    close(command);
                }
            });
        }

        private void read(InputStream stream, Heard heard) {
            byte[] piece = new byte[PIECE];
            try {
                for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
                    watch.alive();
                    heard.add(piece, n);
                    if (heard.answer().isComplete()) {
                        return; // what keeps the stream open is not waited for
                    }
                }
            } catch (IOException over) {
                watch.alive(); // without its mark the answer is none, and that is looked at
            }
        }

        private ExecResult answer(Session.Command command, long start) {
            thrown.forEach(theirs -> {
                throw theirs;
            });
            if (out.answer().isComplete() && err.answer().isComplete()) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                return new ExecResult(
                        out.answer().exitCode(),
                        out.answer().text(),
                        err.answer().text(),
                        elapsed);
            }
            EOFException ended = new EOFException("the link broke before the command ended");
            watch.cause("shell", ended).ifPresent(known -> {
                throw known;
            });
            if (!hasEnded(command)) {
                throw new LinkLost("[" + label() + "] shell: " + ended.getMessage(), ended);
            }
            String said = PlainText.oneLine((out.all() + err.all()).strip());
            throw new ProtocolViolation(
                    "[" + label() + "] shell: a POSIX shell expected after login, found "
                            + (said.isEmpty() ? "one that ended" : said),
                    null);
        }

        /** Whether the host told how; it does so after the streams have ended. */
        private static boolean hasEnded(Session.Command command) {
            try {
                command.join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (IOException gone) {
                // then it has told nothing
            }
            return command.getExitStatus() != null || command.getExitSignal() != null;
        }

        private DeviceException broken(IOException e) {
            return watch.cause("shell", e).orElseGet(() -> {
                link.drop();
                return link.during("shell", e);
            });
        }
    }

    private static void close(Session.Command command) {
        try {
            command.close();
        } catch (IOException gone) {
            // with its connection
        }
    }

    private static Thread background(String name, Runnable work) {
        Thread thread = new Thread(work, "ssh " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
