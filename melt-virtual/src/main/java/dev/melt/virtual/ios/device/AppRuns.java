package dev.melt.virtual.ios.device;

import dev.melt.virtual.ios.app.PhoneApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The apps that run, and how they are ended. Safe for use by several threads. */
public final class AppRuns {
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;
    private static final Set<Integer> FALLS = Set.of(4, 5, 6, 10, SIGSEGV);
    private static final long ANY_FOOTPRINT = 256L << 20;

    private final Iphone phone;
    private final Map<String, AppProcess> running = new HashMap<>();
    private final Map<String, AppSenses> senses = new HashMap<>();

    AppRuns(Iphone phone) {
        this.phone = phone;
    }

    /**
     * Starts an app; one that runs is ended first.
     *
     * @param output takes what it prints, a line each
     * @throws LaunchRefused when iOS does not
     */
    public AppProcess launch(
            InstalledApp app, List<String> arguments, Map<String, String> environment, Consumer<String> output)
            throws LaunchRefused {
        refuse(app);
        named(app.bundleId()).ifPresent(this::kill);
        AppSenses body = new AppSenses(phone, app);
        PhoneApp.Running started;
        try {
            started = app.app().launch(new PhoneApp.Launch(app.documents(), arguments, environment, body, output));
        } catch (IOException e) {
            throw new LaunchRefused("No such file or directory (" + e.getMessage() + ")");
        }
        AppProcess process = new AppProcess(app, started, System.nanoTime(), new CompletableFuture<>());
        synchronized (this) {
            running.put(app.bundleId(), process);
            senses.put(app.bundleId(), body);
        }
        phone.syslog()
                .say(
                        "SpringBoard(FrontBoard)",
                        58,
                        "Bootstrapping app<" + app.bundleId() + "> with pid " + process.pid());
        Thread thread = new Thread(() -> await(process), "app " + app.bundleId());
        thread.setDaemon(true);
        thread.start();
        return process;
    }

    /** The one that runs of that app. */
    public synchronized Optional<AppProcess> named(String bundleId) {
        return Optional.ofNullable(running.get(bundleId)).filter(AppProcess::isAlive);
    }

    /** What the one that runs of that app can ask of the phone. */
    public synchronized Optional<PhoneApp.PhoneSenses> senses(String bundleId) {
        return named(bundleId).flatMap(process -> Optional.ofNullable(senses.get(bundleId)));
    }

    /** The one with that number. */
    public synchronized Optional<AppProcess> numbered(long pid) {
        return all().stream().filter(process -> process.pid() == pid).findFirst();
    }

    /** All that run. */
    public synchronized List<AppProcess> all() {
        return running.values().stream().filter(AppProcess::isAlive).toList();
    }

    /** Ends one, as a debugger or a person does. */
    public void kill(AppProcess process) {
        process.running().kill(SIGKILL);
    }

    /**
     * Ends one because it holds too much memory, or because something else needs it: it is killed, the log and a report say so.
     *
     * @param reason such as {@code per-process-limit} or {@code vm-pageshortage}
     */
    public void jetsam(AppProcess process, String reason) {
        String name = process.app().executable();
        long limit = phone.appBytes();
        boolean tooMuch = reason.equals("per-process-limit");
        long bytes = tooMuch ? Math.max(limit, footprint(process)) : Math.max(ANY_FOOTPRINT, footprint(process));
        Syslog log = phone.syslog();
        String who = name + " [" + process.pid() + "]";
        long seconds = Duration.ofNanos(System.nanoTime() - process.bornNanos()).toSeconds();
        if (tooMuch) {
            log.say(
                    "kernel",
                    0,
                    "EXC_RESOURCE -> " + name + "[" + process.pid() + "] exceeded mem limit: ActiveHard "
                            + (limit >> 20) + " MB (fatal)");
        }
        log.say(
                "kernel",
                0,
                uptime() + " memorystatus: killing_specific_process pid " + process.pid() + " [" + name + "] (" + reason
                        + " 100 "
                        + seconds + "s rf:- type:app) " + bytes / 1024
                        + "KB - memorystatus_available_pages: 50117");
        process.running().kill(SIGKILL);
        log.say("osanalyticshelper", 312, "Process " + who + " killed by jetsam reason " + reason);
        try {
            phone.reports().jetsam(name, process.pid(), bytes, reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets one fall over a bad address; a report says so. */
    public void crash(AppProcess process) {
        process.running().kill(SIGSEGV);
    }

    /** In seconds, as the kernel writes it before what it says of memory. */
    private static String uptime() {
        return String.format(Locale.ROOT, "%.3f", System.nanoTime() / 1e9);
    }

    private void refuse(InstalledApp app) throws LaunchRefused {
        IphoneConditions conditions = phone.conditions();
        if (conditions.lock() != IphoneConditions.Lock.OPEN) {
            throw new LaunchRefused("Locked");
        }
        if (!conditions.developerMode()) {
            throw new LaunchRefused("Unable to launch " + app.bundleId() + " because Developer Mode is off");
        }
        if (conditions.expired()) {
            throw new LaunchRefused("Unable to launch " + app.bundleId()
                    + " because it has an invalid code signature, inadequate entitlements or its profile has not been"
                    + " explicitly trusted by the user");
        }
    }

    private synchronized long footprint(AppProcess process) {
        return Optional.ofNullable(senses.get(process.app().bundleId()))
                .map(AppSenses::footprint)
                .orElse(0L);
    }

    private void await(AppProcess process) {
        int code;
        try {
            code = process.running().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            running.remove(process.app().bundleId(), process);
        }
        if (all().isEmpty()) {
            phone.life().working(0);
        }
        try {
            if (FALLS.contains(-code)) {
                phone.syslog()
                        .say(
                                "ReportCrash",
                                401,
                                "Formulating fatal 309 report for corpse[" + process.pid() + "] "
                                        + process.app().executable());
                phone.reports().crash(process.app(), process.pid(), -code);
            }
        } catch (IOException e) {
            // the folder is being taken away with the phone
        } finally {
            phone.syslog()
                    .say(
                            "SpringBoard(FrontBoard)",
                            58,
                            "Process exited: app<" + process.app().bundleId() + ">[" + process.pid() + "] "
                                    + (code < 0 ? "signal " + -code : "code " + code));
            process.ended().complete(code);
        }
    }
}
