package dev.melt.jetson.ssh;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.ExecResult;
import dev.melt.core.remote.ByteWay;
import dev.melt.core.remote.PartOnDevice;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.ShellPush;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Bytes go into a shell's {@code cat >>PART}: no file service is needed, and what has arrived stays when the link breaks. */
record SshWay(SshShell shell) implements ByteWay {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Of a slow network, for the largest model; a link that is silent ends it long before. */
    private static final Duration LONGEST = Duration.ofHours(12);

    @Override
    public ExecResult write(byte[] content, String path, String before, String after) throws IOException {
        String script = before + " && cat >" + quote(path) + " && " + after;
        return shell.feed(script, RemoteProcess.nonce(), SshInput.of(content), ANSWER);
    }

    @Override
    public void append(FileChannel content, long from, long size, PartOnDevice part, LongConsumer sent)
            throws IOException {
        String script = "cat >>" + quote(part.path());
        ExecResult answer = shell.feed(script, part.tag(), SshInput.of(content, from, sent), LONGEST);
        new ShellPush(shell, this).require(answer, part.path());
    }
}
