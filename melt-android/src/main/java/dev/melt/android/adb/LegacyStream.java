package dev.melt.android.adb;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.ExecResult;
import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.PartOnDevice;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.ShellPush;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Appends to a file on a device whose shell cannot be told that its input has ended: the stream stays open until the file has its
 * size, and only then is closed.
 */
record LegacyStream(AdbLink link, ShellPush push, PartOnDevice part) {
    private static final int PIECE = 1 << 18;
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Without growth for so long it will not grow any more. */
    private static final Duration STUCK = Duration.ofSeconds(20);

    /**
     * Appends the rest of a file.
     *
     * @param size what the file shall have in the end
     */
    void append(InputStream input, long size, LongConsumer done) throws IOException {
        String errors = part.path() + ".err";
        String script = RemoteProcess.tagged(part.tag()) + "cat >>" + quote(part.path()) + " 2>" + quote(errors);
        AdbWire wire = link.openForBulk("exec:" + script);
        try (wire;
                LinkWatch watch = link.watch(wire::close, Optional.empty())) {
            write(wire, watch, input, errors, done);
            if (!awaitSize(watch, size).succeeded()) {
                throw refused(errors).orElseThrow(() -> new IOException("what was sent did not all arrive"));
            }
        }
        push.sh("rm -f " + quote(errors));
    }

    private void write(AdbWire wire, LinkWatch watch, InputStream input, String errors, LongConsumer done)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long sent = 0;
        for (int n = input.readNBytes(piece, 0, PIECE); n > 0; n = input.readNBytes(piece, 0, PIECE)) {
            try {
                wire.write(piece, 0, n);
            } catch (IOException e) {
                throw watch.cause("push", e)
                        .<RuntimeException>map(known -> known)
                        .or(() -> link.answers() ? refused(errors) : Optional.empty())
                        .orElseThrow(() -> e);
            }
            watch.alive();
            sent += n;
            done.accept(sent);
        }
    }

    /** What the device said against it; empty when it said nothing, because the link broke. */
    private Optional<RuntimeException> refused(String errors) {
        ExecResult said = push.sh("cat " + quote(errors) + " 2>/dev/null; rm -f " + quote(errors) + "; false");
        return said.stdout().isBlank() ? Optional.empty() : Optional.of(push.refusal(said, part.path()));
    }

    /** Succeeds when the file is whole; its text is the size. */
    private ExecResult size(long size) {
        return push.sh(ShellPush.sizeInto(part.path()) + "; echo $S; [ \"$S\" = " + size + " ]");
    }

    private ExecResult awaitSize(LinkWatch watch, long size) {
        String last = "";
        long since = System.nanoTime();
        while (true) {
            ExecResult found = size(size);
            watch.alive();
            if (!found.stdout().equals(last)) {
                last = found.stdout();
                since = System.nanoTime();
            }
            if (found.succeeded() || System.nanoTime() - since > STUCK.toNanos()) {
                return found;
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkLost("[" + link.serial() + "/adb] interrupted while a file was copied", e);
        }
    }
}
