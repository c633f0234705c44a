package dev.melt.core.remote;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.ExecResult;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an earlier copy has left of a file, and the room beside it.
 *
 * @param tag of the process that appends to it
 * @param tail sha256 of its last 64 KiB
 * @param freeBytes empty where {@code df} could not be understood
 */
public record PartOnDevice(String path, String tag, long size, String tail, OptionalLong freeBytes, RemoteShell shell) {
    private static final double GIGA = 1e9;

    /** Asks, after ending what may still append: a link can break while the device has yet to write what it got. */
    static PartOnDevice look(ShellPush push, String target) {
        String path = target + ".part";
        String tag = "push" + Sha256.of(path).substring(0, 24);
        String file = quote(path);
        ExecResult answer = push.sh(RemoteProcess.ending(tag) + "; " + ShellPush.folder(target) + "; [ ! -f " + file
                + " ] || { " + ShellPush.sizeInto(path) + "; echo size=$S; echo tail=$(tail -c 65536 " + file
                + " | sha256sum); }; df -k " + quote(target.substring(0, Math.max(1, target.lastIndexOf('/')))));
        Map<String, String> said = new HashMap<>();
        answer.stdout().lines().filter(line -> line.matches("(size|tail)=.*")).forEach(line -> {
            int equals = line.indexOf('=');
            said.put(line.substring(0, equals), line.substring(equals + 1).replaceAll(" .*", ""));
        });
        String size = said.getOrDefault("size", "0");
        return new PartOnDevice(
                path,
                tag,
                size.matches("[0-9]{1,18}") ? Long.parseLong(size) : 0,
                said.getOrDefault("tail", ""),
                FreeSpace.of(answer.stdout()),
                push.shell());
    }

    /** Whether it is the beginning of a file, as far as its end tells. */
    boolean continues(FileChannel content, long length) {
        return size > 0 && size <= length && ShellPush.tailHash(content, size).equals(tail);
    }

    /** Before the first byte goes over, so that nobody waits for a copy that cannot end. */
    void requireSpace(long bytes, String target) {
        if (freeBytes.isPresent() && freeBytes.getAsLong() < bytes) {
            throw new InvalidInputException(
                    "[" + shell.label() + "] push " + target.substring(target.lastIndexOf('/') + 1),
                    giga(bytes) + " needed",
                    giga(freeBytes.getAsLong()) + " free beside " + target,
                    "free space on the device: melt device gc " + shell.device() + " --quota 1GB");
        }
    }

    private static String giga(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / GIGA);
    }
}
