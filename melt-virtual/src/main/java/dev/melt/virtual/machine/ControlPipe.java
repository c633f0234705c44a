package dev.melt.virtual.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A named pipe into which people and scripts write what is to happen to a device, a line each:
 * {@code echo 'plug off; link off' >PIPE}. Listens in a thread of its own until it is closed; lines are taken one after the other.
 */
public final class ControlPipe implements AutoCloseable {
    private static final long MKFIFO_SECONDS = 10;

    private final Path path;
    private final RandomAccessFile pipe;
    private volatile boolean closed;

    /**
     * Makes the pipe and listens.
     *
     * @param lines is given each line without its end, on the pipe's thread
     * @throws IOException when the pipe cannot be made
     */
    public ControlPipe(Path path, Consumer<String> lines) throws IOException {
        this.path = path;
        make(path);
        // open for writing too, so that reading does not end when the first writer goes
        this.pipe = new RandomAccessFile(path.toFile(), "rw");
        Thread thread = new Thread(() -> listen(lines), "control " + path);
        thread.setDaemon(true);
        thread.start();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        pipe.write('\n'); // wakes the listener
    }

    private static void make(Path path) throws IOException {
        try {
            Process process = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(MKFIFO_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new IOException(
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen(Consumer<String> lines) {
        try (pipe) {
            String line = pipe.readLine();
            while (!closed && line != null) {
                lines.accept(line);
                line = pipe.readLine();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("control pipe " + path, e);
        }
    }
}
