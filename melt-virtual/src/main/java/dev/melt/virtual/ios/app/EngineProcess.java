package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The embedded worker as the engine inside an app: a process here, a part of the app's own process to everyone who looks at the
 * simulated phone. It ends with this Java machine. Safe for use by several threads.
 */
final class EngineProcess {
    /** As the embedded engine is started elsewhere: small, and without a compiler that competes with it. */
    private static final List<String> JAVA_OPTIONS =
            List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-Xmx64m", "-Xss512k");

    private static final int SIGNALS_FROM = 128;
    private static final int HANDLED_INT = 130;
    private static final int HANDLED_TERM = 143;

    private final Process process;
    private final ProcessLoad load;
    private final Thread hook;

    private EngineProcess(Process process) {
        this.process = process;
        this.load = new ProcessLoad(process.pid());
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Runs {@code request.json} of a trial's folder, in that folder. */
    static EngineProcess start(Path worker, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(
                List.of("-jar", worker.toString(), "run", "--request", "request.json", "--events", "events.jsonl"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("GGML_NO_BACKTRACE", "1");
        return new EngineProcess(builder.start());
    }

    /** Waits for its end, a while at the most; tells whether it has ended. */
    boolean ends(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (ended) {
            forgetHook();
        }
        return ended;
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this machine is ending: the hook is on its way
        }
    }

    /** Its exit code once it has ended; 128 + N where signal N ended it. */
    int exitCode() {
        return process.exitValue();
    }

    /** The signal that ended it, 0 for none. Those that it handles give exit codes of its own. */
    int signal() {
        int code = exitCode();
        return code > SIGNALS_FROM && code != HANDLED_INT && code != HANDLED_TERM ? code - SIGNALS_FROM : 0;
    }

    /** Asks it to end between two tokens. */
    void ask() {
        process.destroy();
    }

    /** Ends it at once; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        forgetHook();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it takes of this machine. */
    ProcessLoad load() {
        return load;
    }
}
