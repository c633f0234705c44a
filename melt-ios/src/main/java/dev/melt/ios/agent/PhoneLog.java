package dev.melt.ios.agent;

import dev.melt.ios.tool.IdeviceTool;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Listens to a phone's log ({@code idevicesyslog}) and keeps the lines that tell of the end of a process. When the cable goes the program
 * waits for the phone by itself.
 */
final class PhoneLog implements AutoCloseable {
    /** Of the memory killer, of crashes, and of those who look after apps. */
    private static final Pattern DEATH = Pattern.compile(
            "memorystatus: killing|exceeded mem limit|killed by jetsam|report for corpse\\[|termination reported by|exited due to (?:signal|SIG)");

    /** Of those the ones after which a process does not run any more. */
    private static final Pattern END = Pattern.compile("memorystatus: killing|killed by jetsam|report for corpse\\[");

    private static final Pattern PID = Pattern.compile("(?:\\bpid |\\[|:)([0-9]{1,9})\\b");

    private final Process process;
    private final Path kept;
    private final Thread reader;
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    private PhoneLog(Process process, Path kept) {
        this.process = process;
        this.kept = kept;
        this.reader = new Thread(this::read, "log of a phone");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Begins to listen.
     *
     * @param kept the file to which lines are added
     */
    static PhoneLog listen(IdeviceTool tool, String udid, Path kept) throws IOException {
        return new PhoneLog(tool.start("idevicesyslog", "-u", udid, "--no-colors"), kept);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (DEATH.matcher(line).find()) {
                    keep(line);
                }
            }
        } catch (IOException ended) {
            // the program was ended, or its pipe broke: the phone's reports still tell of deaths
        }
    }

    private void keep(String line) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(
                kept, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(line);
            out.newLine();
        }
        if (END.matcher(line).find()) {
            for (Matcher pid = PID.matcher(line); pid.find(); ) {
                gone.add(Long.parseLong(pid.group(1)));
            }
        }
    }

    /** Whether a line said that the system ended a process. */
    boolean sawTheEndOf(long pid) {
        return gone.contains(pid);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(2000);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
