package dev.melt.android.adb;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.ShellAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Android 7 and newer: packets of {@code id, length, data} with stdin, stdout, stderr and the exit code apart
 * (AOSP {@code shell_protocol.h}).
 */
record ShellV2(AdbLink link) implements FeedingShell {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int EXIT = 3;
    private static final int CLOSE_STDIN = 4;
    private static final int HEAD = 5;
    private static final int PIECE = 1 << 20;
    private static final int LONGEST = 1 << 24;
    private static final Duration ENDING = Duration.ofSeconds(5);

    @Override
    public Optional<FeedingShell> feeding() {
        return Optional.of(this);
    }

    @Override
    public ExecResult run(String script, Duration deadline) {
        try {
            return converse(
                    link::open, script + " </dev/null", RemoteProcess.nonce(), FeedInput.NONE, n -> {}, deadline);
        } catch (IOException e) {
            throw new IllegalStateException("an empty input can be read", e);
        }
    }

    @Override
    public ExecResult feed(String script, String tag, FeedInput input, LongConsumer done, Duration deadline)
            throws IOException {
        return converse(link::openForBulk, script, tag, input, done, deadline);
    }

    private ExecResult converse(
            Function<String, AdbWire> opening,
            String script,
            String tag,
            FeedInput input,
            LongConsumer done,
            Duration deadline)
            throws IOException {
        String nonce = RemoteProcess.nonce();
        String mark = ShellAnswer.mark(nonce);
        String text = RemoteProcess.tagged(tag) + script + "; R=$?; " + mark + "; " + mark + " >&2";
        long start = System.nanoTime();
        AdbWire wire = opening.apply("shell,v2,raw:" + text);
        try (wire;
                LinkWatch watch = link.watch(wire::close, Optional.of(deadline))) {
            Conversation conversation = new Conversation(wire, watch, nonce);
            conversation.send(input, done);
            return conversation.answer(start);
        } catch (TimedOut late) {
            end(tag);
            throw late;
        }
    }

    private void end(String tag) {
        try (AdbWire wire = link.open("shell,v2,raw:" + RemoteProcess.ending(tag));
                LinkWatch watch = link.watch(wire::close, Optional.of(ENDING))) {
            byte[] buffer = new byte[64];
            while (wire.read(buffer, 0, buffer.length) > 0) {
                watch.alive();
            }
        } catch (IOException | DeviceException gone) {
            // whoever waited hears of the deadline; the agent ends what is left of a trial
        }
    }

    /** One command's packets. */
    private final class Conversation {
        private final AdbWire wire;
        private final LinkWatch watch;
        private final ShellAnswer out;
        private final ShellAnswer err;
        private int exit = -1;

        Conversation(AdbWire wire, LinkWatch watch, String nonce) {
            this.wire = wire;
            this.watch = watch;
            this.out = new ShellAnswer(nonce);
            this.err = new ShellAnswer(nonce);
        }

        /** A command that ends before it has read all is not at fault here: its answer tells. */
        void send(FeedInput input, LongConsumer done) throws IOException {
            long sent = 0;
            for (int n = input.next(PIECE); n > 0; n = input.next(PIECE)) {
                if (!write(STDIN, input, n)) {
                    return;
                }
                sent += n;
                done.accept(sent);
            }
            write(CLOSE_STDIN, FeedInput.NONE, 0);
        }

        private boolean write(int id, FeedInput input, int length) {
            byte[] head = ByteBuffer.allocate(HEAD)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) id)
                    .putInt(length)
                    .array();
            try {
                input.write(wire, head, length);
                watch.alive();
                return true;
            } catch (IOException e) {
                watch.cause("shell", e).ifPresent(known -> {
                    throw known;
                });
                return false;
            }
        }

        ExecResult answer(long start) {
            try {
                byte[] head = new byte[HEAD];
                while (exit < 0 && !(out.isComplete() && err.isComplete())) {
                    fill(head, HEAD);
                    ByteBuffer packet = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                    take(packet.get(), packet.getInt());
                }
            } catch (IOException e) {
                throw watch.cause("shell", e).orElseGet(() -> AdbFailure.during(link.serial(), "shell", e));
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            int code = out.isComplete() ? out.exitCode() : exit;
            return new ExecResult(code, out.text(), err.text(), elapsed);
        }

        private void take(int id, int length) throws IOException {
            if (length < 0 || length > LONGEST) {
                throw new ProtocolViolation(
                        "[" + link.serial() + "/adb] shell: a packet of " + length + " bytes", null);
            }
            byte[] data = new byte[length];
            fill(data, length);
            switch (id) {
                case STDOUT -> out.add(data, 0, length);
                case STDERR -> err.add(data, 0, length);
                case EXIT -> exit = length > 0 ? data[0] & 0xff : 255;
                default ->
                    throw new ProtocolViolation("[" + link.serial() + "/adb] shell: a packet of kind " + id, null);
            }
        }

        private void fill(byte[] into, int length) throws IOException {
            for (int at = 0; at < length; ) {
                int n = wire.read(into, at, length - at);
                if (n < 0) {
                    throw new LinkLost(
                            "[" + link.serial() + "/adb] shell: the link broke before the command ended",
                            new EOFException());
                }
                at += n;
                watch.alive();
            }
        }
    }
}
