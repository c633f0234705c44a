package dev.melt.virtual.ios;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.app.PhoneApp;
import dev.melt.virtual.ios.wire.Plists;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An app that is a shell script, run in its {@code Documents}. */
record ScriptApp(String bundleId, String script) implements PhoneApp {
    static final String BENCH = "org.melt.bench";

    /** The usual one. */
    static ScriptApp bench(String script) {
        return new ScriptApp(BENCH, script);
    }

    @Override
    public NSDictionary info() {
        return Plists.dict(
                "CFBundleDisplayName",
                "Bench",
                "CFBundleExecutable",
                "Bench",
                "CFBundleIdentifier",
                bundleId,
                "CFBundleVersion",
                "12",
                "MeltAgent",
                1,
                "MeltCan",
                Plists.array(List.of("chat")),
                "UIFileSharingEnabled",
                true);
    }

    @Override
    public Running launch(Launch launch) throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        line.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .directory(launch.documents().toFile());
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        Thread reader = new Thread(() -> read(process, launch), "script app");
        reader.setDaemon(true);
        reader.start();
        launch.body().working(2);
        return new Script(process, reader, new AtomicInteger());
    }

    private static void read(Process process, Launch launch) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                launch.output().accept(line);
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    private record Script(Process process, Thread reader, AtomicInteger signal) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public int waitFor() throws InterruptedException {
            int code = process.waitFor();
            reader.join(5000);
            return signal.get() != 0 ? -signal.get() : code;
        }

        @Override
        public void kill(int with) {
            if (process.isAlive()) {
                signal.set(with);
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
