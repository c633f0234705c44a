package dev.melt.virtual.ios.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** What the phone writes down of apps that were ended or fell: files of a line of JSON and a body of JSON. */
public final class Reports {
    /** Of memory, on every phone. */
    public static final int PAGE = 16_384;

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SS Z", Locale.ROOT);

    private final Path folder;
    private final Clock clock;
    private final IphoneProfile profile;
    private final Supplier<IosRelease> release;

    Reports(Path folder, Clock clock, IphoneProfile profile, Supplier<IosRelease> release) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.clock = clock;
        this.profile = profile;
        this.release = release;
    }

    /** Where they lie on this machine. */
    public Path folder() {
        return folder;
    }

    /** Writes down that memory ran out; {@code reason} is why this one had to go. */
    public void jetsam(String process, long pid, long bytes, String reason) throws IOException {
        long pages = bytes / PAGE;
        write(
                "JetsamEvent",
                String.format(
                        Locale.ROOT,
                        """
                        {"bug_type":"298","timestamp":"%s","os_version":"%s","incident_id":"%s"}
                        {
                          "product" : "%s",
                          "memoryStatus" : {
                            "compressorSize" : 103177,
                            "pageSize" : %d,
                            "memoryPages" : { "active" : 195361, "free" : 11374, "wired" : 144813, "anonymous" : %d, "fileBacked" : 80593 }
                          },
                          "largestProcess" : "%s",
                          "processes" : [
                            {"pid":76,"name":"backboardd","states":["active"],"priority":170,"rpages":4240,"lifetimeMax":9240},
                            {"pid":%d,"name":"%s","states":["active","frontmost"],"priority":100,"rpages":%d,"lifetimeMax":%d,"reason":"%s"}
                          ]
                        }
                        """,
                        stamp(),
                        system(),
                        incident(),
                        profile.productType(),
                        PAGE,
                        pages,
                        process,
                        pid,
                        process,
                        pages,
                        pages,
                        reason));
    }

    /** Writes down that a process fell. */
    public void crash(InstalledApp app, long pid, int signal) throws IOException {
        Fall fall = Fall.of(signal);
        write(
                app.executable(),
                String.format(
                        Locale.ROOT,
                        """
                        {"app_name":"%1$s","timestamp":"%2$s","app_version":"1.0","bundleID":"%3$s","bug_type":"309","os_version":"%4$s","name":"%1$s","incident_id":"%5$s"}
                        {
                          "procName" : "%1$s",
                          "procPath" : "%6$s/%1$s",
                          "pid" : %7$d,
                          "exception" : {"codes":"0x0000000000000001, 0x0000000000000000","rawCodes":[1,0],"type":"%8$s","signal":"%9$s"},
                          "termination" : {"flags":0,"code":%10$d,"namespace":"SIGNAL","indicator":"%11$s: %10$d","byProc":"exc handler","byPid":%7$d}
                        }
                        """,
                        app.executable(),
                        stamp(),
                        app.bundleId(),
                        system(),
                        incident(),
                        app.path(),
                        pid,
                        fall.exception(),
                        fall.name(),
                        signal,
                        fall.words()));
    }

    private record Fall(String name, String exception, String words) {
        static Fall of(int signal) {
            return switch (signal) {
                case 4 -> new Fall("SIGILL", "EXC_BAD_INSTRUCTION", "Illegal instruction");
                case 5 -> new Fall("SIGTRAP", "EXC_BREAKPOINT", "Trace/BPT trap");
                case 6 -> new Fall("SIGABRT", "EXC_CRASH", "Abort trap");
                case 10 -> new Fall("SIGBUS", "EXC_BAD_ACCESS", "Bus error");
                case 11 -> new Fall("SIGSEGV", "EXC_BAD_ACCESS", "Segmentation fault");
                default -> new Fall("SIGNAL" + signal, "EXC_CRASH", "Signal");
            };
        }
    }

    private void write(String name, String text) throws IOException {
        String stem = name + "-" + NAME.format(clock.instant().atOffset(ZoneOffset.UTC));
        Path file = folder.resolve(stem + ".ips");
        for (int i = 1; Files.exists(file); i++) {
            file = folder.resolve(stem + "." + i + ".ips");
        }
        Path fresh = folder.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file);
    }

    private String stamp() {
        return STAMP.format(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private String system() {
        return "iPhone OS " + release.get().version() + " (" + release.get().build() + ")";
    }

    private static String incident() {
        return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    }
}
