package dev.melt.virtual.ios.app;

import dev.melt.virtual.ios.app.PhoneApp.Launch;
import dev.melt.virtual.ios.app.PhoneApp.PhoneSenses;
import dev.melt.virtual.ios.app.PhoneApp.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** One life of an app whose program is a process of this machine. It ends with this Java machine. */
final class PackagedLife implements Running {
    private static final int SIGNALS_FROM = 128;
    private static final long LOOK_MILLIS = 250;
    private static final long READ_OUT_MILLIS = 5_000;

    private final Process process;
    private final PhoneSenses senses;
    private final Path phone;
    private final ProcessLoad load;
    private final Thread reader;
    private final Thread hook;
    private OptionalInt killedBy = OptionalInt.empty();

    private PackagedLife(Process process, Launch launch, Path phone) {
        this.process = process;
        this.senses = launch.body();
        this.phone = phone;
        this.load = new ProcessLoad(process.pid());
        this.reader = daemon("output of " + process.pid(), () -> read(launch));
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static PackagedLife begin(Path program, Launch launch) throws IOException {
        Path home = launch.documents().toAbsolutePath().resolve("..").normalize();
        Path phone = home.resolve("tmp/phone");
        tell(phone, launch.body(), 0);
        List<String> line = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
        line.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", home.resolve("tmp").toString());
        builder.environment().put("MELT_PHONE", phone.toString());
        builder.environment().putAll(launch.environment());
        PackagedLife life = new PackagedLife(builder.start(), launch, phone);
        life.reader.start();
        daemon("senses of " + life.pid(), life::feel).start();
        return life;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void read(Launch launch) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                launch.output().accept(line);
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    /** Tells the app of the phone and the phone of the app, until the app has ended. */
    private void feel() {
        long cpu = 0;
        long at = System.nanoTime();
        try {
            while (process.isAlive()) {
                long footprint = load.footprint().orElse(0);
                tell(phone, senses, footprint);
                long now = System.nanoTime();
                long taken = load.cpuNanos().orElse(cpu);
                if (now > at) {
                    senses.working((double) (taken - cpu) / (now - at));
                }
                cpu = taken;
                at = now;
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IOException e) {
            // its folder was taken away, and so will it be
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this machine is ending: the hook is on its way
        }
    }

    private static void tell(Path phone, PhoneSenses senses, long footprint) throws IOException {
        Path fresh = phone.resolveSibling("phone.new");
        Files.writeString(
                fresh,
                String.join(
                        "\n",
                        "boot_id=" + senses.bootId(),
                        "thermal_state=" + senses.thermalState(),
                        "battery_level=" + String.format(Locale.ROOT, "%.3f", senses.batteryLevel()),
                        "plugged=" + (senses.plugged() ? 1 : 0),
                        "low_power=" + (senses.lowPowerMode() ? 1 : 0),
                        "available=" + senses.availableBytes(footprint),
                        ""));
        Files.move(fresh, phone, StandardCopyOption.ATOMIC_MOVE);
    }

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
        reader.join(READ_OUT_MILLIS);
        synchronized (this) {
            return killedBy.isPresent() ? -killedBy.getAsInt() : code > SIGNALS_FROM ? SIGNALS_FROM - code : code;
        }
    }

    @Override
    public synchronized void kill(int signal) {
        if (process.isAlive()) {
            killedBy = OptionalInt.of(signal);
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
