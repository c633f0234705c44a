package dev.melt.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins {@link Cli} to this process: UTF-8 whatever the locale says, buffered, and with a fault of standard output seen. A
 * reader that has gone away ({@code melt runs | head -1}) ends MELT in silence; a full disk does not.
 */
final class ProcessStreams {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final Charset UTF_8 = StandardCharsets.UTF_8;

    private ProcessStreams() {}

    /** One whole use of MELT; gives its exit code. */
    static int run(String... args) {
        FaultKeeping sink = new FaultKeeping(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(sink, BUFFER_BYTES), false, UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        int code = Cli.run(args, System.in, out, err, environment());
        out.flush();
        return sink.fault()
                .filter(fault -> !readerIsGone(fault))
                .map(fault -> complain(err, fault))
                .orElse(code);
    }

    /** The process's own, with what the launcher found out about the terminal; a child process does not get that. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Terminal.OUT, System.getProperty("melt.terminal.out", ""));
        environment.put(Terminal.ERR, System.getProperty("melt.terminal.err", ""));
        return environment;
    }

    private static int complain(PrintStream err, IOException fault) {
        err.println("melt: standard output cannot be written, " + fault.getMessage() + "; send it elsewhere");
        return ExitCode.NOTHING_USABLE.code();
    }

    private static boolean readerIsGone(IOException fault) {
        String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("connection reset");
    }

    /** Remembers the first fault, because a {@link PrintStream} keeps only that there was one. */
    private static final class FaultKeeping extends OutputStream {
        private final OutputStream target;
        private @Nullable IOException fault;

        FaultKeeping(OutputStream target) {
            this.target = target;
        }

        Optional<IOException> fault() {
            return Optional.ofNullable(fault);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                target.write(bytes, from, length);
            } catch (IOException e) {
                if (fault == null) {
                    fault = e;
                }
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
