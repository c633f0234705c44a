package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code adb devices}, with or without {@code -l}. */
public record AdbDevices(List<AdbDevice> devices, long skipped) implements TelemetryRecord {
    private static final String HEADING = "List of devices attached";

    public AdbDevices {
        devices = List.copyOf(devices);
    }

    /**
     * Reads what adb printed; what it says of its server before and between the lines is passed over.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static AdbDevices read(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> line.strip().equals(HEADING))) {
            throw text.unlike("'" + HEADING + "'");
        }
        List<AdbDevice> devices = new ArrayList<>();
        long skipped = text.lines().stream()
                .takeWhile(line -> !line.strip().equals(HEADING))
                .filter(line -> !line.isBlank() && !isOfTheServer(line))
                .count();
        for (String line : text.after(line -> line.strip().equals(HEADING))) {
            if (line.isBlank()) {
                break;
            }
            Optional<AdbDevice> device = AdbDevice.of(line);
            device.ifPresent(devices::add);
            skipped += device.isPresent() || isOfTheServer(line) ? 0 : 1;
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return new AdbDevices(devices, skipped);
    }

    private static boolean isOfTheServer(String line) {
        return line.startsWith("* ") || line.startsWith("adb server ") || line.startsWith("adb: ");
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        devices.forEach(device -> out.row("devices", device.row()));
        out.fact("count", devices.size());
        out.skipped(skipped);
    }
}
