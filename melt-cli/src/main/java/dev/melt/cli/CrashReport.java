package dev.melt.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Keeps what a developer needs of a fault in MELT itself, in a file below {@code MELT_HOME/crashes}. */
final class CrashReport {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Session session;
    private final List<String> args;

    CrashReport(Session session, List<String> args) {
        this.session = session;
        this.args = args;
    }

    /** Writes the file and says where it is; when even that fails, the stack goes to the terminal. */
    String keep(Throwable thrown) {
        try {
            Path folder = Files.createDirectories(session.home().resolve("crashes"));
            Path file = folder.resolve(
                    STAMP.format(Instant.now()) + "-" + ProcessHandle.current().pid() + ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                write(thrown, writer);
            }
            return "please report it with " + file;
        } catch (IOException | RuntimeException e) {
            write(thrown, new PrintWriter(session.err(), true, StandardCharsets.UTF_8));
            return "please report it with the lines above (no crash file: " + e.getMessage() + ")";
        }
    }

    private void write(Throwable thrown, PrintWriter writer) {
        writer.println(BuildVersion.ofThisProgram());
        writer.println("Java " + System.getProperty("java.vm.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        writer.println("arguments: " + args);
        thrown.printStackTrace(writer);
        writer.flush();
    }
}
