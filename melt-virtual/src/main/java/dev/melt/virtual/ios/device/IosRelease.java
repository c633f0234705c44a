package dev.melt.virtual.ios.device;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of iOS, and what was otherwise in it.
 *
 * @param version such as {@code 16.5}
 */
public record IosRelease(String version) {
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,2})(\\.[0-9]{1,2}){0,2}");
    private static final Map<String, String> BUILDS =
            Map.of("13.3.1", "17D50", "15.8", "19H370", "16.5", "20F66", "17.4", "21E219", "26.0", "23A341");
    private static final Map<Integer, String> LOADERS = Map.of(
            13,
            "iBoot-5540.80.2",
            15,
            "iBoot-7459.140.15",
            16,
            "iBoot-8422.122.1",
            17,
            "iBoot-10151.102.3",
            26,
            "iBoot-13822.2.13");
    private static final int BUILD_AHEAD = 4;
    private static final int RENUMBERED = 26;

    public IosRelease {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("a version such as 16.5 expected, not " + version);
        }
    }

    /** The first part. */
    public int major() {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Its {@code BuildVersion}; made up where it is not one that MELT knows. */
    public String build() {
        int number = major() >= RENUMBERED ? major() - 3 : major() + BUILD_AHEAD;
        return BUILDS.getOrDefault(version, number + "A300");
    }

    /** Its {@code FirmwareVersion}. */
    public String loader() {
        return LOADERS.getOrDefault(major(), "iBoot-" + major() + "00.1.1");
    }

    /** Whether Developer Mode has to be switched on for developers' apps. */
    public boolean hasDeveloperMode() {
        return major() >= 16;
    }

    /** Whether developers' services are out of lockdownd's reach. */
    public boolean needsTunnel() {
        return major() >= 17;
    }

    /** Whether the debugger's service is TLS throughout. */
    public boolean hasSecureDebugger() {
        return major() >= 14;
    }

    /** Whether the capacities of the battery stand in {@code BatteryData} only, and neither voltage nor current anywhere. */
    public boolean hidesBattery() {
        return major() >= RENUMBERED;
    }
}
