package dev.melt.ios.agent;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.ios.parse.BatteryRegistry;
import dev.melt.ios.parse.IdeviceInfo;
import dev.melt.ios.tool.IdeviceTool;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a phone's registry for its battery: {@code idevicediagnostics ioregentry}, under the name that this phone has for it; where it tells
 * nothing, lockdown: {@code ideviceinfo -q com.apple.mobile.battery}. Used by one thread at a time.
 */
public final class Battery {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Of iPhone 8 and later; of those before. */
    private static final List<String> NAMES = List.of("AppleSmartBattery", "AppleARMPMUCharger");

    private static final String LEVEL = "BatteryCurrentCapacity";
    private static final String PLUGGED = "ExternalConnected";

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
     * @param kind of what the tool printed, as {@code melt parse} calls it
     * @param entry what the tool printed
     */
    public record Reading(long asked, BatteryRegistry registry, String kind, String entry) {}

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
                        return Optional.of(
                                new Reading(before + (after - before) / 2, registry, "ioreg-battery", answer.output()));
                    }
                } catch (UnknownOutputException notThisTime) {
                    // the next name, or the next reading
                }
            }
        }
        return byLockdown();
    }

    /** Level and plug alone, from a phone whose registry tells nothing. */
    private Optional<Reading> byLockdown() {
        long before = System.nanoTime();
        IdeviceTool.Answer answer = tool.run(ANSWER, "ideviceinfo", "-u", udid, "-q", "com.apple.mobile.battery");
        long after = System.nanoTime();
        if (answer.exitCode() != 0) {
            return Optional.empty();
        }
        try {
            IdeviceInfo info = IdeviceInfo.read(answer.output());
            Map<String, Object> entry = new HashMap<>();
            info.number(LEVEL).ifPresent(level -> entry.put(LEVEL, level));
            info.flag(PLUGGED).ifPresent(plugged -> entry.put(PLUGGED, plugged));
            return entry.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Reading(
                            before + (after - before) / 2, BatteryRegistry.of(entry), "ideviceinfo", answer.output()));
        } catch (UnknownOutputException notThisTime) {
            return Optional.empty();
        }
    }
}
