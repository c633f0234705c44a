package dev.melt.ios.agent;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.ios.launch.AgentApp;
import dev.melt.ios.launch.LaunchRefusal;
import dev.melt.ios.launch.Launcher;
import dev.melt.ios.link.PhoneFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives the app jobs and launches it for each. */
final class AppLife {
    /** From the launch to the app's first word; a phone that is cold and busy takes some seconds. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(30);

    private static final long LOOK_MILLIS = 150;

    private final PhoneFiles files;
    private final AgentApp app;
    private final Launcher launcher;

    AppLife(PhoneFiles files, AgentApp app, Launcher launcher) {
        this.files = files;
        this.app = app;
        this.launcher = launcher;
    }

    AgentApp app() {
        return app;
    }

    /** What the app said when it was launched last; empty before its first launch. */
    Optional<AppSaying> saying() {
        return files.with(afc -> afc.text(AppFolder.APP, AppSaying.LONGEST)).map(AppSaying::parse);
    }

    /** Writes a job and launches the app for it; returns when the app has said its first word. */
    AppSaying launch(String job) {
        long before = saying().map(AppSaying::launches).orElse(0L);
        Optional<LaunchRefusal> refusal = tryTo(job);
        if (refusal.isPresent()) {
            throw refusal.get().asException(files.link().label());
        }
        return firstWord(before)
                .orElseThrow(() -> new LinkLost(
                        "[" + files.link().label() + "] " + app.bundle() + " was launched by " + launcher.name()
                                + " and said nothing within " + FIRST_WORD.toSeconds()
                                + " s: open it by hand on the phone and see whether it stays open",
                        null));
    }

    /**
     * The phone's boot, by another launch; it also ends an app that was only put aside. A phone that started the app before and has no
     * developer services now has restarted: they stay until then.
     *
     * @return empty where it cannot be told now
     */
    Optional<String> boot() {
        long before = saying().map(AppSaying::launches).orElse(0L);
        Optional<LaunchRefusal> refusal = tryTo(AppJob.hello());
        if (refusal.isPresent()) {
            return refusal.map(LaunchRefusal::kind)
                    .filter(kind -> kind == LaunchRefusal.Kind.NO_DEVELOPER_SERVICES)
                    .map(kind -> "another");
        }
        return firstWord(before).map(AppSaying::bootId);
    }

    private Optional<LaunchRefusal> tryTo(String job) {
        files.with(afc -> {
            afc.makeFolder(AppFolder.ROOT);
            afc.write(AppFolder.JOB, job);
            return true;
        });
        return launcher.launch(app);
    }

    private Optional<AppSaying> firstWord(long before) {
        return await(FIRST_WORD, () -> saying().filter(saying -> saying.launches() != before));
    }

    /** Ends the app's process at once. */
    void kill(long pid) {
        launcher.kill(app, pid);
    }

    /** Looks again and again until something is there, or the time is over. */
    static <T> Optional<T> await(Duration atMost, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent() || System.nanoTime() - end >= 0) {
                return found;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LinkLost("interrupted while the app was waited for", e);
            }
        }
    }
}
