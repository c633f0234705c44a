package dev.melt.ios.agent;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.ios.parse.BatteryRegistry;
import dev.melt.ios.tool.IdeviceTool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks a phone's registry for its battery: {@code idevicediagnostics ioregentry}, under the name that this phone has for it. Used by one
 * thread at a time.
 */
public final class Battery {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Of iPhone 8 and later; of those before. */
    private static final List<String> NAMES = List.of("AppleSmartBattery", "AppleARMPMUCharger");

    private final IdeviceTool tool;
    private final String udid;
    private Optional<String> known = Optional.empty();

    public Battery(IdeviceTool tool, String udid) {
        this.tool = requireNonNull(tool, "tool");
        this.udid = requireNonNull(udid, "udid");
    }

    /**
     * One reading.
     *
     * @param asked this host's {@code nanoTime} in the middle of asking
     * @param entry what the tool printed
     */
    public record Reading(long asked, BatteryRegistry registry, String entry) {}

    /** Empty when the phone does not answer now, or tells nothing of a battery. */
    public synchronized Optional<Reading> read() {
        for (String name : known.map(List::of).orElse(NAMES)) {
            long before = System.nanoTime();
            IdeviceTool.Answer answer = tool.run(ANSWER, "idevicediagnostics", "-u", udid, "ioregentry", name);
            long after = System.nanoTime();
            if (answer.exitCode() == 0) {
                try {
                    BatteryRegistry registry = BatteryRegistry.read(answer.output());
                    if (!registry.isEmpty()) {
                        known = Optional.of(name);
                        return Optional.of(new Reading(before + (after - before) / 2, registry, answer.output()));
                    }
                } catch (UnknownOutputException notThisTime) {
                    // the next name, or the next reading
                }
            }
        }
        return Optional.empty();
    }
}
