package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.FactRow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code adb devices -l}.
 *
 * @param serial what {@code adb -s} takes; one that was announced on the network may have blanks and brackets in it
 * @param state in adb's words, without the explanation that may follow
 * @param explanation why there are no permissions
 * @param details {@code usb}, {@code product}, {@code model}, {@code device}, {@code transport_id}, as far as given
 */
public record AdbDevice(String serial, String state, Optional<String> explanation, Map<String, String> details) {
    private static final Pattern DETAIL = Pattern.compile("(.*?)\\s+([a-z_]+):(\\S*)\\s*");
    private static final Pattern STATE = Pattern.compile("(\\S.*?)\\s+(no permissions)\\b(.*)|(\\S.*?)\\s+("
            + "device|offline|unauthorized|authorizing|connecting|recovery|rescue|sideload|bootloader|fastboot|host"
            + "|detached|unknown)");
    private static final Pattern ADDRESS = Pattern.compile(".+:\\d{1,5}");
    private static final List<String> KNOWN = List.of("usb", "product", "model", "device", "transport_id", "features");

    public AdbDevice {
        requireNonNull(serial, "serial");
        requireNonNull(state, "state");
        requireNonNull(explanation, "explanation");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Empty for a line that is none. */
    public static Optional<AdbDevice> of(String line) {
        String rest = line.strip();
        Map<String, String> details = new LinkedHashMap<>();
        for (Matcher detail = DETAIL.matcher(rest);
                detail.matches() && KNOWN.contains(detail.group(2));
                detail = DETAIL.matcher(rest)) {
            details.put(detail.group(2), detail.group(3));
            rest = detail.group(1);
        }
        Matcher state = STATE.matcher(rest);
        if (!state.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                state.group(2) != null
                        ? new AdbDevice(state.group(1), state.group(2), explanation(state.group(3)), details)
                        : new AdbDevice(state.group(4), state.group(5), Optional.empty(), details));
    }

    private static Optional<String> explanation(String text) {
        return Optional.of(text.strip()).filter(words -> !words.isEmpty());
    }

    /** Whether commands can be run on it. */
    public boolean isReady() {
        return state.equals("device");
    }

    /** {@code wireless}, {@code tcp}, {@code emulator} or {@code usb}. */
    public String link() {
        if (serial.contains("._adb-tls-") || serial.contains("._adb._tcp")) {
            return "wireless";
        }
        if (serial.startsWith("emulator-")) {
            return "emulator";
        }
        return ADDRESS.matcher(serial).matches() ? "tcp" : "usb";
    }

    /** The adb server's number of this connection; another after each reconnect. */
    public OptionalLong transportId() {
        return Optional.ofNullable(details.get("transport_id")).filter(id -> id.matches("\\d{1,18}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    FactRow row() {
        FactRow row = new FactRow()
                .with("serial", serial)
                .with("state", state)
                .with("link", link())
                .with("explanation", explanation)
                .with("transport_id", transportId());
        Optional.ofNullable(details.get("usb")).ifPresent(port -> row.with("devpath", "usb:" + port));
        for (String key : List.of("product", "model", "device")) {
            row.with(key, Optional.ofNullable(details.get(key)));
        }
        return row;
    }
}
