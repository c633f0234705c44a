package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One trial from its first status to its last. Used once, by the app's own thread. */
final class TrialLife {
    private static final long LOOK_MILLIS = 20;
    private static final long FEEL_NANOS = 250_000_000;
    private static final long BEAT_NANOS = 1_000_000_000;
    private static final int REFUSED = 65;
    private static final int BAD_OPTION = 2;

    /** What the worker ends with when it was told to stop, and so does a trial whose engine was not started yet. */
    private static final int STOPPED_EXIT = 143;

    private final AppFolder app;
    private final BootClock clock;
    private final AppSensors sensors;
    private final EngineSeat seat;
    private final AppJob.Trial job;
    private final Path folder;
    private final TrialStatus status;
    private @Nullable String why;
    private long deadlineAt;
    private long killAt;
    private long beatAt;
    private long feltAt;

    TrialLife(AppFolder app, BootClock clock, AppSensors sensors, EngineSeat seat, AppSelf self, AppJob.Trial job)
            throws IOException {
        this.app = app;
        this.clock = clock;
        this.sensors = sensors;
        this.seat = seat;
        this.job = job;
        this.folder = app.trial(job.id());
        this.status = new TrialStatus(self, clock);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Runs it, unless it was started before. */
    void run() throws IOException, InterruptedException, EngineCrashException {
        if (Files.exists(folder.resolve("status"))) {
            return;
        }
        write("RUNNING");
        try {
            sampled(header());
        } catch (BadJobException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    /** Says in the trial's folder why there is nothing else in it; leaves a trial alone that was started before. */
    static void refuse(AppFolder app, BootClock clock, AppSelf self, AppJob.Refused job) throws IOException {
        Path folder = app.trial(job.trialId());
        if (!Files.exists(folder.resolve("status"))) {
            refuse(app, folder, new TrialStatus(self, clock), clock, job.why());
        }
    }

    private void refuse(String words) throws IOException {
        refuse(app, folder, status, clock, words);
    }

    private static void refuse(AppFolder app, Path folder, TrialStatus status, BootClock clock, String words)
            throws IOException {
        app.replace(folder.resolve("stderr"), words + "\n");
        status.put("end_ns", clock.nanos());
        status.put("exit", REFUSED);
        app.replace(folder.resolve("status"), status.text("FINISHED"));
    }

    private String header() throws BadJobException {
        try {
            String header = Files.readString(folder.resolve("samples.header"));
            long columns =
                    header.lines().filter(line -> line.startsWith("#column\t")).count();
            if (columns != job.keys().size()) {
                throw new BadJobException("samples.header has " + columns + " columns for "
                        + job.keys().size() + " keys of job.json");
            }
            if (!Files.isRegularFile(folder.resolve("request.json"))) {
                throw new BadJobException("request.json is not there");
            }
            return header;
        } catch (IOException e) {
            throw new BadJobException("samples.header cannot be read");
        }
    }

    private void sampled(String header) throws IOException, InterruptedException, EngineCrashException {
        AppSampler sampler = AppSampler.begin(clock, sensors, job, app.grow(folder.resolve("samples.tsv")), header);
        int exit;
        long end;
        try {
            exit = engineAfterRest();
            end = clock.nanos();
            if (why == null) {
                rest();
            }
            sampler.end();
        } finally {
            sampler.abandon();
        }
        status.put("end_ns", end);
        status.put("exit", exit);
        if (sensors.peakBytes() > 0) {
            status.put("peak_rss_kb", sensors.peakBytes() / 1024);
        }
        status.put("ticks", sampler.ticks());
        status.put("missed_ticks", sampler.missed());
        status.put("max_late_ns", sampler.maxLateNanos());
        write(why == null ? "FINISHED" : why);
    }

    private int engineAfterRest() throws IOException, InterruptedException, EngineCrashException {
        if (rest()) {
            return engine();
        }
        why = "STOPPED";
        return STOPPED_EXIT;
    }

    /** Lets the time at rest go by; false when somebody asked for the end meanwhile. */
    private boolean rest() throws IOException, InterruptedException {
        long over = clock.nanos() + nanos(job.idleMillis());
        while (clock.nanos() < over && !isStopAsked()) {
            beat();
            TimeUnit.NANOSECONDS.sleep(Math.max(1, Math.min(nanos(LOOK_MILLIS), over - clock.nanos())));
        }
        return !isStopAsked();
    }

    private boolean isStopAsked() {
        return Files.exists(folder.resolve("stop"));
    }

    private int engine() throws IOException, InterruptedException, EngineCrashException {
        RequestFiles files = RequestFiles.of(app, folder);
        Optional<String> forbidden = files.forbidden();
        if (forbidden.isPresent()) {
            return refuseRequest(forbidden.get());
        }
        for (Path file : (Iterable<Path>) files.present()::iterator) {
            new StoreMark(app, file).renew(seat.now());
        }
        EngineProcess engine = seat.start(folder);
        sensors.watch(engine);
        deadlineAt = clock.nanos() + nanos(job.deadlineMillis());
        while (!engine.ends(LOOK_MILLIS)) {
            mindTheEnd(engine);
            beat();
        }
        if (why == null && engine.signal() != 0) {
            app.gate().shut();
            throw new EngineCrashException(engine.signal());
        }
        return engine.exitCode();
    }

    private int refuseRequest(String name) throws IOException {
        String message = "request: " + name.replaceAll("[^A-Za-z0-9._/-]", "?") + " is outside of the app's folder";
        app.replace(
                folder.resolve("events.jsonl"),
                "{\"e\":\"error\",\"kind\":\"bad_option\",\"message\":\"" + message + "\"}\n"
                        + "{\"e\":\"end\",\"ok\":false}\n");
        app.replace(folder.resolve("stderr"), "bad_option: " + message + "\n");
        return BAD_OPTION;
    }

    private void mindTheEnd(EngineProcess engine) {
        if (why == null) {
            if (isStopAsked()) {
                why = "STOPPED";
            } else if (clock.nanos() >= deadlineAt) {
                why = "DEADLINE";
            } else {
                return;
            }
            engine.ask();
            killAt = clock.nanos() + nanos(job.graceMillis());
        } else if (clock.nanos() >= killAt) {
            engine.kill();
        }
    }

    private void beat() throws IOException {
        long now = clock.nanos();
        if (now - feltAt >= FEEL_NANOS) {
            feltAt = now;
            sensors.feel();
        }
        if (now - beatAt >= BEAT_NANOS) {
            write("RUNNING");
        }
    }

    private void write(String state) throws IOException {
        beatAt = clock.nanos();
        app.replace(folder.resolve("status"), status.text(state));
    }
}
