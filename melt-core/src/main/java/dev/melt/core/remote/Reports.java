package dev.melt.core.remote;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What programs of a device say of it, for {@link DeviceDriver#reports}. */
public final class Reports {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private Reports() {}

    /** By the same keys; what failed or said nothing is left out. */
    public static SortedMap<String, String> of(DeviceDriver driver, Map<String, List<String>> commands) {
        TreeMap<String, String> reports = new TreeMap<>();
        commands.forEach((kind, command) -> {
            ExecResult answer = driver.exec(command, ANSWER);
            if (answer.succeeded() && !answer.stdout().isBlank()) {
                reports.put(kind, answer.stdout());
            }
        });
        return reports;
    }
}
