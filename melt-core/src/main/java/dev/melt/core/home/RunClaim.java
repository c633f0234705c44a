package dev.melt.core.home;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to carry out a run, which one process has at a time. The system takes it back when the process ends, however
 * it ends. Close it when the run is over.
 */
public final class RunClaim implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RunClaim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static RunClaim take(String runId, Path file) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String owner = read(channel);
                channel.close();
                throw new InvalidInputException(
                        "run " + runId,
                        "a run that nobody is at expected",
                        "another MELT carries it out (pid " + owner + ")",
                        "wait for it, or end it first");
            }
            write(channel);
            return new RunClaim(file, channel);
        } catch (IOException e) {
            throw FileProblems.of(file, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), US_ASCII).strip();
    }

    private static void write(FileChannel channel) throws IOException {
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileProblems.of(file, e);
        }
    }
}
