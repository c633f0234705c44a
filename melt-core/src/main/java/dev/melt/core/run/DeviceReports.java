package dev.melt.core.run;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.home.Home;
import dev.melt.core.store.DeviceSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps what a device's own services say of it beside a run: {@code runs/RUN/device/NAME/before/KIND.txt}, and
 * {@code after}. A report that cannot be had fails nothing; why is written in its place.
 *
 * @param folder of the run
 */
record DeviceReports(Path folder) {
    private static final String OBSTACLE = "not-reported";

    static DeviceReports of(Home home, String runId) {
        return new DeviceReports(home.runFolder(runId));
    }

    /** Asks the device now. */
    void keep(DeviceDriver driver, DeviceSnapshot.Moment moment) {
        keep(driver.device().name(), moment, driver::reports);
    }

    void keep(String device, DeviceSnapshot.Moment moment, Supplier<Map<String, String>> reports) {
        Path place = folder.resolve("device")
                .resolve(plain(device))
                .resolve(moment.name().toLowerCase(Locale.ROOT));
        write(place, ask(reports));
    }

    private static Map<String, String> ask(Supplier<Map<String, String>> reports) {
        try {
            return reports.get();
        } catch (DeviceException away) {
            return Map.of(OBSTACLE, away.getMessage() + "\n");
        }
    }

    private static void write(Path place, Map<String, String> texts) {
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.createDirectories(place);
                Files.writeString(place.resolve(plain(text.getKey()) + ".txt"), text.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name that stays in its folder. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "_");
        return plain.startsWith(".") ? "_" + plain : plain;
    }
}
