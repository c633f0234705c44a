package dev.melt.virtual.ios.app;

import com.dd.plist.NSDictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An app that can be installed on a simulated iPhone and launched there. */
public interface PhoneApp {
    /** Such as {@code dev.melt.agent}. */
    String bundleId();

    /**
     * Its {@code Info.plist}, as the installation proxy tells it: {@code CFBundleIdentifier}, {@code CFBundleVersion}, {@code
     * CFBundleExecutable}, {@code CFBundleDisplayName} and its own keys.
     */
    NSDictionary info();

    /**
     * Starts it in a process of its own.
     *
     * @throws IOException when it cannot be started on this machine
     */
    Running launch(Launch launch) throws IOException;

    /**
     * What it is started with.
     *
     * @param documents its {@code Documents} folder, on this machine
     * @param body what its sandbox lets it see of the phone
     * @param output takes what it prints, a line each
     */
    record Launch(
            Path documents,
            List<String> arguments,
            Map<String, String> environment,
            PhoneSenses body,
            Consumer<String> output) {
        public Launch {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /** What an app can ask iOS about the phone. Safe for use by several threads. */
    interface PhoneSenses {
        /** {@code ProcessInfo.thermalState}: 0 nominal, 1 fair, 2 serious, 3 critical. */
        int thermalState();

        /** {@code UIDevice.batteryLevel}, 0 to 1. */
        double batteryLevel();

        /** Whether power comes in: {@code UIDevice.batteryState} is charging or full. */
        boolean plugged();

        boolean lowPowerMode();

        /** {@code os_proc_available_memory()} for an app of that footprint. */
        long availableBytes(long footprint);

        /** Told that the app works so hard, in processors; the phone's battery and heat follow it. */
        void working(double processors);

        /** Told what of memory counts against the app's limit at present, in bytes; a phone ends an app that takes too much. */
        default void holding(long footprint) {}

        /** What the phone's wall clock shows. */
        default Instant wallClock() {
            return Instant.now();
        }

        /** {@code kern.bootsessionuuid}: another one after each restart of the phone. */
        default String bootId() {
            return BootSession.ofThisMachine();
        }
    }

    /** One life of an app. Safe for use by several threads. */
    interface Running {
        /** Its process id on the phone. */
        long pid();

        boolean isAlive();

        /** Waits for its end; 0 or more is an exit code, a negative number the signal that ended it. */
        int waitFor() throws InterruptedException;

        /** Ends it with a signal that it cannot catch, with everything that it started, as the system does: it writes nothing more. */
        void kill(int signal);
    }
}
