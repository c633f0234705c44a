package dev.melt.android.adb;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.ExecResult;
import dev.melt.core.remote.ByteWay;
import dev.melt.core.remote.PartOnDevice;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.ShellPush;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Brings files onto a device. adb's own sync service has no offset, and a daemon whose link breaks removes what it had written; so the
 * bytes go into a shell's {@code cat >>PART}, and what had arrived stays.
 */
record AdbPush(AdbLink link, AdbShell shell) implements ByteWay {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Of a slow network, for the largest model; a link that is silent ends it long before. */
    private static final Duration LONGEST = Duration.ofHours(12);

    /** What copies files this way. */
    static ShellPush over(AdbLink link, AdbShell shell) {
        return new ShellPush(shell, new AdbPush(link, shell));
    }

    @Override
    public ExecResult write(byte[] content, String path, String before, String after) throws IOException {
        Optional<FeedingShell> feeding = shell.feeding();
        if (feeding.isPresent()) {
            String script = before + " && cat >" + quote(path) + " && " + after;
            return feeding.get().feed(script, RemoteProcess.nonce(), FeedInput.of(content), n -> {}, ANSWER);
        }
        link.send(new ByteArrayInputStream(content), path, n -> {});
        return shell.run("sh -c " + quote(after), ANSWER);
    }

    @Override
    public void append(FileChannel content, long from, long size, PartOnDevice part, LongConsumer sent)
            throws IOException {
        ShellPush push = new ShellPush(shell, this);
        Optional<FeedingShell> feeding = shell.feeding();
        if (feeding.isPresent()) {
            FeedInput input = FeedInput.of(content, from);
            String script = "cat >>" + quote(part.path());
            push.require(feeding.get().feed(script, part.tag(), input, sent, LONGEST), part.path());
        } else {
            content.position(from);
            new LegacyStream(link, push, part).append(Channels.newInputStream(content), size, sent);
        }
    }
}
