package dev.melt.core.remote;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Copies files onto a device, whole or not at all. They grow under the name {@code TARGET.part}, so that a copy whose link breaks is
 * continued at the byte where it broke.
 *
 * <p>Checked on the device: the size always, the sha256 of what is not larger than {@link #HASHED}. Larger files are models and
 * engines: the agent hashes those when it seals them into its store, and once is enough.
 */
public record ShellPush(RemoteShell shell, ByteWay way) {
    /** Written in one go, without looking at what is there. */
    private static final int SMALL = 1 << 18;

    private static final long HASHED = 16L << 20;

    /** A link that changes what it carries; the next try brings it again. */
    private static final String DAMAGED = "it arrived with another";

    private static final int COMPARED = 1 << 16;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /**
     * Copies a file.
     *
     * @param target absolute path on the device; missing folders are made
     * @throws InvalidInputException when there is no room for it
     */
    public void push(Path source, String target, TransferListener listener) {
        try {
            long size = Files.size(source);
            if (size <= SMALL) {
                text(Files.readAllBytes(source), target);
            } else {
                large(source, size, target, listener);
            }
            listener.transferred(size, size);
        } catch (IOException e) {
            throw shell.during("push " + target, e);
        }
    }

    private void text(byte[] content, String target) throws IOException {
        String part = target + ".part";
        require(
                way.write(
                        content,
                        part,
                        folder(target),
                        finish(part, target, content.length, Sha256.of(ByteBuffer.wrap(content)))),
                target);
    }

    private void large(Path source, long size, String target, TransferListener listener) throws IOException {
        PartOnDevice part = PartOnDevice.look(this, target);
        try (FileChannel content = FileChannel.open(source, StandardOpenOption.READ)) {
            long from = part.continues(content, size) ? part.size() : 0;
            part.requireSpace(size - from, target);
            if (from == 0) {
                require(sh(": >" + quote(part.path())), target);
            }
            way.append(content, from, size, part, sent -> listener.transferred(from + sent, size));
        }
        String sha256 = size <= HASHED ? Sha256.of(source, ByteProgress.NONE) : "";
        require(sh(finish(part.path(), target, size, sha256)), target);
    }

    /** Runs shell text that needs no long time. */
    public ExecResult sh(String script) {
        return shell.run("sh -c " + quote(script), ANSWER);
    }

    static String folder(String target) {
        int slash = target.lastIndexOf('/');
        return "mkdir -p " + quote(slash <= 0 ? "/" : target.substring(0, slash));
    }

    /** Puts a file's size into {@code $S}, as text: Android's shell would compute with 32 bits, and models are larger. */
    public static String sizeInto(String path) {
        return "S=$(wc -c <" + quote(path) + "); S=${S##* }";
    }

    /** Looks at what arrived, then lets it appear under its name. A device without sha256sum takes the size's word. */
    private static String finish(String part, String target, long size, String sha256) {
        String file = quote(part);
        String hash = sha256.isEmpty()
                ? ""
                : " && { H=$(sha256sum <" + file + " 2>/dev/null || toybox sha256sum <" + file + " 2>/dev/null) || H="
                        + sha256 + "; [ \"${H%% *}\" = " + sha256
                        + " ] || { echo '" + DAMAGED + " sha256' >&2; rm -f " + file + "; false; }; }";
        return "{ " + sizeInto(part) + "; [ \"$S\" = " + size
                + " ] || { echo '" + DAMAGED + " size' >&2; false; }; }" + hash + " && mv -f " + file + " "
                + quote(target);
    }

    /** Throws what a command that failed means. */
    public void require(ExecResult answer, String target) {
        if (!answer.succeeded()) {
            throw refusal(answer, target);
        }
    }

    /** What a command that failed means for whoever pushes. */
    public RuntimeException refusal(ExecResult answer, String target) {
        String said = PlainText.oneLine((answer.stderr() + answer.stdout()).strip());
        String subject = "[" + shell.label() + "] push " + target;
        if (said.contains("No space left")) {
            return new InvalidInputException(
                    subject,
                    "room for it needed",
                    "the device says " + said,
                    "free space there: melt device gc " + shell.device() + " --quota 1GB");
        }
        return said.contains(DAMAGED)
                ? new LinkLost(subject + ": " + said, null)
                : new ProtocolViolation(subject + ": exit " + answer.exitCode() + ": " + said, null);
    }

    /** The last bytes before a place in a file, as the device would hash them. */
    static String tailHash(FileChannel content, long before) {
        try {
            int length = (int) Math.min(COMPARED, before);
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && content.read(bytes, before - length + bytes.position()) > 0) {
                // until it is full or the file ends
            }
            return Sha256.of(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
